/// A curve of depth 2 with biases, a linear output and a squared error, on normalised samples:
///
///     ŷ = v + w₂ (a − c),   a = σ(z),   z = w₁ x + b₁.
///
/// c is the mean of a at the point before, and v the level of the curve there, which keeps v and w₂ apart.
struct CurvePoint<L: Lanes>: BitwiseCopyable {
  var w1: L
  var b1: L
  var w2: L
  var v: L
  var c: L

  @inline(__always)
  init(w1: L, b1: L, w2: L, v: L, c: L) {
    self.w1 = w1
    self.b1 = b1
    self.w2 = w2
    self.v = v
    self.c = c
  }

  /// This point where the answer is yes, else the other.
  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      w1: mask.choose(w1, other.w1), b1: mask.choose(b1, other.b1), w2: mask.choose(w2, other.w2),
      v: mask.choose(v, other.v), c: mask.choose(c, other.c))
  }

  /// The same curve with a rising unit, w₁ > 0, since σ(−z) = 1 − σ(z).
  @inline(__always)
  var rising: Self {
    let turn = w1 .< L(repeating: 0)
    return Self(
      w1: turn.choose(-w1, w1), b1: turn.choose(-b1, b1), w2: turn.choose(-w2, w2), v: v,
      c: turn.choose(L(repeating: 1) - c, c))
  }
}

/// What one pass over the samples sums up for a curve.
///
/// With a − c in the place of a, s = σ′(z) of (5), r = y − ŷ, and k = r s (1 − 2 a). These are the columns of the Jacobian, ∂ŷ/∂v = 1, ∂ŷ/∂w₂ = a − c, ∂ŷ/∂b₁ = w₂ s, ∂ŷ/∂w₁ = w₂ s x, by (9)–(11)
/// with a signal of 1, without their factor w₂; their products with each other and with r; and the
/// second derivatives of ŷ times r. Each product has the sample's weight as a factor.
struct CurveSums<L: Lanes>: BitwiseCopyable {
  var a: L
  var aa: L
  var r: L
  var ra: L
  var rr: L
  var s: L
  var sa: L
  var sx: L
  var sxa: L
  var ss: L
  var ssx: L
  var ssxx: L
  var rs: L
  var rsx: L
  var k: L
  var kx: L
  var kxx: L

  @inline(__always)
  static var count: Int { 17 }

  @inline(__always)
  init(repeating value: L) {
    a = value
    aa = value
    r = value
    ra = value
    rr = value
    s = value
    sa = value
    sx = value
    sxa = value
    ss = value
    ssx = value
    ssxx = value
    rs = value
    rsx = value
    k = value
    kx = value
    kxx = value
  }
}
