import CommandLineSupport
import Foundation

/// A file of data, read whole.
enum InputFile {
  /// What standard input is called on the command line.
  static let standardInput = "-"

  /// How messages call a file.
  static func name(_ path: String) -> String { path == standardInput ? "standard input" : path }

  /// Reads a file, or a pipe to its end.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    guard !path.isEmpty else { throw .usage("the name of the file is empty; name a CSV file") }
    if path == standardInput { return try read(STDIN_FILENO, name(path)) }
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw errno == ENOENT
        ? .data("\(path): there is no such file") : .system("\(path) cannot be read", errno)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw .data("\(path) is a folder; name a CSV file")
    }
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw .system("\(path) cannot be read", errno) }
    defer { close(descriptor) }
    return try read(descriptor, path, sizeHint: Int(status.st_size))
  }

  private static func read(
    _ descriptor: Int32, _ name: String, sizeHint: Int = 0
  ) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(sizeHint + 1, 1 << 16))
    var count = 0
    while true {
      if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
      let got = bytes.withUnsafeMutableBytes { all in
        Foundation.read(descriptor, all.baseAddress.map { $0 + count }, all.count - count)
      }
      if got < 0, errno != EINTR { throw .system("\(name) cannot be read", errno) }
      if got == 0 { break }
      count += max(0, got)
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
