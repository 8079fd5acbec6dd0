import SinglePathShims

/// (F3) for a chain. Its parameters and sums lie in the scratch memory.
struct ChainEvaluation<L: Lanes>: FitEvaluation {
  let cost: L
  let residual: L
  let isSound: Mask<L>
}

/// (F4) for a chain. The step lies in the scratch memory.
struct ChainStep<L: Lanes>: FitStep {
  let gain: L
  let predicted: L
  let tolerance: L
  let noise: L
  var isSafe: Mask<L> { Mask(true) }
  var isAsLong: Mask<L> { Mask(false) }
}

extension ChainModel {
  @inline(__always)
  func evaluateTrial() -> ChainEvaluation<L> {
    let residual = sums.cost.pointee + sums.cost.pointee
    let isSound = isProjected ? project() : Mask(true)
    return ChainEvaluation(
      cost: sums.cost.pointee + sums.cost.pointee, residual: residual, isSound: isSound)
  }

  /// The least share of θ⁽ᴸ⁾'s diagonal entry that b⁽ᴸ⁾ leaves, with which the two are apart.
  @inline(__always)
  static var leastVariation: Float { 1e-4 }

  /// Sets θ⁽ᴸ⁾ and b⁽ᴸ⁾ of the trial to their best, and the sums to what they are there: the error changes by the
  /// columns of both, and the other columns have θ⁽ᴸ⁾ as a factor.
  ///
  /// - Returns: where both are determined.
  @inline(__always)
  func project() -> Mask<L> {
    let (sums, zero) = (self.sums, L(repeating: 0))
    let weight = place(lastWeight)
    let bias = place(lastBias)
    let hww = weight.map { sums[$0, $0] } ?? zero
    let hbb = bias.map { sums[$0, $0] } ?? zero
    let hwb = weight.flatMap { w in bias.map { sums[$0, w] } } ?? zero
    let gw = weight.map { sums.gradient[$0] } ?? zero
    let gb = bias.map { sums.gradient[$0] } ?? zero
    // By elimination of b⁽ᴸ⁾; what is frozen has zeros in its place.
    let inverseB = (hbb .> zero).keep(L(repeating: 1) / hbb)
    let lower = hwb * inverseB
    let pivot = hww.subtracting(lower, times: hwb)
    let isVaried = pivot .> L(repeating: Self.leastVariation) * hww
    let inverseW = isVaried.keep(L(repeating: 1) / pivot)
    let rest = gw.subtracting(lower, times: gb)
    let stepW = -(rest * inverseW)
    let stepB = (-(gb * inverseB)).subtracting(lower, times: stepW)
    sums.cost.pointee = sums.cost.pointee.adding(
      L(repeating: 0.5), times: (rest * stepW).subtracting(gb * inverseB, times: gb))
    let old = trial[lastWeight]
    let new = old + stepW
    trial[lastWeight] = new
    trial[lastBias] =
      trial[lastBias] + stepB.subtracting(trialCentres[lastWeight], times: stepW)
    let factor = (old .== zero).choose(L(repeating: 1), new / old)
    rescale(factor, weight, bias, stepW, stepB)
    return isVaried .| (hww .== zero)
  }

  /// The rows of the other parameters after the output's.
  @inline(__always)
  func rescale(_ factor: L, _ weight: Int?, _ bias: Int?, _ stepW: L, _ stepB: L) {
    let sums = self.sums
    @inline(__always)
    func isLinear(_ i: Int) -> Bool { i == weight || i == bias }
    for i in 0..<freeCount {
      if isLinear(i) {
        sums.gradient[i] = L(repeating: 0)
      } else {
        var g = sums.gradient[i]
        if let weight { g = g.adding(sums.entry(i, weight), times: stepW) }
        if let bias { g = g.adding(sums.entry(i, bias), times: stepB) }
        sums.gradient[i] = factor * g
      }
    }
    for i in 0..<freeCount {
      for k in 0...i {
        if !isLinear(i) { sums[i, k] = factor * sums[i, k] }
        if !isLinear(k) { sums[i, k] = factor * sums[i, k] }
      }
    }
  }

  /// D is the diagonal of H, and at least a share of what it was.
  @inline(__always)
  func keep(_ trial: ChainEvaluation<L>, where accepted: Mask<L>, isFirst: Bool) {
    normal.take(sums, where: accepted)
    copy(self.trial, to: kept, where: accepted)
    for i in 0..<freeCount {
      let p = Int(free[i])
      let isLinear = isProjected && (p == lastWeight || p == lastBias)
      let old = isFirst ? L(repeating: 0) : dampingScale[i]
      let new = normal[i, i].atLeast(L(repeating: Self.memoryOfDampingScale) * old)
      dampingScale[i] = isLinear ? L(repeating: 0) : accepted.choose(new, old)
    }
  }

  @inline(__always)
  func solve(damping: L) -> ChainStep<L> {
    let factors = sums
    _ = factors.factorise(normal, damping: damping, scale: dampingScale)
    for i in 0..<freeCount { factors.gradient[i] = normal.gradient[i] }
    let gain = factors.forwardSubstitute()
    factors.backSubstitute()
    var damped = L(repeating: 0)
    for i in 0..<freeCount {
      let step = factors.gradient[i]
      damped = damped.adding(dampingScale[i] * step, times: step)
    }
    return ChainStep(
      gain: gain, predicted: gain.adding(damping, times: damped),
      tolerance: L(repeating: tolerance), noise: noise(state.pointee.cost))
  }

  /// The sum of squares of which the noise is estimated; that of the cross-entropy has a variance of 1.
  @inline(__always)
  func noise(_ cost: L) -> L {
    self.cost.dependsOnErrorOnly
      ? cost.atLeast(scale.pointee.roundingCost) : scale.pointee.degreesOfFreedom
  }

  /// Sets the trial a step from the parameters kept, and its centres to where the columns of θ⁽ˡ⁾ and b⁽ˡ⁾ were
  /// orthogonal.
  @inline(__always)
  func proposeTrial(_: ChainStep<L>, multiplier: L, keepingUnseen _: Mask<L>?) {
    let (step, zero) = (sums.gradient, L(repeating: 0))
    for l in 0..<depth {
      let (weight, bias) = (place(l), place(depth &+ l))
      let stepW = weight.map { step[$0] } ?? zero
      trial[l] = kept[l] - stepW
      guard let bias else {
        trial[depth &+ l] = kept[depth &+ l]
        continue
      }
      let stepB = step[bias].subtracting(keptCentres[l], times: stepW)
      trial[depth &+ l] = kept[depth &+ l] - stepB
      guard let weight else { continue }
      let (own, common) = (normal[bias, bias], normal[bias, weight])
      trialCentres[l] = keptCentres[l] + (own .> zero).keep(common / own)
    }
  }
}
