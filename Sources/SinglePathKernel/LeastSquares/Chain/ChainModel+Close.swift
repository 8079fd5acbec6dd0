import SinglePathShims

/// (F9) for a chain. The errors lie in the trial, in the units of the standardised samples.
struct ChainClosing<L: Lanes>: FitClosing {
  let cost: L
  let isDetermined: Mask<L>
}

extension ChainModel {
  /// Sums the normal equations at the parameters kept, and stores the standard errors in the trial, which is free
  /// by now.
  @inline(never)
  func close(where lanes: Mask<L>) -> ChainClosing<L> {
    let (factors, cost) = (normal, self.cost)
    memory.pointee.kept = memory.pointee.trial
    sumTrial()
    let total = sums.cost.pointee + sums.cost.pointee
    let pivot = factors.factorise(sums, damping: L(repeating: 0), scale: dampingScale)
    var hasErrors = pivot .> L(repeating: FitThreshold.leastPivot)
    for i in 0..<freeCount {
      let isOpen = isFree(Int(free[i])) .& .!(sums[i, i] .> L(repeating: 0))
      hasErrors = hasErrors .& .!isOpen
    }
    hasErrors =
      hasErrors
      .& (sums.curvature.pointee
        .> L(repeating: FitThreshold.leastCurvature * greatestCurvature) * scale.pointee.weight)
    if cost.dependsOnErrorOnly { hasErrors = hasErrors .& isResolved }
    let variance = noise(total) / scale.pointee.degreesOfFreedom
    for p in 0..<2 &* depth {
      let error = (variance * self.variance(of: p, factors)).squareRoot
      trial[p] = (isFree(p) .& hasErrors).choose(error, L(repeating: .nan))
    }
    guard depth > 1 else { return ChainClosing(cost: total, isDetermined: hasErrors) }
    return ChainClosing(
      cost: total,
      isDetermined: hasErrors .& isSignificant(0, within: FitThreshold.slopeError)
        .& isSignificant(lastWeight, within: FitThreshold.heightError))
  }

  /// The most that the curvature of a sample's cost can be.
  @inline(__always)
  var greatestCurvature: Float {
    output != .sigmoid ? 1 : cost.dependsOnErrorOnly ? 1.0 / 16 : 1.0 / 4
  }

  /// By the response to b⁽¹⁾ or θ⁽¹⁾, whichever is free; x is in ±1.
  @inline(__always)
  var isResolved: Mask<L> {
    let (bias, weight) = (place(firstBias), place(0))
    let response = (bias.map { sums[$0, $0] } ?? L(repeating: 0))
      .atLeast(weight.map { sums[$0, $0] } ?? L(repeating: 0))
    return scale.pointee.isResolved(response: response) .| .!(isFree(0) .| isFree(firstBias))
  }

  /// Whether a weight is larger than its error.
  @inline(__always)
  func isSignificant(_ p: Int, within bound: Float) -> Mask<L> {
    .!isFree(p) .| (trial[p] .<= L(repeating: bound) * kept[p].withoutSign)
  }

  /// The variance of a parameter for errors of variance 1, in the units of the host's but for those of x and y.
  @inline(__always)
  func variance(of p: Int, _ factors: NormalEquations<L>) -> L {
    guard let own = place(p) else { return L(repeating: 0) }
    for i in 0..<freeCount { factors.gradient[i] = L(repeating: 0) }
    factors.gradient[own] = L(repeating: 1)
    if p >= depth, let weight = place(p &- depth) {
      // b⁽ˡ⁾ of the host is that of centred columns less the centre times θ⁽ˡ⁾, and of centred x less as much.
      var shift = keptCentres[p &- depth]
      if p == firstBias {
        shift = shift.adding(scale.pointee.middleX, times: scale.pointee.inverseX)
      }
      factors.gradient[weight] = -shift
    }
    return factors.forwardSubstitute()
  }

  /// Converts the errors to the host's units.
  @inline(__always)
  func storeErrors(_: ChainClosing<L>, where mask: Mask<L>) {
    for p in 0..<parameterCount {
      var error = trial[p]
      if p == 0 { error = error * scale.pointee.inverseX }
      if p == lastWeight || p == lastBias { error = error * scale.pointee.rangeY }
      workspace.errors[p] = mask.choose(error, workspace.errors[p])
    }
  }
}
