import SinglePathShims

/// One step of a curve's fit, after a pass over its samples: Levenberg and Marquardt's on the two
/// parameters of the unit, v and w₂ being eliminated (Golub and Pereyra, "The differentiation of
/// pseudo-inverses and nonlinear least squares problems whose variables separate", SIAM J. Numer. Anal.
/// 10, 1973).
///
/// All lanes do the same; those that have ended are kept as they are by masks.
enum CurveStep<L: Lanes> {
  /// Passes of a lane before the second derivatives of ŷ join in: near the start they mislead, near the end
  /// they make convergence quadratic.
  @inline(__always)
  static var gaussNewtonPasses: Float { 3 }

  /// How many times as long as its step a leap is, and passes of a lane before the first. The optimum of a
  /// curve may be a step between two inputs, or a tail of the sigmoid, which is an exponential function:
  /// the cost then falls as e⁻ᵘ with u → ∞, of which each step of Newton's goes 1.
  @inline(__always)
  static var leap: Float { 32 }
  @inline(__always)
  static var passesBeforeLeap: Float { 5 }

  /// What the sums say of the trial, v and w₂ being set to their best.
  struct Outcome {
    let point: CurvePoint<L>
    let cost: L
    /// Whether v and w₂ are determined.
    let isSound: Mask<L>
    let curvature: CurveCurvature<L>
    let gradient: CurveFollow<L>
    let followV: CurveFollow<L>
    let followW: CurveFollow<L>
    let inverseW: L
    let meanA: L

    @inline(__always)
    init(_ sums: CurveSums<L>, at trial: CurvePoint<L>, passes: L, _ inverseWeight: L, newton: Bool)
    {
      // Rows of v and w₂: h₁₁ = Σ (a − c)² less what v explains.
      let meanA = sums.a * inverseWeight
      let varied = sums.aa.subtracting(meanA, times: sums.a)
      isSound = varied .> sums.aa * L(repeating: 1e-4)
      let inverseW = isSound.keep(L(repeating: 1) / varied)
      let ra = sums.ra.subtracting(meanA, times: sums.r)
      let stepW = ra * inverseW
      let meanR = sums.r * inverseWeight
      let stepV = meanR.subtracting(meanA, times: stepW)
      cost = sums.rr.subtracting(meanR, times: sums.r).subtracting(ra, times: stepW)
      let w2 = trial.w2 + stepW
      // c moves to the mean of a, and v to the level of the curve there.
      point = CurvePoint(
        w1: trial.w1, b1: trial.b1, w2: w2, v: (trial.v + stepV).adding(w2, times: meanA),
        c: trial.c + meanA)
      // Rows of b₁ and w₁, v eliminated and then w₂.
      let means = CurveFollow(z: sums.s * inverseWeight, x: sums.sx * inverseWeight)
      let crossZ = sums.sa.subtracting(sums.s, times: meanA)
      let crossX = sums.sxa.subtracting(sums.sx, times: meanA)
      let follow = CurveFollow(z: crossZ * inverseW, x: crossX * inverseW)
      let gradient = CurveFollow(
        z: sums.rs.subtracting(means.z, times: sums.r).subtracting(follow.z, times: ra),
        x: sums.rsx.subtracting(means.x, times: sums.r).subtracting(follow.x, times: ra))
      let zz = sums.ss.subtracting(means.z, times: sums.s)
      let zx = sums.ssx.subtracting(means.x, times: sums.s)
      let xx = sums.ssxx.subtracting(means.x, times: sums.sx)
      let curvature = CurveCurvature(
        zz: zz.subtracting(follow.z, times: crossZ), zx: zx.subtracting(follow.x, times: crossZ),
        xx: xx.subtracting(follow.x, times: crossX))
      followV = means
      self.gradient = gradient
      self.inverseW = inverseW
      self.meanA = meanA
      guard newton else {
        self.curvature = curvature
        followW = follow
        return
      }
      // The same with the second derivatives of ŷ, where that leaves a positive definite matrix.
      let inverse = L(repeating: 1) / w2
      let newtonZ = crossZ.subtracting(gradient.z, times: inverse)
      let newtonX = crossX.subtracting(gradient.x, times: inverse)
      let newtonFollow = CurveFollow(z: newtonZ * inverseW, x: newtonX * inverseW)
      let exact = CurveCurvature(
        zz: zz.subtracting(newtonFollow.z, times: newtonZ).subtracting(sums.k, times: inverse),
        zx: zx.subtracting(newtonFollow.x, times: newtonZ).subtracting(sums.kx, times: inverse),
        xx: xx.subtracting(newtonFollow.x, times: newtonX).subtracting(sums.kxx, times: inverse))
      let isDefinite =
        (exact.zz .> L(repeating: 0)) .& (exact.zz * exact.xx .> exact.zx * exact.zx)
        .& (passes .>= L(repeating: gaussNewtonPasses))
      self.curvature = exact.chosen(by: isDefinite, otherwise: curvature)
      followW = newtonFollow.chosen(by: isDefinite, otherwise: follow)
    }

