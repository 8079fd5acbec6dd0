/// Why the command cannot do what it was asked: one line, and the code that it exits with.
struct Failure: Error, Equatable {
  /// The exit codes.
  enum Kind: Int32 {
    /// The data, or a file, is not what it should be.
    case data = 1
    /// The command line is not.
    case usage = 2
  }

  let kind: Kind
  let message: String

  static func data(_ message: String) -> Failure { Failure(kind: .data, message: message) }
  static func usage(_ message: String) -> Failure { Failure(kind: .usage, message: message) }
}

/// Text from a file or the command line as it may stand in a line on a terminal: control characters
/// become spaces.
func singleLine(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(scalar.properties.generalCategory == .control ? " " : scalar)
  }
  return String(result)
}
