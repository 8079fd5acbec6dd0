import CommandLineSupport

/// Takes rows below a header, and numbers from their cells.
struct NumberCells {
  let decimalMark: DecimalMark
  private let header: [String]
  /// The header's fields, those without a name at its end among them.
  private let headerWidth: Int
  private let missing: [[UInt8]]

  /// - Parameters:
  ///   - scanner: stands behind the header.
  ///   - numbers: the columns that hold numbers.
  init(
    _ scanner: CSVScanner, header: [String], _ options: CSVOptions, numbers: [Int]
  ) throws(Failure) {
    self.header = header
    headerWidth = scanner.fields.count
    missing = options.missing.map { Array($0.utf8) }
    if let mark = options.decimalMark {
      decimalMark = mark
    } else {
      decimalMark = try scanner.decimalMark(columns: numbers, header: header)
    }
  }

  /// Cuts the next row, which has a field for each name of the header. What columns without a name hold is
  /// not read; behind all columns there may be empty fields, as spreadsheets write them.
  func nextRow(_ scanner: inout CSVScanner) throws(Failure) -> Bool {
    guard try scanner.nextRow() else { return false }
    let count = scanner.fields.count
    guard
      count >= header.count
        && scanner.fields.dropFirst(headerWidth).allSatisfy({ $0.start == $0.end })
    else {
      throw .data(
        "\(scanner.place): \(counted(count, "field")), but the header has \(header.count)")
    }
    return true
  }

  /// The finite number in a cell; nil if it counts as missing.
  ///
  /// - Parameter objection: says what is wrong with a number, if anything is.
  func value(
    _ scanner: CSVScanner, column: Int, objection: (Double) -> String? = { _ in nil }
  ) throws(Failure) -> Double? {
    let bytes = scanner.bytes(scanner.fields[column])
    if let value = decimalNumber(bytes, mark: decimalMark.byte) {
      guard let objection = objection(value) else { return value }
      throw fault(scanner, column: column, "\(value) \(objection)")
    }
    if missing.contains(where: { $0.elementsEqual(bytes) }) { return nil }
    let text = scanner.text(column: column).shortened(to: 41)
    throw fault(
      scanner, column: column,
      (text.isEmpty ? "empty, but" : "'\(text)', but") + " a finite number belongs there")
  }

  private func fault(_ scanner: CSVScanner, column: Int, _ what: String) -> Failure {
    .data("\(scanner.place), column '\(header[column])': \(what)")
  }
}
