import SinglePathShims

/// The better attempt at a curve.
struct CurveResult<L: Lanes>: BitwiseCopyable {
  var point: CurvePoint<L>
  var cost: L
  var verdict: L
  /// Of all attempts.
  var passes: L
  var normal: CurveNormal<L>

  /// Of lanes that are not fitted: a constant where the targets or inputs do not vary.
  @inline(__always)
  init(at point: CurvePoint<L>, _ scale: UnsafePointer<CurveScale<L>>) {
    let zero = L(repeating: 0)
    let fitted = scale.pointee.canBeFitted
    let constant = CurvePoint(w1: zero, b1: zero, w2: zero, v: scale.pointee.meanY, c: zero)
    self.point = point.chosen(by: fitted, otherwise: constant)
    cost = scale.pointee.totalY
    verdict = scale.pointee.firstVerdict
    passes = zero
    normal = CurveNormal()
  }
}

/// The parameters of a curve as the host has them.
struct CurveParameters<L: Lanes>: BitwiseCopyable {
  var weight1: L
  var weight2: L
  var bias1: L
  var bias2: L

  @inline(__always)
  init(weight1: L, weight2: L, bias1: L, bias2: L) {
    self.weight1 = weight1
    self.weight2 = weight2
    self.bias1 = bias1
    self.bias2 = bias2
  }

  /// Whether standard errors as these leave something to be said of a curve: that its slope is not free
  /// between two inputs, where its error exceeds it by far, and that it has a height.
  @inline(__always)
  func determine(_ curve: Self) -> Mask<L> {
    (weight1 .<= L(repeating: 2) * curve.weight1.magnitude)
      .& (weight2 .<= curve.weight2.magnitude)
  }
}
