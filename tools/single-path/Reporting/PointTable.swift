import CommandLineSupport

/// Points to apply curves to: the rows of a file with a number in each, and the name of a curve.
struct PointTable {
  struct Point {
    /// The row of the file, for messages.
    let place: String
    /// The name of its curve, or of the point where one curve serves all; nil if the file has none.
    let name: String?
    /// Nil where the cell counts as missing.
    let value: Double?
  }

  /// What the columns are called in the file.
  let columns: (name: String?, value: String)
  private(set) var points: [Point] = []

  /// - Parameters:
  ///   - series, value: names from the header; nil to take those of the curves' data if the file has them,
  ///     else the first column, or the next.
  ///   - known: what the columns were called in the curves' data.
  ///   - namesCurves: whether each point names its curve.
  init(
    _ file: CSV, series: String?, value: String?, known: (series: String, value: String),
    namesCurves: Bool
  ) throws(Failure) {
    (columns, points) = try file.withScanner { (scanner) throws(Failure) in
      guard try scanner.nextRow() else {
        throw .data("\(scanner.name) is empty; a header row belongs there")
      }
      let header = columnNames(scanner)
      func column(_ name: String?, _ known: String, or position: Int) throws(Failure) -> Int {
        let list = "it has " + header.map { "'\($0)'" }.joined(separator: ", ")
        if let name {
          guard let index = header.firstIndex(of: name) else {
            throw .data("\(scanner.name) has no column '\(name)'; \(list)")
          }
          return index
        }
        if let index = header.firstIndex(of: known) { return index }
        guard position < header.count else {
          throw .data(
            "\(scanner.name) needs two columns, the name of a curve and '\(known)', or --curve NAME; "
              + list)
        }
        return position
      }
      let ofCurve = namesCurves ? try column(series, known.series, or: 0) : nil
      let valueColumn = try column(value, known.value, or: namesCurves ? 1 : 0)
      if value == nil, header[valueColumn] != known.value {
        try requireHeader(header, columns: [valueColumn], file: scanner.name)
      }
      let nameColumn = ofCurve ?? header.indices.first { $0 != valueColumn }
      let cells = try NumberCells(scanner, header: header, file.options, numbers: [valueColumn])
      var points: [Point] = []
      while try cells.nextRow(&scanner) {
        points.append(
          Point(
            place: scanner.place, name: nameColumn.map { scanner.text(column: $0) },
            value: try cells.value(scanner, column: valueColumn)))
      }
      guard !points.isEmpty else {
        throw .data(
          "\(scanner.name) has a header and no rows below it; there is nothing to predict")
      }
      return ((nameColumn.map { header[$0] }, header[valueColumn]), points)
    }
  }
}
