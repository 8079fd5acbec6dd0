import Foundation

/// A file to be written whole or not at all: beside it first, then moved to its place.
///
/// A file that is there keeps its mode. Symbolic links are followed, also to a file that does not exist
/// yet. Devices and pipes are written to as they are.
public struct OutputFile {
  let identity: FileIdentity
  private let option: String
  private let path: String
  private let way: Way

  private enum Way {
    /// Through a temporary file in the folder of the target.
    case replacing(target: String)
    /// Into a device or a pipe, opened by its path.
    case opening
    /// Into a stream that the program was started with.
    case inherited(Int32)
  }

  /// Checks that the file can be written, and leaves everything as it was.
  ///
  /// - Parameter option: the option that names the file, for messages.
  public init(_ path: String, option: String) throws(Failure) {
    self.option = option
    self.path = path
    let failure = { .system("\(option) \(path) cannot be written", $0) } as (Int32) -> Failure
    var status = stat()
    let exists = stat(path, &status) == 0
    guard exists || errno == ENOENT else { throw failure(errno) }
    let format = status.st_mode & S_IFMT
    guard !exists || format != S_IFDIR else {
      throw .data("\(option) \(path) is a folder; name a file")
    }
    guard !exists || access(path, W_OK) == 0 else { throw failure(errno) }
    guard let identity = FileIdentity(path: path), let place = Place(path), !place.name.isEmpty
    else {
      throw failure(ENOENT)
    }
    self.identity = identity
    if let descriptor = inheritedDescriptor(path) {
      way = .inherited(descriptor)
    } else if exists, format != S_IFREG {
      way = .opening
    } else {
      way = .replacing(target: place.path)
      // Made, and removed again at once.
      _ = try TemporaryFile(for: place.path, failure: failure)
    }
  }

  /// Writes the whole content, or throws and leaves the file as it was.
  public func write(_ content: String) throws(Failure) { try write(Array(content.utf8)) }

  /// Writes the whole content, or throws and leaves the file as it was.
  public func write(_ content: [UInt8]) throws(Failure) {
    switch way {
    case .replacing(let target):
      var file = try TemporaryFile(for: target) { failure("cannot be written", $0) }
      try file.write(content)
      try file.publish()
    case .opening:
      let signals = HeldSignals(holdsUser: false)
      let descriptor = open(path, O_WRONLY)
      guard descriptor >= 0 else { throw failure("cannot be opened", errno) }
      let code = writeAll(content, to: descriptor)
      let closing = close(descriptor) == 0 ? 0 : errno
      _ = consume signals
      guard code == 0, closing == 0 else { throw failure("cannot be written", max(code, closing)) }
    case .inherited(let descriptor):
      fflush(nil)
      let code = writeAll(content, to: descriptor)
      guard code == 0 else { throw failure("cannot be written", code) }
    }
  }

  private func failure(_ what: String, _ code: Int32) -> Failure {
    .system("\(option) \(path) \(what)", code)
  }
}

/// The descriptor that a path such as `/dev/stdout` stands for. Opening it anew would begin at the start of
/// a file to which the stream was redirected.
private func inheritedDescriptor(_ path: String) -> Int32? {
  switch path {
  case "/dev/stdout": return STDOUT_FILENO
  case "/dev/stderr": return STDERR_FILENO
  default:
    let prefix = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
    return prefix.flatMap { Int32(path.dropFirst($0.count)) }
  }
}

/// The files that a program reads and writes: each under one name only.
public struct OutputFiles {
  private var taken: [(what: String, identity: FileIdentity)] = []

  public init() {
    take(FileIdentity(descriptor: STDOUT_FILENO), "standard output")
  }

  /// Notes a file that is read, so that nothing is written over it; `-` is standard input.
  public mutating func read(_ path: String, as what: String) {
    take(path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: path), what)
  }

  /// Checks that a file can be written and is none of those before, by whichever name.
  public mutating func open(_ path: String, option: String) throws(Failure) -> OutputFile {
    if inheritedDescriptor(path) == nil, let identity = FileIdentity(path: path),
      let other = taken.first(where: { $0.identity == identity })
    {
      throw .usage("\(option) \(path) is the file of \(other.what) too; name another")
    }
    let file = try OutputFile(path, option: option)
    take(file.identity, option)
    return file
  }

  private mutating func take(_ identity: FileIdentity?, _ what: String) {
    guard let identity, !identity.isDevice else { return }
    taken.append((what, identity))
  }
}
