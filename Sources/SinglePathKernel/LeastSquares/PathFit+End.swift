import SinglePathShims

// What a fit of any path does after its last pass.
extension PathFit {
  /// Writes what became of a vector to the host, and returns for how many paths it was not finite.
  @inline(never)
  func finish() -> Int {
    let (best, state, scale) = (workspace.best, workspace.state, workspace.scale)
    let canBeFitted = state.pointee.canBeFitted
    let isDetermined = determine()
    let fitted = canBeFitted.choose(
      isDetermined.choose(
        best.pointee.verdict, L(repeating: Float(SP_VERDICT_UNDETERMINED))),
      best.pointee.verdict)
    let isFlat =
      cost.dependsOnErrorOnly ? canBeFitted .& scale.pointee.isFlat : Mask(false)
    let check = writeParameters()
    let isChanged = canBeFitted .& (check .== L(repeating: 0))
    let verdict = (canBeFitted .& .!isChanged).choose(
      L(repeating: Float(SP_VERDICT_DIVERGED)),
      isFlat.choose(L(repeating: Float(SP_VERDICT_FLAT)), fitted))
    if let host = call.pointee.verdicts {
      verdict.storeBytes(block.output(host, scratch: workspace.common.verdicts))
      block.finish(host, scratch: workspace.common.verdicts)
    }
    if call.pointee.outputs != nil { writeRows(isChanged, isChanged .& .!isFlat) }
    return canBeFitted.choose(check, L(repeating: 0)).notFiniteCount
  }

  /// Makes the normal equations of the best attempt, and of them the standard errors, in the place of the trial.
  ///
  /// - Returns: where the samples determine the parameters: no column of the Jacobian follows from the others,
  ///   the output is not saturated, and the curve has a slope and a height.
  @inline(__always)
  func determine() -> Mask<L> {
    let (sums, factors) = (workspace.sums, workspace.normal)
    for p in 0..<2 &* depth { workspace.trial[p] = workspace.bestParameters[p] }
    for l in 0..<depth { workspace.trialCentres[l] = workspace.bestCentres[l] }
    sum()
    workspace.best.pointee.cost = sums.cost.pointee
    let zero = L(repeating: 0)
    let pivot = factorise(sums, into: factors, damping: zero)
    var isDetermined = pivot .> L(repeating: 1e-5)
    for i in 0..<workspace.freeCount {
      let isOpen = isFree(Int(workspace.free[i])) .& .!(sums[i, i] .> zero)
      isDetermined = isDetermined .& .!isOpen
    }
    isDetermined =
      isDetermined
      .& (sums.curvature.pointee
        .> L(repeating: 1e-4 * steepest) * workspace.scale.pointee.weight)
    if cost.dependsOnErrorOnly { isDetermined = isDetermined .& isResolved(sums) }
    let variance = noiseVariance(workspace.best.pointee.cost)
    for p in 0..<2 &* depth {
      let error = (variance * inverse(p, factors)).squareRoot
      workspace.trial[p] = (isFree(p) .& isDetermined).choose(error, L(repeating: .nan))
    }
    guard depth > 1 else { return isDetermined }
    return isDetermined .& isKnown(0, within: 2) .& isKnown(depth &- 1, within: 1)
  }

  /// The most that the curvature of a sample's cost can be.
  @inline(__always)
  var steepest: Float {
    output != .sigmoid ? 1 : cost.dependsOnErrorOnly ? 1.0 / 16 : 1.0 / 4
  }

  /// As of `CurveScale`, by the response to b⁽¹⁾ or θ⁽¹⁾, whichever is free; x is in ±1.
  @inline(__always)
  func isResolved(_ sums: PathNormal<L>) -> Mask<L> {
    let (bias, weight) = (number(depth), number(0))
    let response = (bias.map { sums[$0, $0] } ?? L(repeating: 0))
      .atLeast(weight.map { sums[$0, $0] } ?? L(repeating: 0))
    return workspace.scale.pointee.isResolved(response: response) .| .!(isFree(0) .| isFree(depth))
  }

