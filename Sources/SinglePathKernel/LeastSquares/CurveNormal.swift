/// What the samples say of a curve's parameters at its end, by the normal equations, in units in which an
/// error of weight 1 has a variance of 1.
struct CurveNormal<L: Lanes>: BitwiseCopyable {
  /// Of b₁ and w₁ for columns without their factor w₂, v and w₂ eliminated.
  var curvature: CurveCurvature<L>
  /// How v and w₂ follow b₁ and w₁.
  var followV: CurveFollow<L>
  var followW: CurveFollow<L>
  /// The variance of w₂ with b₁ and w₁ known, and the mean of a − c.
  var inverseW: L
  var meanA: L
  /// The smallest pivot of the normal equations whose columns have a length of 1: about 0 where a column
  /// follows from the others.
  var pivot: L

  @inline(__always)
  init(
    curvature: CurveCurvature<L>, followV: CurveFollow<L>, followW: CurveFollow<L>, inverseW: L,
    meanA: L, pivot: L
  ) {
    self.curvature = curvature
    self.followV = followV
    self.followW = followW
    self.inverseW = inverseW
    self.meanA = meanA
    self.pivot = pivot
  }

  /// Of a curve that is not fitted.
  @inline(__always)
  init() {
    let zero = L(repeating: 0)
    let none = CurveFollow(z: zero, x: zero)
    self.init(
      curvature: CurveCurvature(zz: zero, zx: zero, xx: zero), followV: none, followW: none,
      inverseW: zero, meanA: zero, pivot: zero)
  }

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      curvature: curvature.chosen(by: mask, otherwise: other.curvature),
      followV: followV.chosen(by: mask, otherwise: other.followV),
      followW: followW.chosen(by: mask, otherwise: other.followW),
      inverseW: mask.choose(inverseW, other.inverseW), meanA: mask.choose(meanA, other.meanA),
      pivot: mask.choose(pivot, other.pivot))
  }

  /// Whether the samples determine all four parameters.
  @inline(__always)
  var isDetermined: Mask<L> { pivot .> L(repeating: 1e-5) }

  /// The standard error of each parameter as the host has it.
  ///
  /// - Parameter variance: of an error of weight 1.
  @inline(__always)
  func standardErrors(
    at point: CurvePoint<L>, variance: L, _ scale: UnsafePointer<CurveScale<L>>
  ) -> CurveParameters<L> {
    let one = L(repeating: 1)
    let determinant = (curvature.zz * curvature.xx)
      .subtracting(curvature.zx, times: curvature.zx)
    let inverse = CurveCurvature(
      zz: curvature.xx / determinant, zx: -(curvature.zx / determinant),
      xx: curvature.zz / determinant)
    let unit = one / (point.w2 * point.w2)
    // θ⁽¹⁾ = w₁ / h and b⁽¹⁾ = b₁ − w₁ m / h, with x's middle m and half range h.
    let weight1 = inverse.xx * unit
    let shift = CurveFollow(z: one, x: -(scale.pointee.middleX * scale.pointee.inverseX))
    let bias1 = inverse.variance(of: shift) * unit
    // θ⁽²⁾ = w₂ r and b⁽²⁾ = … + (v − c w₂) r, with y's range r.
    let weight2 = inverseW + inverse.variance(of: followW)
    let mean = meanA + point.c
    let level = CurveFollow(
      z: followV.z.subtracting(mean, times: followW.z),
      x: followV.x.subtracting(mean, times: followW.x))
    let bias2 =
      scale.pointee.inverseWeight.adding(mean * mean, times: inverseW)
      + inverse.variance(of: level)
    // The units come last: squares of theirs might leave the range of a float.
    return CurveParameters(
      weight1: (variance * weight1).squareRoot * scale.pointee.inverseX,
      weight2: (variance * weight2).squareRoot * scale.pointee.rangeY,
      bias1: (variance * bias1).squareRoot,
      bias2: (variance * bias2).squareRoot * scale.pointee.rangeY)
  }
}

extension CurveCurvature {
  /// Of a sum of b₁ and w₁ with these factors, if this is their covariance.
  @inline(__always)
  func variance(of factors: CurveFollow<L>) -> L {
    let z = (zz * factors.z).adding(zx, times: factors.x)
    let x = (zx * factors.z).adding(xx, times: factors.x)
    return (z * factors.z).adding(x, times: factors.x)
  }
}
