/// e⁻ˣ, in parts that each function puts together with one division.
///
/// e⁻ˣ = 2ⁿ e⁻ʳ with n = round(−x log₂ e) and r = x + n ln 2, so |r| ≤ ½ ln 2 = 0.3466. There
/// e⁻ʳ = (A − r) / (A + r) with A = r coth(r/2), an even function of r that a polynomial of two terms
/// beyond A(0) = 2 meets to 3.1 · 10⁻¹⁰ relative. So e⁻ˣ = s (A − r) / (A + r) with s = 2ⁿ.
struct Exponential<L: Lanes> {
  let r: L
  let s: L

  /// Where functions hold x, ±22.18 = 32 ln 2: e^−22.18 = 2⁻³² is far below the last bit of 1, and
  /// products of up to three such numbers stay above the subnormal ones, which are slow on many
  /// machines.
  @inline(__always)
  static var domain: Float { 0x1.62e42ep4 }

  /// - Parameter x: in ±`domain`.
  @inline(__always)
  init(minus x: L) {
    // The magic 1.5 · 2²³ + 127 rounds to an integer and leaves n + 127 in the mantissa's low byte.
    let magic = L(repeating: 0x1.8000FEp23)
    let shifted = L.fusedMultiplyAdd(x, L(repeating: -0x1.715476p0), magic)
    s = shifted.shiftedToExponent()
    let n = shifted - magic
    r = L.fusedMultiplyAdd(n, L(repeating: 0x1.62e430p-1), x)
  }

  @inline(__always)
  var evenPart: L {
    let u = r * r
    let p = L.fusedMultiplyAdd(u, L(repeating: -0x1.6a8beep-9), L(repeating: 0x1.555514p-3))
    return L.fusedMultiplyAdd(u, p, L(repeating: 0x1p1))
  }

  /// (A + r) (1 − e⁻ˣ), without loss of digits near x = 0.
  @inline(__always)
  var scaledOneMinusExp: L {
    let one = L(repeating: 1)
    return L.fusedMultiplyAdd(evenPart, one - s, r * (one + s))
  }
}
