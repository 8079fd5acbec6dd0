/// What a table does, seen on many arguments.
struct Measurement {
  private(set) var largestError = 0.0
  /// The argument that causes it.
  private(set) var witness = 0.0
  /// How far the answer ever falls while the argument rises; 0 if monotone.
  private(set) var largestDrop = 0.0
  private(set) var dropWitness = 0.0
  private(set) var smallest = 1.0
  private(set) var greatest = 0.0
  private(set) var count = 0
  private var previous = -Double.infinity

  /// Every so many floats by default; a prime, so that it falls in step with no table.
  static let stride = 61

  init(of table: Table, scalar: Options.Scalar, allFloats: Bool) {
    switch scalar {
    case .float: scanFloats(table, all: allFloats)
    case .double: scanCells(table)
    case .q15: scan((-32768...32767).lazy.map { Double($0) / 2048 }, table, Sigmoid.quick)
    }
  }

  /// The largest error, rounded up to five significant bits: the bound that the table is held to.
  var bound: Double {
    let unit = Double(sign: .plus, exponent: largestError.exponent - 4, significand: 1)
    return (largestError / unit).rounded(.up) * unit
  }

  /// Every 61st float within twice the domain, both sides of every edge, the ends of the line, and
  /// every float near the worst one found or its mirror image; or every float there is.
  private mutating func scanFloats(_ table: Table, all: Bool) {
    if all {
      let last = Int(Float.infinity.bitPattern)
      return scan((-last...last).lazy.map(floatOfOrdinal), table, Sigmoid.quick)
    }
    let last = Int((2 * Float(table.domain.upperBound)).bitPattern)
    let first = Int((0x1p-26 as Float).bitPattern)
    let magnitudes = Swift.stride(from: first, through: last, by: Self.stride)
    scan(magnitudes.reversed().lazy.map { floatOfOrdinal(-$0) }, table, Sigmoid.quick)
    scan([-0x1p-126, -0.0, 0, 0x1p-126], table, Sigmoid.quick)
    scan(magnitudes.lazy.map(floatOfOrdinal), table, Sigmoid.quick)
    for edge in table.edges + table.edges.map({ -$0 }) + [-Double.infinity, .infinity] {
      scanAround(edge, 8, table)
    }
    for center in [witness, -witness] { scanAround(center, 1_000_000, table) }
  }

  private mutating func scanAround(_ x: Double, _ radius: Int, _ table: Table) {
    let limit = Int(Float.infinity.bitPattern)
    let middle = ordinal(Float(x))
    let range = max(-limit, middle - radius)...min(limit, middle + radius)
    previous = -.infinity
    scan(range.lazy.map(floatOfOrdinal), table, Sigmoid.quick)
  }

  /// 64 places in each cell, its ends among them, against σ to 93 bits.
  private mutating func scanCells(_ table: Table) {
    let cells = [table.domain.lowerBound - 1] + table.edges + [table.domain.upperBound + 1]
    for (low, high) in zip(cells, cells.dropFirst()) {
      let places = (0..<64).lazy.map { low + (high - low) * Double($0) / 63 }
      scan(places, table) { Sigmoid.precise($0).high }
    }
  }

  private mutating func scan(
    _ arguments: some Sequence<Double>, _ table: Table, _ exact: (Double) -> Double
  ) {
    for x in arguments {
      let y = table.evaluate(x)
      let error = (y - exact(x)).magnitude
      if error > largestError { (largestError, witness) = (error, x) }
      if previous - y > largestDrop { (largestDrop, dropWitness) = (previous - y, x) }
      previous = y
      smallest = min(smallest, y)
      greatest = max(greatest, y)
      count += 1
    }
  }
}

// MARK: - Floats in order

/// The floats in rising order, 0 at 0, negative ones below.
private func floatOfOrdinal(_ ordinal: Int) -> Double {
  let magnitude = Float(bitPattern: UInt32(ordinal.magnitude))
  return Double(ordinal < 0 ? -magnitude : magnitude)
}

private func ordinal(_ value: Float) -> Int {
  let magnitude = Int(value.magnitude.bitPattern)
  return value < 0 ? -magnitude : magnitude
}
