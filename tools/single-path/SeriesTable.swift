import CommandLineSupport
import Foundation

/// One series of a file: the samples of one curve, in the file's order, in the user's units.
struct Series {
  let name: String
  var x: [Double] = []
  var y: [Double] = []
  /// Of the samples; empty if they have none.
  var weights: [Double] = []

  /// The samples that count: without those of weight 0.
  var counted: Series {
    guard weights.contains(0) else { return self }
    let kept = weights.indices.filter { weights[$0] > 0 }
    return Series(
      name: name, x: kept.map { x[$0] }, y: kept.map { y[$0] }, weights: kept.map { weights[$0] })
  }
}

/// Which columns hold the series, x and y; nil if the user did not say. Without a name for it there is no
/// column of weights.
struct ColumnNames {
  var series: String?
  var x: String?
  var y: String?
  var weight: String?
}

/// What a fit asks of the numbers of a file.
struct Demands {
  /// x has a logarithm.
  var positiveX = false
  /// y is a probability.
  var unitY = false
}

/// A file's series, in the order in which they first appear.
struct SeriesTable {
  /// What the file is called in messages.
  let fileName: String
  /// The columns that were read: series, x, y, and weights if there are any.
  let columns: [String]
  private(set) var series: [Series] = []

  var hasWeights: Bool { columns.count > 3 }

  var sampleCount: Int { series.reduce(0) { $0 + $1.x.count } }

  /// Reads three or four columns of a file and groups its rows by the first.
  ///
  /// - Parameters:
  ///   - columns: names from the header. One that is not given is the first, second or third column.
  ///   - demands: what the numbers must be.
  init(
    _ file: CommaSeparatedValues, columns wanted: ColumnNames, demands: Demands = Demands()
  ) throws(Failure) {
    fileName = file.name
    guard file.rowCount > 0 else {
      throw .data("\(file.name) is empty; a header row belongs there")
    }
    let header = (0..<file.fieldCount(row: 0)).map { file.text(row: 0, column: $0) }
    let indices = try columnIndices(wanted, header: header, file: file.name)
    columns = indices.map { header[$0] }
    guard file.rowCount > 1 else {
      throw .data("\(file.name) has a header and no rows below it; there is nothing to fit")
    }
    try readRows(file, header: header, indices: indices, demands)
    for one in series {
      let count = one.counted.x.count
      guard count < 2 else { continue }
      throw .data(
        "\(file.name): series '\(one.name)' has \(count == 0 ? "no" : "one") point"
          + (one.x.count > 1 ? " of a weight above 0" : "") + "; a curve needs two or more")
    }
  }

  private mutating func readRows(
    _ file: CommaSeparatedValues, header: [String], indices: [Int], _ demands: Demands
  ) throws(Failure) {
    var known: [String: Int] = [:]
    var lastRow = 0
    var current = 0
    for row in 1..<file.rowCount {
      guard file.fieldCount(row: row) == header.count else {
        throw .data(
          "\(file.place(row: row)): \(counted(file.fieldCount(row: row), "field")), "
            + "but the header has \(header.count)")
      }
      // Rows of a series mostly follow each other, and comparing bytes is cheaper than hashing text.
      if lastRow == 0 || !file.sameBytes(column: indices[0], rows: lastRow, row) {
        let name = file.text(row: row, column: indices[0])
        current = known[name] ?? series.count
        if current == series.count { series.append(Series(name: name)) }
        known[name] = current
        lastRow = row
      }
      series[current].x.append(
        try file.number(row: row, column: indices[1], header: header) { x in
          demands.positiveX && x <= 0 ? "has no logarithm; --log-x needs every x above 0" : nil
        })
      series[current].y.append(
        try file.number(row: row, column: indices[2], header: header) { y in
          demands.unitY && !(0...1 ~= y)
            ? "is no probability; --cost cross-entropy needs every y within 0 to 1" : nil
        })
      guard indices.count > 3 else { continue }
      series[current].weights.append(
        try file.number(row: row, column: indices[3], header: header) { weight in
          weight < 0 ? "is no weight; give 0 or more" : nil
        })
    }
  }
}

/// Finds the columns of series, x and y, and of weights if they have a name, in a header.
private func columnIndices(
  _ wanted: ColumnNames, header: [String], file: String
) throws(Failure) -> [Int] {
  let list = "it has " + header.map { "'\($0)'" }.joined(separator: ", ")
  for (index, name) in header.enumerated() where header[..<index].contains(name) {
    throw .data("\(file): two columns have the name '\(name)'; name each once")
  }
  let roles = [("series", wanted.series), ("x", wanted.x), ("y", wanted.y)]
  var indices: [Int] = []
  for (position, (role, name)) in roles.enumerated() {
    if let name {
      guard let index = header.firstIndex(of: name) else {
        throw .data("\(file) has no column '\(name)' (--\(role)); \(list)")
      }
      indices.append(index)
    } else {
      guard position < header.count else {
        throw .data("\(file) needs three columns, separated by commas: series, x and y; \(list)")
      }
      indices.append(position)
    }
  }
  if let weight = wanted.weight {
    guard let index = header.firstIndex(of: weight) else {
      throw .data("\(file) has no column '\(weight)' (--weight); \(list)")
    }
    indices.append(index)
  }
  let names = roles.map(\.0) + ["weight"]
  for (position, index) in indices.enumerated() {
    guard let first = indices[..<position].firstIndex(of: index) else { continue }
    throw .data(
      "\(file): '\(header[index])' would be both the \(names[first]) and the "
        + "\(names[position]) column; name them with --series, --x and --y; \(list)")
  }
  return indices
}

extension CommaSeparatedValues {
  /// Whether a column has the same bytes in two rows.
  fileprivate func sameBytes(column: Int, rows first: Int, _ second: Int) -> Bool {
    withBytes(row: first, column: column) { one in
      withBytes(row: second, column: column) { other in
        one.count == other.count && one.elementsEqual(other)
      }
    }
  }

  /// The finite number in a field.
  ///
  /// - Parameter objection: says what is wrong with a number, if anything is.
  fileprivate func number(
    row: Int, column: Int, header: [String], objection: (Double) -> String?
  ) throws(Failure) -> Double {
    if let value = withBytes(row: row, column: column, decimalNumber) {
      guard let objection = objection(value) else { return value }
      throw .data("\(place(row: row)), column '\(header[column])': \(value) \(objection)")
    }
    let whole = text(row: row, column: column)
    let text = whole.count > 40 ? whole.prefix(40) + "…" : whole
    throw .data(
      "\(place(row: row)), column '\(header[column])': "
        + (text.isEmpty ? "empty, but" : "'\(text)', but") + " a finite number belongs there")
  }
}

/// The value of a decimal number such as `-1.5e3`; nil if it is anything else, or not finite.
private func decimalNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  // strtod also takes hexadecimal, "nan" and "inf"; the first of these letters ends them here.
  let isDecimal = bytes.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
  guard isDecimal, !bytes.isEmpty, bytes.count < 512 else { return nil }
  // The number in the file has no zero behind it, and may be the last thing in the memory.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { copy in
    for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    copy[bytes.count] = 0
    guard let start = UnsafePointer(copy.baseAddress) else { return nil }
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(start, &end)
    guard end == copy.baseAddress.map({ $0 + bytes.count }), value.isFinite else { return nil }
    return value
  }
}
