import Foundation

/// Why a program cannot do what it was asked: one line, and the status that it exits with.
public struct Failure: Error, Equatable, CustomStringConvertible {
  public enum Kind: Int32, Sendable {
    /// The data, a file or a result is not what it should be.
    case data = 1
    /// The command line is not.
    case usage = 2
  }

  public let kind: Kind
  public let message: String

  public static func data(_ message: String) -> Failure { Failure(kind: .data, message: message) }
  public static func usage(_ message: String) -> Failure { Failure(kind: .usage, message: message) }

  public var description: String { message }
  public var exitStatus: Int32 { kind.rawValue }

  /// A failed call of the system: what could not be done, and the system's reason.
  public static func system(_ what: String, _ code: Int32) -> Failure {
    .data("\(what): \(String(cString: strerror(code)))")
  }
}
