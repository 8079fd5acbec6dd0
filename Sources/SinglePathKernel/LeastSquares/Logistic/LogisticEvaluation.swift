/// What a step needs of the curve kept.
struct LogisticLinearization<L: Lanes>: BitwiseCopyable {
  /// The curvature of F / 2 in b₁ and w₁, v and w₂ eliminated, and its negative gradient, both for columns
  /// without their factor w₂.
  var curvature = UnitMatrix(zz: L(repeating: 1), zx: L(repeating: 0), xx: L(repeating: 1))
  var gradient = UnitPair(z: L(repeating: 0), x: L(repeating: 0))
  /// The linear response of v and w₂ to a step in b₁ and w₁.
  var responseV = UnitPair(z: L(repeating: 0), x: L(repeating: 0))
  var responseW = UnitPair(z: L(repeating: 0), x: L(repeating: 0))

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      curvature: curvature.chosen(by: mask, otherwise: other.curvature),
      gradient: gradient.chosen(by: mask, otherwise: other.gradient),
      responseV: responseV.chosen(by: mask, otherwise: other.responseV),
      responseW: responseW.chosen(by: mask, otherwise: other.responseW))
  }
}

/// (F3) for a logistic curve: the trial with v and w₂ set to their best.
struct LogisticEvaluation<L: Lanes>: FitEvaluation {
  let curve: LogisticCurve<L>
  let cost: L
  let residual: L
  let isSound: Mask<L>
  let linearization: LogisticLinearization<L>
  /// The variance of w₂ with b₁ and w₁ known, and the mean of a − c.
  let inverseW: L
  let meanA: L

  /// The least variation of a, as a share of Σ (a − c)², with which w₂ is apart from v.
  @inline(__always)
  static var leastVariation: Float { 1e-4 }

  /// - Parameter newton: lanes that use second derivatives; nil if there is none.
  @inline(__always)
  init(
    _ sums: LogisticSums<L>, at trial: LogisticCurve<L>, _ inverseWeight: L, newton: Mask<L>?
  ) {
    // Rows of v and w₂: h₁₁ = Σ (a − c)² less what v explains.
    let meanA = sums.a * inverseWeight
    let varied = sums.aa.subtracting(meanA, times: sums.a)
    isSound = varied .> sums.aa * L(repeating: Self.leastVariation)
    let inverseW = isSound.keep(L(repeating: 1) / varied)
    let ra = sums.ra.subtracting(meanA, times: sums.r)
    let stepW = ra * inverseW
    let meanR = sums.r * inverseWeight
    let stepV = meanR.subtracting(meanA, times: stepW)
    residual = sums.rr
    cost = sums.rr.subtracting(meanR, times: sums.r).subtracting(ra, times: stepW)
    let w2 = trial.w2 + stepW
    // c moves to the mean of a, and v to the level of the curve there.
    curve = LogisticCurve(
      w1: trial.w1, b1: trial.b1, w2: w2, v: (trial.v + stepV).adding(w2, times: meanA),
      c: trial.c + meanA)
    self.inverseW = inverseW
    self.meanA = meanA
    // Rows of b₁ and w₁, v eliminated and then w₂.
    let means = UnitPair(z: sums.s * inverseWeight, x: sums.sx * inverseWeight)
    let crossZ = sums.sa.subtracting(sums.s, times: meanA)
    let crossX = sums.sxa.subtracting(sums.sx, times: meanA)
    let response = UnitPair(z: crossZ * inverseW, x: crossX * inverseW)
    let gradient = UnitPair(
      z: sums.rs.subtracting(means.z, times: sums.r).subtracting(response.z, times: ra),
      x: sums.rsx.subtracting(means.x, times: sums.r).subtracting(response.x, times: ra))
    let zz = sums.ss.subtracting(means.z, times: sums.s)
    let zx = sums.ssx.subtracting(means.x, times: sums.s)
    let xx = sums.ssxx.subtracting(means.x, times: sums.sx)
    let gaussNewton = LogisticLinearization(
      curvature: UnitMatrix(
        zz: zz.subtracting(response.z, times: crossZ),
        zx: zx.subtracting(response.x, times: crossZ),
        xx: xx.subtracting(response.x, times: crossX)),
      gradient: gradient, responseV: means, responseW: response)
    guard let newton else {
      linearization = gaussNewton
      return
    }
    // The same with the second derivatives of ŷ, where that leaves a positive definite matrix.
    let inverse = L(repeating: 1) / w2
    let newtonZ = crossZ.subtracting(gradient.z, times: inverse)
    let newtonX = crossX.subtracting(gradient.x, times: inverse)
    let newtonResponse = UnitPair(z: newtonZ * inverseW, x: newtonX * inverseW)
    let exact = UnitMatrix(
      zz: zz.subtracting(newtonResponse.z, times: newtonZ).subtracting(sums.k, times: inverse),
      zx: zx.subtracting(newtonResponse.x, times: newtonZ).subtracting(sums.kx, times: inverse),
      xx: xx.subtracting(newtonResponse.x, times: newtonX).subtracting(sums.kxx, times: inverse))
    let isDefinite =
      (exact.zz .> L(repeating: 0)) .& (exact.zz * exact.xx .> exact.zx * exact.zx) .& newton
    linearization = LogisticLinearization(
      curvature: exact.chosen(by: isDefinite, otherwise: gaussNewton.curvature),
      gradient: gradient, responseV: means,
      responseW: newtonResponse.chosen(by: isDefinite, otherwise: response))
  }
}

