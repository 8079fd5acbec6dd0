import Foundation

/// A file to be written whole or not at all: beside it first, then moved to its place.
struct AtomicOutput {
  private let option: String
  private let path: String
  /// Where the bytes go; differs from `path` if that is a symbolic link.
  private let target: String
  /// Whether the target is a device or a pipe, which can only be written to as it is.
  private let isStream: Bool

  /// Checks that the file can be written, and leaves everything as it was.
  ///
  /// - Parameter option: the option that names the file, for messages.
  init(_ path: String, option: String) throws(Failure) {
    self.option = option
    self.path = path
    target = resolved(path)
    var status = stat()
    let exists = stat(target, &status) == 0
    let format = status.st_mode & S_IFMT
    isStream = exists && format != S_IFREG && format != S_IFDIR
    guard !exists || format != S_IFDIR else {
      throw .data("\(option) \(path) is a folder; name a file")
    }
    guard !exists || access(target, W_OK) == 0 else { throw failure("cannot be written", errno) }
    guard !isStream else { return }
    let (descriptor, temporary) = try openTemporary()
    close(descriptor)
    unlink(temporary)
  }

  /// Writes the whole content, or throws and leaves the file as it was.
  func write(_ content: String) throws(Failure) {
    if isStream {
      let descriptor = open(target, O_WRONLY)
      guard descriptor >= 0 else { throw failure("cannot be opened", errno) }
      defer { close(descriptor) }
      return try write(content, to: descriptor)
    }
    let (descriptor, temporary) = try openTemporary()
    do {
      defer { close(descriptor) }
      try write(content, to: descriptor)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw failure("cannot be put in its place", code)
    }
  }

  private func write(_ content: String, to descriptor: Int32) throws(Failure) {
    var content = content
    let code = content.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
        if written < 0 && errno != EINTR { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest[max(0, written)...])
      }
      return 0
    }
    guard code == 0 else { throw failure("cannot be written", code) }
  }

  /// Opens a new file in the target's folder, which a rename does not leave.
  private func openTemporary() throws(Failure) -> (descriptor: Int32, path: String) {
    let temporary = target + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else { throw failure("cannot be written", errno) }
    return (descriptor, temporary)
  }

  private func failure(_ what: String, _ code: Int32) -> Failure {
    .data("\(option) \(path) \(what): \(String(cString: strerror(code)))")
  }
}

/// The absolute path of a file with symbolic links followed, or the path itself if there is no file.
func resolved(_ path: String) -> String {
  guard let absolute = realpath(path, nil) else { return path }
  defer { free(absolute) }
  return String(cString: absolute)
}
