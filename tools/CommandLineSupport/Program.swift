import Foundation

/// What all programs do around their work: they report a failure in one line, and never claim a success
/// that could not be printed.
public enum Program {
  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - name: begins the line that reports a failure.
  ///   - body: does the work; is given the words of the command line.
  public static func run(_ name: String, _ body: ([String]) throws -> Void) -> Never {
    occupyStandardDescriptors()
    do {
      try body(Array(CommandLine.arguments.dropFirst()))
      // What `print` was given may still wait in memory, and the disk may be full.
      guard fflush(nil) == 0 else { throw StandardOutput.failure(errno) }
      exit(0)
    } catch {
      StandardError.write("\(name): \(singleLine("\(error)"))\n")
      exit((error as? Failure)?.exitStatus ?? Failure.Kind.data.rawValue)
    }
  }

  /// Puts something in the place of standard streams that were closed, or the next file that is opened
  /// would take it, and would be printed into. What is put there cannot be written to, so that printing
  /// still fails.
  private static func occupyStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

public enum StandardOutput {
  /// Prints text and a newline; unlike Swift's `print` it says if that fails.
  public static func print(_ text: String, terminator: String = "\n") throws(Failure) {
    let code = writeAll(Array((text + terminator).utf8), to: STDOUT_FILENO)
    guard code == 0 else { throw failure(code) }
  }

  static func failure(_ code: Int32) -> Failure {
    .system("standard output cannot be written", code)
  }
}

public enum StandardError {
  /// Writes text as it is. There is nobody to tell if it cannot be written.
  public static func write(_ text: String) {
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }
}

/// Writes all bytes to a descriptor. Returns 0, or the system's error code.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { bytes in
    var rest = bytes
    while !rest.isEmpty {
      let written = write(descriptor, rest.baseAddress, rest.count)
      if written < 0 && errno != EINTR { return errno }
      rest = UnsafeRawBufferPointer(rebasing: rest[max(0, written)...])
    }
    return 0
  }
}
