import CommandLineSupport

/// Reads the rows below a header, and sorts their samples by series.
struct SeriesReader {
  /// Cells that counted as missing, and rows that hold something.
  private(set) var missingCount = 0
  private(set) var rowCount = 0
  let cells: NumberCells
  private let requirements: NumberRequirements
  private var names = NameIndex()
  private var missingOfSeries: [Int] = []
  /// The samples in the order of the file, and the series of each.
  private var owners: [Int32] = []
  private var x: [Double] = []
  private var y: [Double] = []
  private var weights: [Double] = []

  /// - Parameters:
  ///   - scanner: stands behind the header.
  ///   - numbers: the columns that hold numbers.
  init(
    _ scanner: CSVScanner, header: [String], _ options: CSVOptions,
    _ requirements: NumberRequirements, numbers: [Int]
  ) throws(Failure) {
    cells = try NumberCells(scanner, header: header, options, numbers: numbers)
    self.requirements = requirements
  }

  /// Reads rows of one sample each.
  ///
  /// - Parameter indices: the columns of series, x, y, and weights if there are any.
  mutating func readLong(_ scanner: inout CSVScanner, _ indices: [Int]) throws(Failure) {
    while try nextRow(&scanner) {
      let owner = number(ofSeries: scanner.fields[indices[0]], scanner)
      let x = try x(scanner, column: indices[1])
      let y = try y(scanner, column: indices[2])
      let weight = indices.count > 3 ? try self.weight(scanner, column: indices[3]) : 1
      guard let x, let y, let weight else {
        let count = [x, y, weight].count { $0 == nil }
        missingCount += count
        missingOfSeries[Int(owner)] += count
        continue
      }
      owners.append(owner)
      self.x.append(x)
      self.y.append(y)
      if indices.count > 3 { weights.append(weight) }
    }
  }

  /// Reads rows of one x, and a y for each series.
  mutating func readWide(
    _ scanner: inout CSVScanner, x xColumn: Int, series: [Int]
  ) throws(Failure) {
    for column in series { _ = number(ofSeries: scanner.fields[column], scanner) }
    while try nextRow(&scanner) {
      let x = try x(scanner, column: xColumn)
      if x == nil { missingCount += 1 }
      for (owner, column) in series.enumerated() {
        guard let y = try y(scanner, column: column) else {
          missingCount += 1
          missingOfSeries[owner] += 1
          continue
        }
        guard let x else { continue }
        owners.append(Int32(owner))
        self.x.append(x)
        self.y.append(y)
      }
    }
  }

  private mutating func nextRow(_ scanner: inout CSVScanner) throws(Failure) -> Bool {
    guard try cells.nextRow(&scanner) else { return false }
    rowCount += 1
    return true
  }

  private mutating func number(ofSeries field: CSVScanner.Field, _ scanner: CSVScanner) -> Int32 {
    let bytes = scanner.bytes(field)
    // Rows of a series mostly follow each other.
    if let last = owners.last, !field.hasEscapes, names.isName(Int(last), bytes) { return last }
    let number =
      field.hasEscapes
      ? Array(String(decoding: bytes, as: UTF8.self).replacing("\"\"", with: "\"").utf8)
        .withUnsafeBufferPointer { names.number(of: $0) }
      : names.number(of: bytes)
    if number == missingOfSeries.count { missingOfSeries.append(0) }
    return Int32(number)
  }

  // MARK: - Cells

  private func x(_ scanner: CSVScanner, column: Int) throws(Failure) -> Double? {
    let requirements = requirements
    return try cells.value(scanner, column: column) { x in
      guard requirements.logX else { return nil }
      switch requirements.zero {
      case .limit: return x < 0 ? "has no logarithm; --log-x needs every x to be 0 or more" : nil
      case .refuse: return x <= 0 ? "has no logarithm; --log-x needs every x above 0" : nil
      }
    }
  }

  private func y(_ scanner: CSVScanner, column: Int) throws(Failure) -> Double? {
    let requirements = requirements
    return try cells.value(scanner, column: column) { y in
      requirements.unitY && !(0...1 ~= y)
        ? "is no probability; --cost cross-entropy needs every y within 0 to 1" : nil
    }
  }

  private func weight(_ scanner: CSVScanner, column: Int) throws(Failure) -> Double? {
    try cells.value(scanner, column: column) { $0 < 0 ? "is no weight; give 0 or more" : nil }
  }

  // MARK: - The series

  /// The samples of each series.
  func series() -> [Series] {
    var counts = [Int](repeating: 0, count: names.count)
    for owner in owners { counts[Int(owner)] += 1 }
    var series = zip(names.names, counts).map { name, count in
      var one = Series(name: name)
      one.x.reserveCapacity(count)
      one.y.reserveCapacity(count)
      return one
    }
    for (sample, owner) in owners.enumerated() {
      series[Int(owner)].x.append(x[sample])
      series[Int(owner)].y.append(y[sample])
      if !weights.isEmpty { series[Int(owner)].weights.append(weights[sample]) }
    }
    for index in series.indices {
      series[index].missing = missingOfSeries[index]
      if requirements.logX, series[index].x.contains(0) {
        series[index].isLimit = series[index].x.map { $0 == 0 }
      }
    }
    return series
  }
}
