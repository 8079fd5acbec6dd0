import SinglePathShims

extension sp_call {
  /// Draws every parameter uniformly from a range; a path's numbers depend on the seed and its index
  /// alone. The seed is mixed before the index is added, or path i of one seed would be path i − 1 of
  /// the next.
  public func initialise(seed: UInt64, from lower: Float, to upper: Float) {
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    draw(seed, lower, upper)
  }

  /// Not inlined: arithmetic must not move out of the standard floating-point state of its caller.
  @inline(never)
  private func draw(_ seed: UInt64, _ lower: Float, _ upper: Float) {
    let planes = Int(depth) &* (has_biases == 0 ? 1 : 2)
    for plane in 0..<planes {
      for path in 0..<Int(count) {
        let bits = mixed(mixed(mixed(seed) &+ UInt64(path)) &+ UInt64(plane))
        // 24 bits, which a float holds; taken as 32 for processors that cannot convert 64.
        let unit = Float(UInt32(truncatingIfNeeded: bits >> 40)) * 0x1p-24
        parameters[plane &* parameter_stride &+ path] = lower + unit * (upper - lower)
      }
    }
  }
}

/// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014): a bijection of 64 bits whose results look random for any two neighbours.
private func mixed(_ state: UInt64) -> UInt64 {
  var z = state &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
