/// The recipes as the generated files tell them, written down anew.
enum Recipes {
  static func register(_ argument: Float) -> Float {
    // The comparisons are false for NaN, which so passes.
    let low = argument < -RegisterTable.clamp ? -RegisterTable.clamp : argument
    let x = low > RegisterTable.clamp ? RegisterTable.clamp : low
    let t = RegisterTable.offset.addingProduct(x, x)
    let i = Int(t.bitPattern >> RegisterTable.shift) & 31
    var p = RegisterTable.values[96 + i]
    p = RegisterTable.values[64 + i].addingProduct(p, t)
    p = RegisterTable.values[32 + i].addingProduct(p, t)
    p = RegisterTable.values[i].addingProduct(p, t)
    return (0.5 as Float).addingProduct(x, p)
  }

  /// 512 cells, degree 2, index by the magic number.
  static func memory512(_ argument: Float) -> Float {
    let (node, d) = floatCell(argument, step: MemoryTable512.step)
    let a = MemoryTable512.values[node]
    let a1 = a.addingProduct(-a, a)
    return a.addingProduct(d * a1, (1 as Float).addingProduct(d, 0.5 - a))
  }

  /// 256 cells, degree 3.
  static func memory256(_ argument: Float) -> Float {
    let (node, d) = floatCell(argument, step: MemoryTable256.step)
    let a = MemoryTable256.values[node]
    let a1 = a.addingProduct(-a, a)
    let curve = (0.5 - a).addingProduct(d, 1 / 6 - a1)
    return a.addingProduct(d * a1, (1 as Float).addingProduct(d, curve))
  }

  private static func floatCell(_ argument: Float, step: Float) -> (node: Int, d: Float) {
    let magic: Float = 0x1.8p23
    let x = min(16, max(-16, argument))
    let n = magic.addingProduct(x, 1 / step)
    let node = Int(n.bitPattern) - Int(magic.bitPattern) + Int(16 / step)
    return (node, x.addingProduct(n - magic, -step))
  }

  /// 1024 cells, degree 3.
  static func memoryDouble(_ argument: Double) -> Double {
    let magic = 0x1.8p52
    let step = MemoryTableDouble.step
    let x = min(16, max(-16, argument))
    let n = magic.addingProduct(x, 1 / step)
    let d = x.addingProduct(n - magic, -step)
    let a = MemoryTableDouble.values[Int(n.bitPattern) - Int(magic.bitPattern) + Int(16 / step)]
    let a1 = a.addingProduct(-a, a)
    let curve = (0.5 - a).addingProduct(d, 1 / 6 - a1)
    return a.addingProduct(d * a1, 1.0.addingProduct(d, curve))
  }

  /// 256 cells, degree 2; the wrapping operators would hide an overflow, so none is used.
  static func memoryQ15(_ argument: Int16) -> Int16 {
    let shift = Int32(MemoryTableQ15.shift)
    let u = Int32(argument) + 32768
    let i = (u + (1 << (shift - 1))) >> shift
    let d = u - (i << shift)
    let a = Int32(MemoryTableQ15.values[Int(i)])
    let a1 = (a * (32768 - a) + 16384) >> 15
    let b = 4096 + ((d * (16384 - a) + 8192) >> 14)
    let y = a + ((((d * a1 + 8) >> 4) * b + 262144) >> 19)
    return Int16(max(0, min(32767, y)))
  }
}
