import SinglePathShims

// One step of Levenberg and Marquardt's after each pass, on all free parameters. All lanes do the same; those
// that have ended are kept as they are by masks.
extension PathFit {
  @inline(never)
  func step(isFirst: Bool, passes: Float) {
    let residual = workspace.sums.cost.pointee
    let isSound = isProjected ? project() : Mask(true)
    take(isSound: isSound, residual: residual, isFirst: isFirst)
    advance(passes: passes)
  }

  /// Sets θ⁽ᴸ⁾ and b⁽ᴸ⁾ of the trial to their best, and the sums to what they are there: the error changes by the
  /// columns of both, and the other columns have θ⁽ᴸ⁾ as a factor.
  ///
  /// - Returns: where both are determined.
  @inline(__always)
  func project() -> Mask<L> {
    let (sums, zero) = (workspace.sums, L(repeating: 0))
    let weight = number(depth &- 1)
    let bias = number(2 &* depth &- 1)
    let hww = weight.map { sums[$0, $0] } ?? zero
    let hbb = bias.map { sums[$0, $0] } ?? zero
    let hwb = weight.flatMap { w in bias.map { sums[$0, w] } } ?? zero
    let gw = weight.map { sums.gradient[$0] } ?? zero
    let gb = bias.map { sums.gradient[$0] } ?? zero
    // By elimination of b⁽ᴸ⁾; what is frozen has zeros in its place.
    let inverseB = (hbb .> zero).keep(L(repeating: 1) / hbb)
    let lower = hwb * inverseB
    let pivot = hww.subtracting(lower, times: hwb)
    let isVaried = pivot .> L(repeating: 1e-4) * hww
    let inverseW = isVaried.keep(L(repeating: 1) / pivot)
    let rest = gw.subtracting(lower, times: gb)
    let stepW = -(rest * inverseW)
    let stepB = (-(gb * inverseB)).subtracting(lower, times: stepW)
    sums.cost.pointee = sums.cost.pointee.adding(
      L(repeating: 0.5), times: (rest * stepW).subtracting(gb * inverseB, times: gb))
    let old = workspace.trial[depth &- 1]
    let new = old + stepW
    workspace.trial[depth &- 1] = new
    let end = 2 &* depth &- 1
    workspace.trial[end] =
      workspace.trial[end] + stepB.subtracting(workspace.trialCentres[depth &- 1], times: stepW)
    let factor = (old .== zero).choose(L(repeating: 1), new / old)
    rescale(factor, weight, bias, stepW, stepB)
    return isVaried .| (hww .== zero)
  }

  /// The rows of the other parameters after the output's.
  @inline(__always)
  func rescale(_ factor: L, _ weight: Int?, _ bias: Int?, _ stepW: L, _ stepB: L) {
    let sums = workspace.sums
    func isLinear(_ i: Int) -> Bool { i == weight || i == bias }
    for i in 0..<workspace.freeCount {
      if isLinear(i) {
        sums.gradient[i] = L(repeating: 0)
      } else {
        var g = sums.gradient[i]
        if let weight { g = g.adding(sums.entry(i, weight), times: stepW) }
        if let bias { g = g.adding(sums.entry(i, bias), times: stepB) }
        sums.gradient[i] = factor * g
      }
    }
    for i in 0..<workspace.freeCount {
      for k in 0...i {
        if !isLinear(i) { sums[i, k] = factor * sums[i, k] }
        if !isLinear(k) { sums[i, k] = factor * sums[i, k] }
      }
    }
  }

  /// Takes or refuses the trial, and damps accordingly, as `CurveStep.take` does.
  @inline(__always)
  func take(isSound: Mask<L>, residual: L, isFirst: Bool) {
    let (state, sums, one) = (workspace.state, workspace.sums, L(repeating: 1))
    let first = Mask<L>(isFirst)
    let (old, cost) = (state.pointee.cost, sums.cost.pointee)
    let active = state.pointee.active
    // A cost that is mostly cancellation is no cost. The last trial may cost more by rounding.
    let isLower = (cost .< old) .& (cost .> residual * L(repeating: 1e-3))
    let isAsGood = state.pointee.isEnding .& (cost .<= old * L(repeating: 1 + 0x1p-17))
    let accepted =
      active .& isSound .& (isLower .| isAsGood .| first) .& (cost .< L(repeating: 1e30))
    let rejected = active .& .!accepted
    let ratio = (old - cost) / state.pointee.predicted
    let t = L(repeating: -1).adding(ratio, times: L(repeating: 2))
    let damping = state.pointee.damping
    let lowered = (damping * one.subtracting(t * t, times: t).atLeast(0.1)).atLeast(1e-7)
    let raised = (damping * state.pointee.growth).atMost(1e12)
    state.pointee.damping = accepted.choose(
      first.choose(L(repeating: Self.firstDamping), lowered), rejected.choose(raised, damping))
    let growth = state.pointee.growth
    state.pointee.growth = accepted.choose(
      L(repeating: 2), rejected.choose((growth + growth).atMost(1e6), growth))
    state.pointee.rejections = rejected.choose(
      state.pointee.rejections + one, accepted.choose(L(repeating: 0), state.pointee.rejections))
    state.pointee.passes = state.pointee.passes + active.keep(one)
    state.pointee.cost = accepted.choose(cost, old)
    workspace.normal.take(sums, where: accepted)
    for p in 0..<2 &* depth {
      workspace.kept[p] = accepted.choose(workspace.trial[p], workspace.kept[p])
    }
    for l in 0..<depth {
      workspace.centres[l] = accepted.choose(workspace.trialCentres[l], workspace.centres[l])
    }
    measure(where: accepted, isFirst: isFirst)
  }

