/// The recipes as the generated files tell them, written down anew.
enum Recipes {
  static let register: @Sendable (Float) -> Float = {
    let table = GeneratedTable.register
    let values = table.values.map { Float($0) }
    let (clamp, offset) = (Float(table.constant("clamp")), Float(table.constant("offset")))
    let shift = UInt32(table.constant("shift"))
    return { argument in
      // The comparisons are false for NaN, which so passes.
      let low = argument < -clamp ? -clamp : argument
      let x = low > clamp ? clamp : low
      let t = offset.addingProduct(x, x)
      let i = Int(t.bitPattern >> shift) & 31
      var p = values[96 + i]
      p = values[64 + i].addingProduct(p, t)
      p = values[32 + i].addingProduct(p, t)
      p = values[i].addingProduct(p, t)
      return (0.5 as Float).addingProduct(x, p)
    }
  }()

  /// 512 cells, degree 2, index by the magic number.
  static let memory512: @Sendable (Float) -> Float = {
    let cell = floatCell(.memory512)
    return { argument in
      let (a, d) = cell(argument)
      let a1 = a.addingProduct(-a, a)
      return a.addingProduct(d * a1, (1 as Float).addingProduct(d, 0.5 - a))
    }
  }()

  /// 256 cells, degree 3.
  static let memory256: @Sendable (Float) -> Float = {
    let cell = floatCell(.memory256)
    return { argument in
      let (a, d) = cell(argument)
      let a1 = a.addingProduct(-a, a)
      let curve = (0.5 - a).addingProduct(d, 1 / 6 - a1)
      return a.addingProduct(d * a1, (1 as Float).addingProduct(d, curve))
    }
  }()

  /// Returns the nearest node's value and the distance from it.
  private static func floatCell(
    _ table: GeneratedTable
  ) -> @Sendable (Float) -> (a: Float, d: Float) {
    let values = table.values.map { Float($0) }
    let step = Float(table.constant("step"))
    let magic: Float = 0x1.8p23
    return { argument in
      let x = min(16, max(-16, argument))
      let n = magic.addingProduct(x, 1 / step)
      let node = Int(n.bitPattern) - Int(magic.bitPattern) + Int(16 / step)
      return (values[node], x.addingProduct(n - magic, -step))
    }
  }

  /// 1024 cells, degree 3.
  static let memoryDouble: @Sendable (Double) -> Double = {
    let values = GeneratedTable.memoryDouble.values
    let step = GeneratedTable.memoryDouble.constant("step")
    let magic = 0x1.8p52
    return { argument in
      let x = min(16, max(-16, argument))
      let n = magic.addingProduct(x, 1 / step)
      let d = x.addingProduct(n - magic, -step)
      let a = values[Int(n.bitPattern) - Int(magic.bitPattern) + Int(16 / step)]
      let a1 = a.addingProduct(-a, a)
      let curve = (0.5 - a).addingProduct(d, 1 / 6 - a1)
      return a.addingProduct(d * a1, 1.0.addingProduct(d, curve))
    }
  }()

  /// 256 cells, degree 2; the wrapping operators would hide an overflow, so none is used.
  static let memoryQ15: @Sendable (Int16) -> Int16 = {
    let values = GeneratedTable.memoryQ15.values.map { Int32($0) }
    let shift = Int32(GeneratedTable.memoryQ15.constant("shift"))
    return { argument in
      let u = Int32(argument) + 32768
      let i = (u + (1 << (shift - 1))) >> shift
      let d = u - (i << shift)
      let a = values[Int(i)]
      let a1 = (a * (32768 - a) + 16384) >> 15
      let b = 4096 + ((d * (16384 - a) + 8192) >> 14)
      let y = a + ((((d * a1 + 8) >> 4) * b + 262144) >> 19)
      return Int16(max(0, min(32767, y)))
    }
  }()
}
