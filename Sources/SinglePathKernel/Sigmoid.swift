/// The sigmoid (1), σ(x) = 1 / (1 + e⁻ˣ), and its slope (5).
///
/// e⁻ˣ = 2ⁿ e⁻ʳ with n = round(−x log₂ e) and r = x + n ln 2, so |r| ≤ ½ ln 2 = 0.3466. There
/// e⁻ʳ = (A − r) / (A + r) with A = r coth(r/2), an even function of r that a polynomial of two terms
/// beyond A(0) = 2 meets to 3.1 · 10⁻¹⁰ relative. Then
///
///     σ(x) = (A + r) / ((A + r) + 2ⁿ (A − r)),
///
/// whose one division is needed anyway. This takes 12 operations and a division; a polynomial for e⁻ʳ
/// of the same accuracy takes 15 and a division. Neighbouring floats may fall by one unit in the last
/// place. σ(0) is ½, σ(−∞) is 2⁻³², σ(x) is 1 for x above 16.7; NaN stays NaN.
public enum Sigmoid {
  /// The largest |σ(x) computed − σ(x) true| over every float x.
  public static let maximumError = 8.95e-8

  /// x is held to ±22.18: σ(−22.18) = 2⁻³², so that products of up to three slopes (5) stay above
  /// the subnormal numbers, which are slow on many machines; σ is 1 to the last bit beyond 16.3.
  public static let domain: Float = 0x1.62e42ep4

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L {
    let x = z.atMost(domain).atLeast(-domain)
    // The magic 1.5 · 2²³ + 127 rounds to an integer and leaves n + 127 in the mantissa's low byte.
    let magic = L(repeating: 0x1.8000FEp23)
    let shifted = L.fusedMultiplyAdd(x, L(repeating: -0x1.715476p0), magic)
    let s = shifted.shiftedToExponent()
    let n = shifted - magic
    let r = L.fusedMultiplyAdd(n, L(repeating: 0x1.62e430p-1), x)
    let u = r * r
    var A = L.fusedMultiplyAdd(u, L(repeating: -0x1.6a8beep-9), L(repeating: 0x1.555514p-3))
    A = L.fusedMultiplyAdd(u, A, L(repeating: 0x1p1))
    return (A + r) / L.fusedMultiplyAdd(s, A - r, A + r)
  }

  /// (5): σ′ = a (1 − a), from the activation a = σ(z).
  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L {
    a * (L(repeating: 1) - a)
  }
}
