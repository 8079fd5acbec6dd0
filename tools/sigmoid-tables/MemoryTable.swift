/// One node value in memory; the rest of the cell by Taylor's series with σ′ = σ(1 − σ), (5).
///
/// With h a power of two every product by h or 1/h is exact, and 0 is a node, so σ(0) = ½ exactly.
private struct MemoryTable<Value: BinaryFloatingPoint> {
  let nodes: [Value]
  let degree: Int
  let low: Value
  let high: Value
  let step: Value

  /// The recipe, operation for operation; adding and subtracting the magic number rounds as here.
  func value(_ argument: Value) -> Value {
    let x = max(low, min(high, argument))
    let k = (x / step).rounded(.toNearestOrEven)
    let a = nodes[Int(k) - Int(low / step)]
    let δ = x.addingProduct(-k, step)
    let a1 = a.addingProduct(-a, a)
    switch degree {
    case 1: return a.addingProduct(δ, a1)
    case 2: return a.addingProduct(δ * a1, (1 as Value).addingProduct(δ, 0.5 - a))
    default:
      let curve = (0.5 - a).addingProduct(δ, Self.sixth - a1)
      return a.addingProduct(δ * a1, (1 as Value).addingProduct(δ, curve))
    }
  }

  private static var sixth: Value { 1 / 6 }

  func table(_ options: Options, magic: String, wrap: (Value) -> TableValue) -> Table {
    let series =
      ["fma(d, a1, a)", "fma(d * a1, fma(d, 0.5 - a, 1), a)"]
      + ["fma(d * a1, fma(d, fma(d, 1/6 - a1, 0.5 - a), 1), a)"]
    return Table(
      rows: [("sigma(LO + i h), i = 0...\(options.size)", nodes.map(wrap))],
      constants: [
        ("low", "LO, the first node and least argument", wrap(low)),
        ("high", "HI, the last node and greatest argument", wrap(high)),
        ("step", "h, from node to node", wrap(step)),
      ],
      description: [
        "Formula: sigma(x + d) by Taylor's series of degree \(degree) from the nearest node x.",
        "Domain: x clamped to LO...HI = \(hexadecimal(Double(low)))...\(hexadecimal(Double(high))).",
        "Step: h = \(hexadecimal(Double(step))), \(options.size) cells.",
        "Rounding: nodes rounded correctly to \(options.scalar) (Ziv's test).",
        "Recipe, every operation rounded once, in \(options.scalar), with M = \(magic):",
        "  x = max(LO, min(HI, x)); n = fma(x, 1/h, M); i = bits(n) - bits(M) - LO/h;",
        "  d = fma(n - M, -h, x); a = T[i]; a1 = fma(-a, a, a);",
        "  y = \(series[degree - 1]).",
        "NaN has no index: look for it first.",
      ],
      evaluate: { Double(value(Value($0))) },
      domain: options.domain,
      edges: (0..<options.size).map { Double(low) + (Double($0) + 0.5) * Double(step) })
  }
}

private func memoryTable<Value: BinaryFloatingPoint>(
  _ options: Options, round: (Double) -> Value
) -> MemoryTable<Value> {
  let low = options.domain.lowerBound
  let step = (options.domain.upperBound - low) / Double(options.size)
  return MemoryTable(
    nodes: (0...options.size).map { round(low + Double($0) * step) }, degree: options.degree,
    low: Value(low), high: Value(options.domain.upperBound), step: Value(step))
}

func memoryTableOfFloat(_ options: Options) -> Table {
  memoryTable(options, round: Sigmoid.roundedToFloat)
    .table(options, magic: "0x1.8p+23") { .float($0) }
}

func memoryTableOfDouble(_ options: Options) -> Table {
  memoryTable(options, round: Sigmoid.roundedToDouble)
    .table(options, magic: "0x1.8p+52") { .double($0) }
}
