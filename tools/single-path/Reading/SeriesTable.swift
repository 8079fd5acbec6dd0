import CommandLineSupport

/// What a fit asks of the numbers of a file.
struct NumberRequirements {
  /// What an x of 0 is where its logarithm is asked for.
  enum Zero: String, CaseIterable {
    /// The limit of the curve.
    case limit
    case refuse
  }

  /// x has a logarithm.
  var logX = false
  var zero = Zero.limit
  /// y is a probability.
  var unitY = false
}

/// A file's series, in the order in which they first appear.
struct SeriesTable {
  /// What the file is called in messages.
  let fileName: String
  /// The columns that were read: series, x, y, and weights if there are any.
  let columns: [String]
  let encoding: TextEncoding
  let separator: UInt8
  let decimalMark: DecimalMark
  /// Cells that counted as missing.
  let missingCount: Int
  private(set) var series: [Series]

  var hasWeights: Bool { columns.count > 3 }

  var sampleCount: Int { series.reduce(0) { $0 + $1.x.count } }

  /// What is unusual about the file, in words.
  var peculiarities: [String] {
    (encoding == .utf8 ? [] : [encoding.rawValue])
      + (separator == UInt8(ascii: ",") ? [] : ["separated by \(Separator.plural(separator))"])
      + (decimalMark == .point ? [] : ["decimal commas"])
  }

  /// Reads a file and groups its samples by series.
  ///
  /// - Parameters:
  ///   - columns: names from the header. One that is not given is the first, second or third column.
  ///   - requirements: what the numbers must be.
  init(
    _ file: CSV, columns wanted: ColumnNames,
    requirements: NumberRequirements = NumberRequirements()
  ) throws(Failure) {
    fileName = file.name
    (encoding, separator) = (file.encoding, file.separator)
    let (reader, columns) = try file.withScanner { (scanner) throws(Failure) in
      try Self.read(&scanner, file.options, wanted, requirements)
    }
    self.columns = columns
    decimalMark = reader.cells.decimalMark
    missingCount = reader.missingCount
    series = reader.series()
    let shortages = series.map(\.shortage)
    if let first = series.first, let shortage = shortages[0], !shortages.contains(nil) {
      throw .data("\(fileName): series '\(first.name)' has \(shortage); a curve needs two or more")
    }
  }

  private static func read(
    _ scanner: inout CSVScanner, _ options: CSVOptions, _ wanted: ColumnNames,
    _ requirements: NumberRequirements
  ) throws(Failure) -> (SeriesReader, columns: [String]) {
    guard try scanner.nextRow() else {
      throw .data("\(scanner.name) is empty; a header row belongs there")
    }
    let header = columnNames(scanner)
    var reader: SeriesReader
    let columns: [String]
    if wanted.isWide {
      let indices = try wideColumnIndices(wanted, header: header, file: scanner.name)
      columns = ["column", header[indices.x], "value"]
      if wanted.x == nil {
        try requireHeader(header, columns: [indices.x] + indices.series, file: scanner.name)
      }
      reader = try SeriesReader(
        scanner, header: header, options, requirements, numbers: [indices.x] + indices.series)
      try reader.readWide(&scanner, x: indices.x, series: indices.series)
    } else {
      let indices = try columnIndices(
        wanted, header: header, file: scanner.name, separator: scanner.separator)
      columns = indices.map { header[$0] }
      if wanted.x == nil, wanted.y == nil {
        try requireHeader(header, columns: [indices[1], indices[2]], file: scanner.name)
      }
      reader = try SeriesReader(
        scanner, header: header, options, requirements, numbers: Array(indices.dropFirst()))
      try reader.readLong(&scanner, indices)
    }
    guard reader.rowCount > 0 else {
      throw .data("\(scanner.name) has a header and no rows below it; there is nothing to fit")
    }
    return (reader, columns)
  }

  /// Keeps those series only, in the order of the file.
  mutating func keep(only names: [String]) throws(Failure) {
    let known = Set(series.map(\.name))
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw .data("\(fileName) has no series '\(unknown)' (--only)")
    }
    let kept = Set(names)
    series.removeAll { !kept.contains($0.name) }
  }
}