  /// The metric: the diagonal of H, and a share of what it was, so that it does not fall at once.
  @inline(__always)
  func measure(where accepted: Mask<L>, isFirst: Bool) {
    for i in 0..<workspace.freeCount {
      let p = Int(workspace.free[i])
      let isLinear = isProjected && (p == depth &- 1 || p == 2 &* depth &- 1)
      let old = isFirst ? L(repeating: 0) : workspace.metric[i]
      let new = workspace.normal[i, i].atLeast(L(repeating: Self.memory) * old)
      workspace.metric[i] = isLinear ? L(repeating: 0) : accepted.choose(new, old)
    }
  }

  @inline(__always)
  static var firstDamping: Float { 1e-2 }
  @inline(__always)
  static var memory: Float { 0.9 }

  /// Solves for the next trial, and ends the lanes that need none.
  @inline(__always)
  func advance(passes: Float) {
    let (state, factors) = (workspace.state, workspace.sums)
    let damping = state.pointee.damping
    _ = factorise(workspace.normal, into: factors, damping: damping)
    for i in 0..<workspace.freeCount { factors.gradient[i] = workspace.normal.gradient[i] }
    let gain = forwardSubstitute(factors)
    factors.backSubstitute()
    var damped = L(repeating: 0)
    for i in 0..<workspace.freeCount {
      let step = factors.gradient[i]
      damped = damped.adding(workspace.metric[i] * step, times: step)
    }
    state.pointee.predicted = L(repeating: 0.5) * gain.adding(damping, times: damped)
    move(factors.gradient)
    end(gain, passes: passes)
  }

  /// As of `PathNormal`, and out of line: both are needed in two places.
  @inline(never)
  func factorise(_ system: PathNormal<L>, into factors: PathNormal<L>, damping: L) -> L {
    factors.factorise(system, damping: damping, metric: workspace.metric)
  }

  @inline(never)
  func forwardSubstitute(_ factors: PathNormal<L>) -> L { factors.forwardSubstitute() }

  /// Sets the trial a step from the parameters kept, and its centres to where the columns of θ⁽ˡ⁾ and b⁽ˡ⁾ were
  /// orthogonal.
  ///
  /// - Parameter step: what is to be subtracted.
  @inline(__always)
  func move(_ step: UnsafePointer<L>) {
    let (kept, trial, zero) = (workspace.kept, workspace.trial, L(repeating: 0))
    for l in 0..<depth {
      let (weight, bias) = (number(l), number(depth &+ l))
      let stepW = weight.map { step[$0] } ?? zero
      trial[l] = kept[l] - stepW
      guard let bias else {
        trial[depth &+ l] = kept[depth &+ l]
        continue
      }
      let stepB = step[bias].subtracting(workspace.centres[l], times: stepW)
      trial[depth &+ l] = kept[depth &+ l] - stepB
      guard let weight else { continue }
      let (own, common) = (workspace.normal[bias, bias], workspace.normal[bias, weight])
      workspace.trialCentres[l] =
        workspace.centres[l] + (own .> zero).keep(common / own)
    }
  }

  /// Ends lanes that have converged; that do not come further; or whose passes are used up.
  ///
  /// Where the steps are so small that rounding hides what they gain, there are undamped trials as long as each
  /// has far less to gain than the one before: the gradient still tells what the cost does not.
  @inline(__always)
  func end(_ gain: L, passes: Float) {
    let state = workspace.state
    let (cost, active) = (state.pointee.cost, state.pointee.active)
    let isFound = cost .< L(repeating: 1e30)
    let noise = noiseVariance(cost)
    let rejections = state.pointee.rejections
    let isSmall = gain .<= noise * L(repeating: depth > 2 ? 1e-3 : 1e-8)
    let isRounding =
      (rejections .> L(repeating: 0)) .& (gain .<= cost * L(repeating: 4e-6))
    let isFree =
      (state.pointee.damping .<= L(repeating: 1e-4)) .| (rejections .>= L(repeating: 3))
    let converged =
      active .& isFound .& ((isSmall .& isFree) .| isRounding .| state.pointee.isEnding)
    let exact = active .& (cost .<= L(repeating: 0.5) * workspace.scale.pointee.floor)
    let wasEnding = state.pointee.isEnding
    let isRefined = wasEnding .& (gain .< L(repeating: 0.25) * state.pointee.lastGain)
    let last = (wasEnding .& .!isRefined) .| exact
    let stalled = (rejections .>= L(repeating: 12)) .| .!isFound
    let limited = state.pointee.passes .>= L(repeating: passes)
    let hasEnded = active .& (last .| stalled .| limited)
    let verdict = last.choose(
      L(repeating: Float(SP_VERDICT_CONVERGED)),
      stalled.choose(
        L(repeating: Float(SP_VERDICT_STALLED)), L(repeating: Float(SP_VERDICT_LIMIT))))
    state.pointee.verdict = hasEnded.choose(verdict, state.pointee.verdict)
    state.pointee.active = active .& .!hasEnded
    state.pointee.isEnding = converged
    state.pointee.lastGain = gain
    state.pointee.damping = converged.choose(L(repeating: 1e-7), state.pointee.damping)
  }

  @inline(__always)
  var passLimit: Float { fitPassLimit(call) }

  /// The variance of an error of weight 1: estimated, or for the cross-entropy 1.
  @inline(__always)
  func noiseVariance(_ cost: L) -> L {
    if !self.cost.dependsOnErrorOnly { return L(repeating: 1) }
    return (cost + cost).atLeast(workspace.scale.pointee.floor) / workspace.scale.pointee.freedom
  }
}
