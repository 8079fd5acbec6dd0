extension PathBank {
  /// Draws every parameter uniformly from a range.
  ///
  /// A path's values depend on the seed and the path's index alone, not on the bank's size.
  public mutating func initialize(seed: UInt64, range: ClosedRange<Float> = -1...1) {
    let width = range.upperBound - range.lowerBound
    for plane in 0..<shape.parameterCount {
      for path in 0..<count {
        let bits = Self.mixed(Self.mixed(seed &+ UInt64(path)) &+ UInt64(plane))
        let unit = Float(bits >> 40) * 0x1p-24
        base[plane * stride + path] = range.lowerBound + unit * width
      }
    }
  }

  /// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
  /// OOPSLA 2014): a bijection of 64 bits whose results look random for any two neighbours.
  private static func mixed(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
