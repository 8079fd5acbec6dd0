import CommandLineSupport

extension [Option] {
  /// What a command offers to say how its file is to be read.
  static let reading = [
    Option(
      "--separator", "S", "comma, semicolon, tab or one character (default: found in the file)"),
    Option("--decimal", "MARK", "point or comma (default: found in the file)"),
    Option("--skip", "N", "lines before the header (default: 0)"),
    Option(
      "--missing", "LIST",
      "cells that count as missing, as in ,NA (default: empty cells, NA, NaN, null and -)"),
  ]
}

extension Arguments {
  /// How the file is to be read.
  func readingOptions() throws(Failure) -> CSVOptions {
    var options = CSVOptions()
    if let text = text("--separator") { options.separator = try separator(text) }
    if has("--decimal") { options.decimalMark = try choice("--decimal", default: .point) }
    options.skippedLines = try wholeNumber("--skip", in: 0...1_000_000_000, default: 0)
    if let text = text("--missing") {
      options.missing = text.split(separator: ",", omittingEmptySubsequences: false).map(
        String.init)
    }
    return options
  }

  private func separator(_ text: String) throws(Failure) -> UInt8 {
    if let known = Separator.names[text] { return known }
    let byte = text.utf8.first ?? 0
    let isPartOfField =
      text.first?.isLetter == true || text.first?.isNumber == true || "\"\r\n .+-".contains(text)
    guard text.utf8.count == 1, byte < 0x80, !isPartOfField else {
      throw .usage(
        "--separator is '\(text)'; give comma, semicolon, tab, or one character that is no part of "
          + "a number")
    }
    return byte
  }
}
