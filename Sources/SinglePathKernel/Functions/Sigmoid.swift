import SinglePathShims

/// A way to compute the sigmoid (1), σ(x) = 1 / (1 + e⁻ˣ).
protocol SigmoidForm: ActivationFunction {}

extension SigmoidForm {
  /// (5): σ′ = a (1 − a), from the activation a = σ(z).
  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L {
    a * (L(repeating: 1) - a)
  }
}

/// The sigmoid by an exponential and a division.
///
/// With e⁻ˣ = s (A − r) / (A + r), as `Exponential` has it,
///
///     σ(x) = (A + r) / ((A + r) + s (A − r)),
///
/// whose one division is needed anyway. This takes 12 operations and a division; a polynomial for e⁻ʳ
/// of the same accuracy takes 15 and a division. Neighbouring floats may fall by one unit in the last
/// place. Over all floats the error is 8.9579 · 10⁻⁸ at most, at x = 1.7843014. σ(0) is ½, σ(−∞) is
/// 2⁻³², σ(x) is 1 for x above 16.7; NaN stays NaN.
enum PolynomialSigmoid: SigmoidForm {
  typealias ByTable = TableSigmoid

  @inline(__always)
  static var hasTable: Bool { true }

  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L { value(exponential(z)) }

  /// The second half of a vector's operations stands beside the first half of the next one's: a machine
  /// that looks ahead over few instructions finds more that do not wait for each other.
  @inline(__always)
  static func forEach<L: Lanes>(
    _ vectors: Int, of z: (_ v: Int) -> L, _ body: (_ a: L, _ v: Int) -> Void
  ) {
    var e = exponential(z(0))
    for v in 1..<vectors {
      let next = exponential(z(v))
      body(value(e), v &- 1)
      e = next
    }
    body(value(e), vectors &- 1)
  }

  @inline(__always)
  static func exponential<L: Lanes>(_ z: L) -> Exponential<L> {
    let domain = Exponential<L>.domain
    return Exponential(minus: z.atMost(domain).atLeast(-domain))
  }

  @inline(__always)
  static func value<L: Lanes>(_ e: Exponential<L>) -> L {
    let A = e.evenPart
    return (A + e.r) / L.fusedMultiplyAdd(e.s, A - e.r, A + e.r)
  }
}

/// The sigmoid by a table of segments, without a division.
///
/// σ(x) = ½ + x P(x²), where P(x²) = tanh(x/2) / (2x) is even and smooth, by a cubic in t = x² + 12 for
/// each of 32 segments. The segment is the exponent and the first three bits of the mantissa of t, so
/// that segments are narrow where P bends. x is held to ±13.4, where σ is within 1.6 · 10⁻⁶ of its
/// limit and the table aims at the middle. σ(0) is ½, every value lies inside (0, 1), NaN stays NaN;
/// at the edge of a segment σ may fall by up to 6.4 · 10⁻⁷. `sp_sigmoid_table.h` says how the
/// coefficients were made.
enum TableSigmoid: SigmoidForm {
  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L {
    let x = z.atMost(sp_sigmoid_table_clamp).atLeast(-sp_sigmoid_table_clamp)
    let t = L.fusedMultiplyAdd(x, x, L(repeating: sp_sigmoid_table_offset))
    var p = t.tableCoefficient(3)
    p = L.fusedMultiplyAdd(p, t, t.tableCoefficient(2))
    p = L.fusedMultiplyAdd(p, t, t.tableCoefficient(1))
    p = L.fusedMultiplyAdd(p, t, t.tableCoefficient(0))
    return L.fusedMultiplyAdd(x, p, L(repeating: 0.5))
  }
}