/// (F4) for a logistic curve.
struct LogisticStep<L: Lanes>: FitStep {
  let gain: L
  let predicted: L
  let tolerance: L
  let noise: L
  let isSafe: Mask<L>
  let isAsLong: Mask<L>
  /// The step of b₁ and w₁, and how much v and w₂ fall with it.
  let unit: UnitPair<L>
  let fallV: L
  let fallW2: L
}

/// (F9) for a logistic curve: its cost, and its standard errors by the normal equations.
struct LogisticClosing<L: Lanes>: FitClosing {
  let cost: L
  /// True where no column of the Jacobian follows from the others, a sample lies on the slope, and the errors
  /// leave something to be said of the curve: that its slope is not free between two inputs, where its error
  /// exceeds it by far, and that it has a height.
  let isDetermined: Mask<L>
  /// True where the samples determine all four parameters.
  let hasErrors: Mask<L>
  let errors: LogisticParameters<L>

  @inline(__always)
  init(_ sums: LogisticSums<L>, at curve: LogisticCurve<L>, _ scale: SampleStandardization<L>) {
    let one = L(repeating: 1)
    let evaluation = LogisticEvaluation(sums, at: curve, scale.inverseWeight, newton: nil)
    let (inverseW, linearization) = (evaluation.inverseW, evaluation.linearization)
    let curvature = linearization.curvature
    cost = sums.rr

    // The smallest pivot of the normal equations whose columns have a length of 1.
    let varied = sums.aa.subtracting(evaluation.meanA, times: sums.a)
    let lower = curvature.zx / curvature.zz
    let last = curvature.xx.subtracting(lower, times: curvature.zx)
    let pivots = (varied / sums.aa, curvature.zz / sums.ss, last / sums.ssxx)
    let isNumber = pivots.0 + pivots.1 + pivots.2 .> L(repeating: 0)
    let pivot = isNumber.keep(pivots.0.atMost(pivots.1.atMost(pivots.2)))
    hasErrors = pivot .> L(repeating: FitThreshold.leastPivot)

    // An exact curve still has the errors of rounding.
    let variance = sums.rr.atLeast(scale.roundingCost) / scale.degreesOfFreedom
    let determinant = (curvature.zz * curvature.xx)
      .subtracting(curvature.zx, times: curvature.zx)
    let inverse = UnitMatrix(
      zz: curvature.xx / determinant, zx: -(curvature.zx / determinant),
      xx: curvature.zz / determinant)
    let unit = one / (curve.w2 * curve.w2)
    // θ⁽¹⁾ = w₁ / h and b⁽¹⁾ = b₁ − w₁ m / h, with x's middle m and half range h.
    let weight1 = inverse.xx * unit
    let shift = UnitPair(z: one, x: -(scale.middleX * scale.inverseX))
    let bias1 = inverse.variance(of: shift) * unit
    // θ⁽²⁾ = w₂ r and b⁽²⁾ = … + (v − c w₂) r, with y's range r.
    let (responseV, responseW) = (linearization.responseV, linearization.responseW)
    let weight2 = inverseW + inverse.variance(of: responseW)
    let mean = evaluation.meanA + curve.c
    let level = UnitPair(
      z: responseV.z.subtracting(mean, times: responseW.z),
      x: responseV.x.subtracting(mean, times: responseW.x))
    let bias2 =
      scale.inverseWeight.adding(mean * mean, times: inverseW) + inverse.variance(of: level)
    // The units come last: squares of theirs might leave the range of a float.
    errors = LogisticParameters(
      weight1: (variance * weight1).squareRoot * scale.inverseX,
      weight2: (variance * weight2).squareRoot * scale.rangeY,
      bias1: (variance * bias1).squareRoot,
      bias2: (variance * bias2).squareRoot * scale.rangeY)

    let host = scale.parameters(of: curve)
    isDetermined =
      hasErrors .& scale.isResolved(response: curve.w2 * curve.w2 * sums.ss)
      .& (errors.weight1 .<= L(repeating: FitThreshold.slopeError) * host.weight1.withoutSign)
      .& (errors.weight2 .<= L(repeating: FitThreshold.heightError) * host.weight2.withoutSign)
  }
}
