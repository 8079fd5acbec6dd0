import Foundation

/// A new file beside the one that it shall replace: in the same folder, which a rename does not leave.
///
/// It is gone when it is not published, and signals wait for as long as it exists.
struct TemporaryFile: ~Copyable {
  private let target: String
  private let path: String
  private var descriptor: Int32
  private let failure: (Int32) -> Failure
  private let signals: HeldSignals

  /// - Parameters:
  ///   - target: what it replaces, if that exists.
  ///   - failure: puts an error code of the system into words.
  init(for target: String, failure: @escaping (Int32) -> Failure) throws(Failure) {
    let signals = HeldSignals()
    path = Self.path(beside: target)
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else { throw failure(errno) }
    self.target = target
    self.failure = failure
    self.signals = signals
    copyMode()
  }

  /// The target's name with an ending of its own, cut to the 255 bytes that a name may have.
  private static func path(beside target: String) -> String {
    let ending = ".\(getpid()).tmp"
    var path = target
    func nameLength() -> Int { path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.count }
    while nameLength() + ending.utf8.count > 255 { path.removeLast() }
    return path + ending
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    // Gone already if it was published.
    unlink(path)
  }

  /// The owner is kept where that is allowed; the mode can always be.
  private func copyMode() {
    var status = stat()
    guard stat(target, &status) == 0 else { return }
    if status.st_uid != geteuid() || status.st_gid != getegid() {
      _ = fchown(descriptor, status.st_uid, status.st_gid)
    }
    fchmod(descriptor, status.st_mode & 0o7777)
  }

  mutating func write(_ bytes: [UInt8]) throws(Failure) {
    let code = writeAll(bytes, to: descriptor)
    guard code == 0 else { throw failure(code) }
  }

  /// Moves it to its place.
  consuming func publish() throws(Failure) {
    let closed = close(descriptor)
    descriptor = -1
    // A file on a network may be refused only now.
    guard closed == 0, rename(path, target) == 0 else { throw failure(errno) }
  }
}
