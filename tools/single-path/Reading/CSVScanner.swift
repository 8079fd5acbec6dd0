import CommandLineSupport

private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")

/// Walks over the bytes of a file of separated values, row by row, and notes where fields lie.
///
/// Fields may stand in quotes, with separators, doubled quotes and newlines inside. Lines end with a
/// newline, a carriage return, or both; the last may lack its end. Empty lines are passed over, but
/// counted, and so are rows of nothing but empty fields, which spreadsheets leave at the end.
struct CSVScanner {
  /// Where a field lies, without its quotes and the blanks around it.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it has doubled quotes inside.
    var hasEscapes = false
  }

  let name: String
  let separator: UInt8
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position: Int
  /// The number of the row that was cut last, from 1; a row of several lines counts once.
  private(set) var number: Int
  /// The fields of that row.
  private(set) var fields: [Field] = []

  /// - Parameter number: of the rows that lie before the position.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, name: String, separator: UInt8, at position: Int,
    after number: Int
  ) {
    (self.bytes, self.name, self.separator) = (bytes, name, separator)
    (self.position, self.number) = (position, number)
  }

  /// How messages name the row.
  var place: String { "\(name), row \(number)" }

  /// Cuts the next row that holds something, to behind its end of line; false if there is none.
  mutating func nextRow() throws(Failure) -> Bool {
    while position < bytes.count {
      number += 1
      if passEndOfLine() { continue }
      fields.removeAll(keepingCapacity: true)
      var isEmpty = true
      while true {
        let field = try cutField()
        isEmpty = isEmpty && field.start == field.end
        fields.append(field)
        if position == bytes.count || passEndOfLine() { break }
        position += 1
      }
      if !isEmpty { return true }
    }
    return false
  }

  /// The bytes of a field of the row. Doubled quotes are still doubled.
  func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])
  }

  /// The text of a field of the row.
  func text(column: Int) -> String {
    let text = String(decoding: bytes(fields[column]), as: UTF8.self)
    return fields[column].hasEscapes ? text.replacing("\"\"", with: "\"") : text
  }

  /// Steps over an end of line, if there is one here.
  private mutating func passEndOfLine() -> Bool {
    guard isEndOfLine(bytes[position]) else { return false }
    let isPair =
      bytes[position] == carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == newline
    position += isPair ? 2 : 1
    return true
  }

  /// Cuts the field that begins here; ends at a separator, an end of line, or the end of the file.
  private mutating func cutField() throws(Failure) -> Field {
    passBlanks()
    if position < bytes.count, bytes[position] == quote { return try cutQuotedField() }
    let start = position
    while position < bytes.count, bytes[position] != separator, !isEndOfLine(bytes[position]) {
      position += 1
    }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return Field(start: start, end: end)
  }

  private mutating func cutQuotedField() throws(Failure) -> Field {
    position += 1
    var field = Field(start: position, end: position)
    while true {
      while position < bytes.count, bytes[position] != quote { position += 1 }
      guard position < bytes.count else {
        throw .data("\(place): a quote (\") is opened and never closed")
      }
      field.end = position
      position += 1
      guard position < bytes.count, bytes[position] == quote else { break }
      field.hasEscapes = true
      position += 1
    }
    passBlanks()
    guard
      position == bytes.count || bytes[position] == separator || isEndOfLine(bytes[position])
    else {
      throw .data(
        "\(place): text follows a closing quote; "
          + "double the quotes (\"\") inside a quoted field")
    }
    return field
  }

  private mutating func passBlanks() {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == space || (byte == tab && separator != tab)
  }

  private func isEndOfLine(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }
}
