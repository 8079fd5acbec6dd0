/// A four-parameter logistic curve, on standardised samples:
///
///     ŷ = v + w₂ (a − c),   a = σ(z),   z = w₁ x + b₁.
///
/// c is the mean of a at the curve before, and v the level of the curve there, which keeps v and w₂ apart.
struct LogisticCurve<L: Lanes>: BitwiseCopyable {
  var w1: L
  var b1: L
  var w2: L
  var v: L
  var c: L

  /// This curve where the answer is yes, else the other.
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

extension LogisticCurve {
  /// The lanes of one vector of the machine.
  @inline(__always)
  init<Whole: Lanes>(part: Int, of whole: UnsafeMutablePointer<LogisticCurve<Whole>>) {
    let values = whole.floats + part &* L.width
    self.init(
      w1: L.load(values), b1: L.load(values + Whole.width), w2: L.load(values + 2 &* Whole.width),
      v: L.load(values + 3 &* Whole.width), c: L.load(values + 4 &* Whole.width))
  }
}

/// One number for b₁ and one for w₁.
struct UnitPair<L: Lanes>: BitwiseCopyable {
  var z: L
  var x: L

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(z: mask.choose(z, other.z), x: mask.choose(x, other.x))
  }
}

/// A symmetric matrix of b₁ and w₁.
struct UnitMatrix<L: Lanes>: BitwiseCopyable {
  var zz: L
  var zx: L
  var xx: L

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      zz: mask.choose(zz, other.zz), zx: mask.choose(zx, other.zx), xx: mask.choose(xx, other.xx))
  }

  /// The variance of a sum of b₁ and w₁ with these factors, if this is their covariance.
  @inline(__always)
  func variance(of factors: UnitPair<L>) -> L {
    let z = (zz * factors.z).adding(zx, times: factors.x)
    let x = (zx * factors.z).adding(xx, times: factors.x)
    return (z * factors.z).adding(x, times: factors.x)
  }
}

/// The parameters of a curve in the host's units.
struct LogisticParameters<L: Lanes> {
  let weight1: L
  let weight2: L
  let bias1: L
  let bias2: L

  /// By the host's number.
  @inline(__always)
  subscript(_ p: Int) -> L { p == 0 ? weight1 : p == 1 ? weight2 : p == 2 ? bias1 : bias2 }
}

extension SampleStandardization {
  /// The parameters of a curve, for samples as the host has them.
  @inline(__always)
  func parameters(of curve: LogisticCurve<L>) -> LogisticParameters<L> {
    let weight1 = curve.w1 * inverseX
    return LogisticParameters(
      weight1: weight1, weight2: curve.w2 * rangeY,
      bias1: curve.b1.subtracting(weight1, times: middleX),
      bias2: middleY.adding(curve.v.subtracting(curve.w2, times: curve.c), times: rangeY))
  }

  /// The curve of a host's parameters.
  @inline(__always)
  func curve(_ host: LogisticParameters<L>) -> LogisticCurve<L> {
    let w2 = host.weight2 * inverseY
    return LogisticCurve(
      w1: host.weight1 * halfX, b1: host.bias1.adding(host.weight1, times: middleX), w2: w2,
      v: ((host.bias2 - middleY) * inverseY).adding(w2, times: L(repeating: 0.5)),
      c: L(repeating: 0.5))
  }
}