  /// Whether a weight is not lost in its error.
  @inline(__always)
  func isKnown(_ p: Int, within bound: Float) -> Mask<L> {
    let error = workspace.trial[p]
    let size = workspace.bestParameters[p].withoutSign
    return .!isFree(p) .| (error .<= L(repeating: bound) * size)
  }

  /// The variance of a parameter for errors of variance 1, in the units of the host's but for those of x and y.
  @inline(__always)
  func inverse(_ p: Int, _ factors: PathNormal<L>) -> L {
    guard let number = number(p) else { return L(repeating: 0) }
    for i in 0..<workspace.freeCount { factors.gradient[i] = L(repeating: 0) }
    factors.gradient[number] = L(repeating: 1)
    if p >= depth, let weight = self.number(p &- depth) {
      // b⁽ˡ⁾ of the host is that of centred columns less the centre times θ⁽ˡ⁾, and of centred x less as much.
      var shift = workspace.bestCentres[p &- depth]
      if p == depth {
        let scale = workspace.scale
        shift = shift.adding(scale.pointee.middleX, times: scale.pointee.inverseX)
      }
      factors.gradient[weight] = -shift
    }
    return forwardSubstitute(factors)
  }

  /// The parameters as the host has them, written where they are fitted and finite and not frozen.
  ///
  /// - Returns: 0 where they are finite.
  @inline(__always)
  func writeParameters() -> L {
    let (scale, fitted, end) = (workspace.scale, workspace.bestParameters, 2 &* depth &- 1)
    let planes = block.parameters(
      of: call, count: parameterCount, scratch: workspace.hostPlanes)
    fitted[end] = scale.pointee.middleY.adding(fitted[end], times: scale.pointee.rangeY)
    fitted[depth &- 1] = fitted[depth &- 1] * scale.pointee.rangeY
    fitted[0] = fitted[0] * scale.pointee.inverseX
    fitted[0] = isFree(0).choose(fitted[0], planes[0].load(0))
    fitted[depth] = fitted[depth].subtracting(fitted[0], times: scale.pointee.middleX)
    var check = L(repeating: 0)
    for p in 0..<parameterCount { check = check.accumulatingNonFinite(fitted[p]) }
    let isWritten = workspace.state.pointee.canBeFitted .& (check .== L(repeating: 0))
    for p in 0..<parameterCount {
      let old: L = planes[p].load(0)
      planes[p].store((isWritten .& isFree(p)).choose(fitted[p], old), 0)
    }
    block.finishParameters(of: call, workspace.hostPlanes, count: parameterCount)
    return check
  }

  @inline(__always)
  func writeRows(_ isChanged: Mask<L>, _ hasErrors: Mask<L>) {
    let (best, scale) = (workspace.best, workspace.scale)
    let nan = L(repeating: .nan)
    let square = scale.pointee.rangeY * scale.pointee.rangeY
    writeRow(SP_FITTED_COST, isChanged.choose(best.pointee.cost * square, nan))
    writeRow(SP_FITTED_TOTAL, scale.pointee.totalY * square)
    writeRow(SP_FITTED_SAMPLES, scale.pointee.samples)
    writeRow(SP_FITTED_PASSES, best.pointee.passes)
    if call.pointee.wants_errors == 0 { return }
    for p in 0..<parameterCount {
      var error = workspace.trial[p]
      if p == 0 { error = error * scale.pointee.inverseX }
      if p == depth &- 1 || p == 2 &* depth &- 1 { error = error * scale.pointee.rangeY }
      writeRow(SP_FITTED_ROWS &+ p, hasErrors.choose(error, nan))
    }
  }

  @inline(__always)
  func writeRow(_ row: Int, _ value: L) {
    guard let host = call.pointee.outputs.map({ $0 + row &* call.pointee.output_stride }) else {
      return
    }
    value.canonicalizingNaN.store(block.output(host, scratch: workspace.common.outputs))
    block.finish(host, scratch: workspace.common.outputs)
  }
}
