/// σ(x) = 1 / (1 + e⁻ˣ), equation (1), by the generator's own arithmetic.
enum Sigmoid {
  /// What the computed value may be off by, relatively; 2⁻⁹³ is proven in `DoubleDouble`, for |x| ≤ 64.
  private static let doubt = 0x1p-90

  /// σ to about 93 bits; the sign is split so that neither tail cancels.
  static func precise(_ x: Double) -> DoubleDouble {
    let e = DoubleDouble.exponential(-x.magnitude)
    let denominator = DoubleDouble(1) + e
    return x < 0 ? e / denominator : DoubleDouble(1) / denominator
  }

  /// σ rounded correctly to `Double`.
  static func roundedToDouble(_ x: Double) -> Double {
    decided(x) { $0.high + $0.low }
  }

  /// σ rounded correctly to `Float`, once: the `Double` between is made odd, which keeps what it lost.
  static func roundedToFloat(_ x: Double) -> Float {
    decided(x) { value in
      let isExactOrOdd = value.low == 0 || value.high.bitPattern & 1 == 1
      let odd = (value.low > 0) ? value.high.nextUp : value.high.nextDown
      return Float(isExactOrOdd ? value.high : odd)
    }
  }

  /// σ · 2¹⁵ rounded to the nearest integer, at most 32767.
  static func roundedToQ15(_ x: Double) -> Int16 {
    decided(x) { Int16(min(32767, ($0.high * 32768 + 0.5).rounded(.down))) }
  }

  /// Ziv's test: both ends of the interval of doubt must round to the same number.
  ///
  /// σ is transcendental at every rational x but 0, where it is exactly one half, so the test can
  /// only fail for want of digits; it then stops the generator rather than guess.
  private static func decided<Value: Equatable>(
    _ x: Double, round: (DoubleDouble) -> Value
  ) -> Value {
    let value = precise(x)
    guard x != 0 else { return round(value) }
    let doubt = doubt * value.high
    let below = round(DoubleDouble(sum: value.high, value.low - doubt))
    let above = round(DoubleDouble(sum: value.high, value.low + doubt))
    precondition(below == above, "σ(\(x)) lies too near a midpoint to be rounded")
    return below
  }

  /// σ in plain `Double`, within 4 · 10⁻¹⁶: quick enough to measure a table on every float.
  static func quick(_ x: Double) -> Double {
    let magnitude = min(x.magnitude, 700)
    let n = (magnitude * -0x1.7154_7652_b82fep0).rounded(.toNearestOrEven)
    let r = (-magnitude - n * 0x1.62e4_2fef_a38p-1) - n * 0x1.ef35_793c_7673p-45
    var series = 0x1.6124_613a_86d09p-33  // 1/13!
    for coefficient in inverseFactorials { series = series * r + coefficient }
    let e = series * Double(bitPattern: UInt64(Int(n) + 1023) << 52)
    return x < 0 ? e / (1 + e) : 1 / (1 + e)
  }

  /// 1/12! ... 1/0!.
  private static let inverseFactorials: [Double] = [
    0x1.1eed_8eff_8d898p-29, 0x1.ae64_567f_544e4p-26, 0x1.27e4_fb77_89f5cp-22,
    0x1.71de_3a55_6c734p-19, 0x1.a01a_01a0_1a01ap-16, 0x1.a01a_01a0_1a01ap-13,
    0x1.6c16_c16c_16c17p-10, 0x1.1111_1111_11111p-7, 0x1.5555_5555_55555p-5,
    0x1.5555_5555_55555p-3, 0.5, 1, 1,
  ]
}
