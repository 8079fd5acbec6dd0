import CommandLineSupport

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// Walks over the bytes of a file of comma-separated values, row by row, and notes where fields lie.
struct FieldCutter {
  let name: String
  private(set) var position: Int
  private(set) var fields: [CommaSeparatedValues.Field] = []
  private(set) var firstFields: [Int] = []
  private(set) var numbers: [Int] = []
  private var number = 0

  init(name: String, at position: Int) {
    self.name = name
    self.position = position
  }

  /// Cuts one row, to behind its end of line.
  mutating func cutRow(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
    number += 1
    if passEndOfLine(bytes) { return }
    firstFields.append(fields.count)
    numbers.append(number)
    while true {
      fields.append(try cutField(bytes))
      if position == bytes.count || passEndOfLine(bytes) { return }
      position += 1
    }
  }

  /// Steps over an end of line, if there is one here.
  private mutating func passEndOfLine(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isEndOfLine(bytes[position]) else { return false }
    let isPair =
      bytes[position] == carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == newline
    position += isPair ? 2 : 1
    return true
  }

  /// Cuts the field that begins here; ends at a comma, an end of line, or the end of the file.
  private mutating func cutField(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(Failure) -> CommaSeparatedValues.Field {
    passBlanks(bytes)
    if position < bytes.count, bytes[position] == quote { return try cutQuotedField(bytes) }
    let start = position
    while position < bytes.count, bytes[position] != comma, !isEndOfLine(bytes[position]) {
      position += 1
    }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return CommaSeparatedValues.Field(start: start, end: end)
  }

  private mutating func cutQuotedField(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(Failure) -> CommaSeparatedValues.Field {
    position += 1
    var field = CommaSeparatedValues.Field(start: position, end: position)
    while true {
      while position < bytes.count, bytes[position] != quote { position += 1 }
      guard position < bytes.count else {
        throw .data("\(name), row \(number): a quote (\") is opened and never closed")
      }
      field.end = position
      position += 1
      guard position < bytes.count, bytes[position] == quote else { break }
      field.hasEscapes = true
      position += 1
    }
    passBlanks(bytes)
    guard position == bytes.count || bytes[position] == comma || isEndOfLine(bytes[position]) else {
      throw .data(
        "\(name), row \(number): text follows a closing quote; "
          + "double the quotes (\"\") inside a quoted field")
    }
    return field
  }

  private mutating func passBlanks(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private func isEndOfLine(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }
}