    /// The normal equations, if the outcome is one without second derivatives.
    @inline(__always)
    func normal(_ sums: CurveSums<L>) -> CurveNormal<L> {
      let varied = sums.aa.subtracting(meanA, times: sums.a)
      let lower = curvature.zx / curvature.zz
      let last = curvature.xx.subtracting(lower, times: curvature.zx)
      let pivots = (varied / sums.aa, curvature.zz / sums.ss, last / sums.ssxx)
      // A pivot that is not a number is none.
      let pivot = pivots.0.atMost(pivots.1.atMost(pivots.2))
      return CurveNormal(
        curvature: curvature, followV: followV, followW: followW, inverseW: inverseW, meanA: meanA,
        pivot: (pivots.0 + pivots.1 + pivots.2 .> L(repeating: 0)).keep(pivot))
    }
  }

  /// Takes or refuses the trial, and damps accordingly (Nielsen, "Damping parameter in Marquardt's method", report IMM-REP-1999-05).
  @inline(__always)
  static func take(
    _ outcome: Outcome, residuals: L, into state: UnsafeMutablePointer<CurveState<L>>,
    _ trial: UnsafeMutablePointer<CurveTrial<L>>, first: Mask<L>,
    _ scale: UnsafePointer<CurveScale<L>>
  ) {
    let one = L(repeating: 1)
    let active = trial.pointee.active
    let cost = outcome.cost
    // A cost that is mostly cancellation is no cost.
    let isLower = (cost .< state.pointee.cost) .& (cost .> residuals * L(repeating: 1e-3)) .| first
    let accepted = active .& outcome.isSound .& isLower .& (cost .< L(repeating: 1e30))
    let rejected = active .& .!accepted
    let ratio = (state.pointee.cost - cost) / state.pointee.predicted
    let t = L(repeating: -1).adding(ratio, times: L(repeating: 2))
    let factor = one.subtracting(t * t, times: t).atLeast(0.1)
    let damping = state.pointee.damping
    let lowered = (damping * factor).atLeast(1e-7)
    let raised = (damping * state.pointee.growth).atMost(1e12)
    let begun = (L(repeating: 0.05) * cost / scale.pointee.totalY).atMost(0.1).atLeast(1e-4)
    let isRaised = rejected .& (state.pointee.reach .<= one)
    state.pointee.damping = accepted.choose(
      first.choose(begun, lowered), isRaised.choose(raised, damping))
    let growth = state.pointee.growth
    state.pointee.growth = accepted.choose(
      L(repeating: 2), rejected.choose((growth + growth).atMost(1e6), growth))
    let rejections = state.pointee.rejections
    state.pointee.rejections = accepted.choose(
      L(repeating: 0), rejected.choose(rejections + one, rejections))
    trial.pointee.passes = trial.pointee.passes + active.keep(one)
    state.pointee.cost = accepted.choose(cost, state.pointee.cost)
    state.pointee.kept = outcome.point.chosen(by: accepted, otherwise: state.pointee.kept)
    state.pointee.curvature = outcome.curvature.chosen(
      by: accepted, otherwise: state.pointee.curvature)
    state.pointee.gradientZ = accepted.choose(outcome.gradient.z, state.pointee.gradientZ)
    state.pointee.gradientX = accepted.choose(outcome.gradient.x, state.pointee.gradientX)
    state.pointee.followV = outcome.followV.chosen(by: accepted, otherwise: state.pointee.followV)
    state.pointee.followW = outcome.followW.chosen(by: accepted, otherwise: state.pointee.followW)
  }

