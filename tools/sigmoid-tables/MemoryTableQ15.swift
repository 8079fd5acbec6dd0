/// The memory form in integers, for machines without floating point.
///
/// The argument is an `Int16` in units of 2⁻¹¹, −16 ≤ x < 16; the answer an `Int16` in units of
/// 2⁻¹⁵, at most 32767. Every intermediate fits in 32 bits.
private struct MemoryTableQ15 {
  let nodes: [Int16]
  let degree: Int
  /// A cell is 2^`shift` units of the argument wide.
  let shift: Int32

  /// The recipe, operation for operation.
  func value(_ argument: Int16) -> Int16 {
    let u = Int32(argument) + 32768
    let i = (u + (1 << (shift - 1))) >> shift
    let d = u - i << shift
    let a = Int32(nodes[Int(i)])
    let a1 = (a * (32768 - a) + 16384) >> 15
    let y: Int32
    if degree == 1 {
      y = a + (d * a1 + 1024) >> 11
    } else {
      let bend = 4096 + (d * (16384 - a) + 8192) >> 14
      y = a + ((d * a1 + 8) >> 4 * bend + 262144) >> 19
    }
    return Int16(max(0, min(32767, y)))
  }
}

func memoryTableOfQ15(_ options: Options) -> Table {
  let step = 32 / Double(options.size)
  let table = MemoryTableQ15(
    nodes: (0...options.size).map { Sigmoid.roundedToQ15(-16 + Double($0) * step) },
    degree: options.degree, shift: Int32(16 - options.size.trailingZeroBitCount))
  let series =
    options.degree == 1
    ? ["  y = a + ((d * a1 + 1024) >> 11);"]
    : [
      "  b = 4096 + ((d * (16384 - a) + 8192) >> 14);",
      "  y = a + ((((d * a1 + 8) >> 4) * b + 262144) >> 19);",
    ]
  return Table(
    rows: [("sigma(-16 + i h) * 2^15, i = 0...\(options.size)", table.nodes.map { .q15($0) })],
    constants: [("shift", "A cell is 2^shift units of x wide", .q15(Int16(table.shift)))],
    description: [
      "Formula: sigma(x + d) by Taylor's series of degree \(options.degree) from the nearest node x.",
      "Domain: x an int16 in units of 2^-11, -16 <= x < 16; y an int16 in units of 2^-15.",
      "Step: h = \(hexadecimal(step)), \(options.size) cells.",
      "Rounding: nodes rounded to the nearest integer (Ziv's test), at most 32767.",
      "Recipe, in int32, >> keeps the sign:",
      "  u = x + 32768; i = (u + (1 << (shift - 1))) >> shift; d = u - (i << shift);",
      "  a = T[i]; a1 = (a * (32768 - a) + 16384) >> 15;",
    ] + series + ["  y = max(0, min(32767, y))."],
    evaluate: { Double(table.value(Int16(max(-32768, min(32767, $0 * 2048))))) / 32768 },
    domain: -16...(16 - 0x1p-11),
    edges: [])
}
