/// The natural logarithm, by the area hyperbolic tangent.
enum Logarithm {
  /// 2 artanh(w) for |w| ≤ ⅓: a polynomial in w² with a relative error of 8 · 10⁻⁹.
  @inline(__always)
  static func twiceArtanh<L: Lanes>(_ w: L) -> L {
    let q = w * w
    var p = L.fusedMultiplyAdd(q, L(repeating: 0x1.208bd0p-2), L(repeating: 0x1.1e510ap-2))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 0x1.99dae6p-2))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 0x1.5554e0p-1))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 2))
    return w * p
  }

  /// ln p of a positive normal number: p = 2ⁿ m, ln m = 2 artanh((m − 1) / (m + 1)).
  @inline(__always)
  static func value<L: Lanes>(_ p: L) -> L {
    let one = L(repeating: 1)
    let m = p.mantissa
    let fraction = twiceArtanh((m - one) / (m + one))
    return L.fusedMultiplyAdd(p.exponent, L(repeating: 0x1.62e430p-1), fraction)
  }
}
