import CommandLineSupport

/// How a file is to be read, where the user says so; what is nil is found in the file.
struct CSVOptions {
  var separator: UInt8?
  var decimalMark: DecimalMark?
  /// Lines before the header.
  var skippedLines = 0
  /// What cells hold that count as missing.
  var missing = ["", "NA", "NaN", "null", "-"]
}

/// A file of separated values: its text as UTF-8, and the character that separates its fields.
struct CSV {
  /// What the file is called in messages.
  let name: String
  let encoding: TextEncoding
  let separator: UInt8
  let options: CSVOptions
  private let bytes: [UInt8]
  /// Where the header begins, and how many lines lie before it.
  private let start: Int
  private let linesBefore: Int

  init(_ bytes: [UInt8], name: String, options: CSVOptions = CSVOptions()) throws(Failure) {
    self.name = name
    self.options = options
    (self.bytes, encoding) = try TextEncoding.decode(bytes, name: name)
    var preamble = Preamble(self.bytes)
    let declared = preamble.passSeparatorLine()
    for line in 0..<options.skippedLines {
      guard preamble.passLine() else {
        throw .data("\(name) has \(counted(line, "line")); --skip asks for more to be passed over")
      }
    }
    let later = declared ?? preamble.passSeparatorLine()
    (start, linesBefore) = (preamble.position, preamble.lines)
    let (all, start, lines) = (self.bytes, preamble.position, preamble.lines)
    separator =
      options.separator ?? later
      ?? all.withUnsafeBufferPointer { bytes in
        Separator.found(in: bytes) { separator in
          CSVScanner(bytes, name: name, separator: separator, at: start, after: lines)
        }
      }
  }

  /// Lends a scanner that stands before the header.
  func withScanner<Result>(
    _ body: (inout CSVScanner) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { (all) throws(Failure) in
      var scanner = CSVScanner(
        all, name: name, separator: separator, at: start, after: linesBefore)
      return try body(&scanner)
    }
  }
}

/// The lines before the header.
private struct Preamble {
  private let bytes: [UInt8]
  private(set) var position = 0
  private(set) var lines = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Steps over one line, however it ends; false if there is none.
  mutating func passLine() -> Bool {
    guard position < bytes.count else { return false }
    while position < bytes.count, !isEndOfLine(bytes[position]) { position += 1 }
    let isPair = bytes[position...].starts(with: Array("\r\n".utf8))
    position = min(bytes.count, position + (isPair ? 2 : 1))
    lines += 1
    return true
  }

  /// Steps over a line such as `sep=;`, by which spreadsheets declare the separator.
  mutating func passSeparatorLine() -> UInt8? {
    let line = bytes[position...].prefix(8).prefix { !isEndOfLine($0) }
      .filter { $0 != UInt8(ascii: "\"") }
    guard line.count == 5, let separator = line.last,
      String(decoding: line.dropLast(), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    _ = passLine()
    return separator
  }

  private func isEndOfLine(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
