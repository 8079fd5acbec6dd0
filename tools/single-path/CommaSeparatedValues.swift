import CommandLineSupport

/// A file of comma-separated values, cut into fields but not yet read: the fields are ranges of bytes.
///
/// Fields may stand in quotes, with commas, doubled quotes and newlines inside. Lines end with a
/// newline, a carriage return, or both; the last may lack its end. Empty lines are passed over, but
/// counted. A UTF-8 byte order mark is passed over.
struct CommaSeparatedValues {
  /// Where a field lies, without its quotes and the blanks around it.
  struct Field {
    var start: Int
    var end: Int
    /// Whether it has doubled quotes inside.
    var hasEscapes = false
  }

  /// What the file is called in messages.
  let name: String
  private let bytes: [UInt8]
  private var fields: [Field] = []
  /// The first field of each row, and one more: the number of fields.
  private var firstFields: [Int] = []
  /// The number of each row in the file, from 1, empty lines counted.
  private var numbers: [Int] = []

  /// Rows that are not empty, the header among them.
  var rowCount: Int { numbers.count }

  /// How messages name a row: by its number in the file.
  func place(row: Int) -> String { "\(name), row \(numbers[row])" }

  func fieldCount(row: Int) -> Int { firstFields[row + 1] - firstFields[row] }

  /// The bytes of a field, for as long as the closure runs. Doubled quotes are still doubled.
  func withBytes<Result>(
    row: Int, column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let field = fields[firstFields[row] + column]
    return try bytes.withUnsafeBufferPointer { all in
      try body(UnsafeBufferPointer(rebasing: all[field.start..<field.end]))
    }
  }

  /// The text of a field.
  func text(row: Int, column: Int) -> String {
    let field = fields[firstFields[row] + column]
    let text = String(decoding: bytes[field.start..<field.end], as: UTF8.self)
    return field.hasEscapes ? text.replacing("\"\"", with: "\"") : text
  }

  /// Cuts a file into fields.
  init(_ bytes: [UInt8], name: String) throws(Failure) {
    self.name = name
    self.bytes = bytes
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .data("\(name) is in UTF-16; save it as UTF-8")
    }
    var cutter = FieldCutter(name: name, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    try bytes.withUnsafeBufferPointer { (all) throws(Failure) in
      while cutter.position < all.count { try cutter.cutRow(all) }
    }
    (fields, firstFields, numbers) = (cutter.fields, cutter.firstFields, cutter.numbers)
    firstFields.append(fields.count)
  }
}
