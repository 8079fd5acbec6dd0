import SinglePathShims

// What a fit does after its last pass.
extension CurveFit {
  /// Takes the measure of an attempt's curve as it is returned, no algebra between, and keeps the better
  /// attempt.
  @inline(never)
  func close(_ samples: FitSamples<Code, L>, _ attempt: Int) {
    let (state, best, trial) = (workspace.state, workspace.best, workspace.trial)
    let passes = trial.pointee.passes
    let tried = passes .> L(repeating: 0)
    let point = state.pointee.kept.rising
    trial.pointee = CurveTrial(point: point, active: tried, passes: L(repeating: 0))
    sum(samples)
    let sums = workspace.sums.pointee
    let outcome = CurveStep<L>.Outcome(
      sums, at: point, passes: L(repeating: 0), workspace.scale.pointee.inverseWeight,
      newton: false)
    let isBetter = tried .& ((sums.rr .< best.pointee.cost) .| Mask(attempt == 0))
    let normal = outcome.normal(sums)
    let errors = standardErrors(normal, at: point, cost: sums.rr)
    let response = point.w2 * point.w2 * sums.ss
    let isDetermined =
      normal.isDetermined .& errors.determine(workspace.scale.pointee.parameters(of: point))
      .& workspace.scale.pointee.isResolved(response: response)
    let verdict = isDetermined.choose(
      state.pointee.verdict, L(repeating: Float(SP_VERDICT_UNDETERMINED)))
    best.pointee.point = point.chosen(by: isBetter, otherwise: best.pointee.point)
    best.pointee.cost = isBetter.choose(sums.rr, best.pointee.cost)
    best.pointee.verdict = isBetter.choose(verdict, best.pointee.verdict)
    best.pointee.normal = normal.chosen(by: isBetter, otherwise: best.pointee.normal)
    best.pointee.passes = best.pointee.passes + passes
  }

  /// Writes what became of a group to the host, and returns for how many paths it was not finite.
  @inline(never)
  func write(_ block: Block<L>) -> Int {
    let (best, scale) = (workspace.best, workspace.scale)
    let fitted = scale.pointee.parameters(of: best.pointee.point)
    let check = L(repeating: 0).accumulatingNonFinite(fitted.weight1).accumulatingNonFinite(
      fitted.weight2
    )
    .accumulatingNonFinite(fitted.bias1).accumulatingNonFinite(fitted.bias2)
    let finite = check .== L(repeating: 0)
    let isChanged = finite .& scale.pointee.canBeChanged
    write(fitted, where: isChanged, block)
    let verdict = (scale.pointee.canBeChanged .& .!finite).choose(
      L(repeating: Float(SP_VERDICT_DIVERGED)), best.pointee.verdict)
    if let host = call.pointee.verdicts {
      verdict.storeBytes(block.output(host, scratch: workspace.verdicts))
      block.finish(host, scratch: workspace.verdicts)
    }
    if call.pointee.outputs != nil { writeRows(isChanged, block) }
    return scale.pointee.canBeChanged.choose(check, L(repeating: 0)).notFiniteCount
  }

  /// The parameters where they have changed; elsewhere the host's keep their bits.
  @inline(__always)
  func write(_ fitted: CurveParameters<L>, where isChanged: Mask<L>, _ block: Block<L>) {
    let planes = block.parameters(of: call, count: 4, scratch: workspace.hostPlanes)
    planes[0].store(isChanged.choose(fitted.weight1, planes[0].load(0)), 0)
    planes[1].store(isChanged.choose(fitted.weight2, planes[1].load(0)), 0)
    planes[2].store(isChanged.choose(fitted.bias1, planes[2].load(0)), 0)
    planes[3].store(isChanged.choose(fitted.bias2, planes[3].load(0)), 0)
    block.finishParameters(of: call, workspace.hostPlanes, count: 4)
  }

  @inline(__always)
  func writeRows(_ isChanged: Mask<L>, _ block: Block<L>) {
    let (best, scale) = (workspace.best, workspace.scale)
    let nan = L(repeating: .nan)
    let square = scale.pointee.rangeY * scale.pointee.rangeY
    let half = L(repeating: 0.5) * best.pointee.cost
    writeRow(SP_FITTED_COST, isChanged.choose(half * square, nan), block)
    writeRow(SP_FITTED_TOTAL, scale.pointee.totalY * square, block)
    writeRow(SP_FITTED_SAMPLES, scale.pointee.samples, block)
    writeRow(SP_FITTED_PASSES, best.pointee.passes, block)
    if call.pointee.wants_errors != 0 { writeErrors(isChanged, block) }
  }

  @inline(__always)
  func standardErrors(
    _ normal: CurveNormal<L>, at point: CurvePoint<L>, cost: L
  ) -> CurveParameters<L> {
    // An exact curve still has the errors of rounding.
    let squares = cost.atLeast(workspace.scale.pointee.floor)
    return normal.standardErrors(
      at: point, variance: squares / workspace.scale.pointee.freedom, workspace.scale)
  }

  @inline(__always)
  func writeErrors(_ isChanged: Mask<L>, _ block: Block<L>) {
    let best = workspace.best
    let errors = standardErrors(
      best.pointee.normal, at: best.pointee.point, cost: best.pointee.cost)
    let isKnown = isChanged .& best.pointee.normal.isDetermined
    let nan = L(repeating: .nan)
    writeRow(SP_FITTED_ROWS, isKnown.choose(errors.weight1, nan), block)
    writeRow(SP_FITTED_ROWS + 1, isKnown.choose(errors.weight2, nan), block)
    writeRow(SP_FITTED_ROWS + 2, isKnown.choose(errors.bias1, nan), block)
    writeRow(SP_FITTED_ROWS + 3, isKnown.choose(errors.bias2, nan), block)
  }

  @inline(__always)
  func writeRow(_ row: Int, _ value: L, _ block: Block<L>) {
    guard let host = call.pointee.outputs.map({ $0 + row &* call.pointee.output_stride }) else {
      return
    }
    value.canonicalizingNaN.store(block.output(host, scratch: workspace.outputs))
    block.finish(host, scratch: workspace.outputs)
  }
}