  /// Solves for the next trial, and ends the lanes that need none.
  @inline(__always)
  static func advance(
    _ state: UnsafeMutablePointer<CurveState<L>>, _ trial: UnsafeMutablePointer<CurveTrial<L>>,
    _ scale: UnsafePointer<CurveScale<L>>, passLimit: Float
  ) {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    let kept = state.pointee.kept
    let (qz, qx) = (state.pointee.gradientZ, state.pointee.gradientX)
    let damping = state.pointee.damping
    // (S + λ D) p = q by L D Lᵀ.
    let dampedZ = damping * scale.pointee.metricZ
    let dampedX = damping * scale.pointee.metricX
    let inverseP = one / (state.pointee.curvature.zz + dampedZ)
    let lower = state.pointee.curvature.zx * inverseP
    let lastFull = state.pointee.curvature.xx + dampedX
    let last = lastFull.subtracting(lower, times: state.pointee.curvature.zx)
    let inverseLast = (last .> lastFull * L(repeating: 1e-7)).choose(one / last, zero)
    let y = qx.subtracting(lower, times: qz)
    let z = qz * inverseP
    let gain = (z * qz).adding(y * inverseLast, times: y)
    let stepX = y * inverseLast
    let stepZ = z.subtracting(lower, times: stepX)
    state.pointee.predicted = gain.adding(dampedZ * stepZ, times: stepZ)
      .adding(dampedX * stepX, times: stepX)
    let inverse = one / kept.w2
    let (moveW, moveB) = (stepX * inverse, stepZ * inverse)
    let fallW2 = (state.pointee.followW.x * stepX).adding(state.pointee.followW.z, times: stepZ)
    let fallV = (state.pointee.followV.x * stepX).adding(state.pointee.followV.z, times: stepZ)

    // Whether the curve bends little enough on the way, against the noise, to go there unseen.
    let cost = state.pointee.cost
    let move = moveW.withoutSign + moveB.withoutSign
    let bend = fallW2.withoutSign.adding(kept.w2.withoutSign, times: move) * move
    let isSafe = bend * bend * scale.pointee.weight .<= cost * L(repeating: 0.01)
    // Converged: the gain left is small against the noise, or against the cost.
    let rejections = state.pointee.rejections
    let noise =
      (rejections .> zero)
      .& ((gain .<= cost * L(repeating: 2e-6)) .| (gain * gain .<= cost * L(repeating: 1.6e-13)))
    let tiny = gain .<= cost * L(repeating: 3e-7)
    // In standard errors, squared. A step of Gauss and Newton's leaves up to a fifth of it.
    let distance = gain * scale.pointee.freedom
    let isNewton = trial.pointee.passes .> L(repeating: gaussNewtonPasses)
    let near = cost * isNewton.choose(L(repeating: 1e-4), L(repeating: 1e-5))
    let small = ((distance .<= near) .& isSafe) .| tiny .| noise
    let isFree = damping .<= L(repeating: 1e-4)
    let active = trial.pointee.active .& (cost .< L(repeating: 1e30))
    let converged =
      active .& small .& (isFree .| (rejections .>= L(repeating: 3)) .| tiny .| noise)
    let exact = active .& (cost .<= scale.pointee.floor)
    let stalled = trial.pointee.active .& (rejections .>= L(repeating: 12))
    let limited = trial.pointee.active .& (trial.pointee.passes .>= L(repeating: passLimit))
    // Steps that do not become shorter lead to an optimum at infinity, or far away.
    let (lastW, lastB) = (state.pointee.lastW, state.pointee.lastB)
    let isAsLong =
      (moveW * lastW).adding(moveB, times: lastB)
      .> L(repeating: 0.5) * (lastW * lastW).adding(lastB, times: lastB)
    let leaps =
      isAsLong .& .!converged .& (rejections .<= zero)
      .& (trial.pointee.passes .>= L(repeating: passesBeforeLeap))
    let reach = leaps.choose(L(repeating: leap), one)
    (state.pointee.lastW, state.pointee.lastB, state.pointee.reach) = (moveW, moveB, reach)
    let next = CurvePoint(
      w1: kept.w1.adding(reach, times: moveW), b1: kept.b1.adding(reach, times: moveB),
      w2: kept.w2.subtracting(reach, times: fallW2), v: kept.v.subtracting(reach, times: fallV),
      c: kept.c)
    state.pointee.kept = next.chosen(by: converged .& isSafe, otherwise: kept)
    trial.pointee.point = next
    let verdict = L(repeating: Float(SP_VERDICT_LIMIT))
    let ended = (converged .| exact).choose(
      L(repeating: Float(SP_VERDICT_CONVERGED)),
      stalled.choose(L(repeating: Float(SP_VERDICT_STALLED)), verdict))
    let hasEnded = converged .| exact .| stalled .| limited
    state.pointee.verdict = hasEnded.choose(ended, state.pointee.verdict)
    trial.pointee.active = trial.pointee.active .& .!hasEnded
  }
}
