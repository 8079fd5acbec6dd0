/// The sigmoid (1), σ(x) = 1 / (1 + e⁻ˣ), and its slope (5).
///
/// e⁻ˣ = 2ⁿ · e⁻ʳ with n = round(−x · log₂ e) and r = x + n · ln 2, so |r| ≤ ½ ln 2 = 0.3466;
/// e⁻ʳ = 1 + w with w = −r + r² · q(r), q minimax of degree 4; then σ = 1 / d with
/// d = 1 + 2ⁿ · (1 + w) = (2ⁿ + 1) + 2ⁿ · w. Adding 2ⁿ + 1 first, exact for |n| < 24, and keeping the
/// coefficient −1 of r exact saves a rounding and makes the result monotone.
public enum Sigmoid {
  /// The largest |σ(x) computed − σ(x) true| over every float x: a little over 2⁻²³·⁵.
  public static let maximumError = 8.94e-8

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
