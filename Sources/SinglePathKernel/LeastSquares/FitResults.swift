import SinglePathShims

// What a fit writes to the host.
extension Fit {
  /// Parameters, verdicts and rows.
  ///
  /// - Returns: for how many paths the result was not finite.
  @inline(never)
  func writeResults(_ lanes: FitLanes<L>) -> Int {
    var check = L(repeating: 0)
    for p in 0..<model.parameterCount {
      check = check.accumulatingNonFinite(model.hostParameter(p))
    }
    let isFinite = check .== L(repeating: 0)
    let isChanged = lanes.changed .& isFinite
    writeParameters(where: isChanged)
    let ended = (lanes.changed .& lanes.flat).choose(
      L(repeating: Float(SP_VERDICT_FLAT)), best.pointee.verdict)
    let verdict = (lanes.changed .& .!isFinite).choose(
      L(repeating: Float(SP_VERDICT_DIVERGED)), ended)
    if let host = call.pointee.verdicts {
      let copy = address(of: &memory.pointee.tail.verdicts).elements(UInt8.self)
      verdict.storeBytes(block.output(host, scratch: copy))
      block.finish(host, scratch: copy)
    }
    if call.pointee.outputs != nil { writeRows(isChanged, isChanged .& .!lanes.flat) }
    return lanes.changed.choose(check, L(repeating: 0)).notFiniteCount
  }

  /// The parameters where they have changed; the others keep their bits.
  @inline(__always)
  func writeParameters(where isChanged: Mask<L>) {
    let copy = Planes(
      address(of: &memory.pointee.planes).floats, planeStride: L.width, step: 0)
    let planes = block.parameters(of: call, count: model.parameterCount, scratch: copy)
    for p in 0..<model.parameterCount {
      let old: L = planes[p].load(0)
      planes[p].store((isChanged .& model.isFree(p)).choose(model.hostParameter(p), old), 0)
    }
    block.finishParameters(of: call, copy, count: model.parameterCount)
  }

  @inline(__always)
  func writeRows(_ isChanged: Mask<L>, _ hasErrors: Mask<L>) {
    let nan = L(repeating: .nan)
    let square = scale.pointee.rangeY * scale.pointee.rangeY
    let cost = L(repeating: 0.5) * best.pointee.cost
    writeRow(SP_FITTED_COST, isChanged.choose(cost * square, nan))
    writeRow(SP_FITTED_TOTAL, scale.pointee.totalY * square)
    writeRow(SP_FITTED_SAMPLES, scale.pointee.samples)
    writeRow(SP_FITTED_PASSES, best.pointee.passes)
    if call.pointee.wants_errors == 0 { return }
    for p in 0..<model.parameterCount {
      writeRow(SP_FITTED_ROWS &+ p, hasErrors.choose(errors[p], nan))
    }
  }

  @inline(__always)
  func writeRow(_ row: Int, _ value: L) {
    guard let outputs = call.pointee.outputs else { return }
    let host = outputs + row &* call.pointee.output_stride
    let copy = address(of: &memory.pointee.tail.outputs).floats
    value.canonicalizingNaN.store(block.output(host, scratch: copy))
    block.finish(host, scratch: copy)
  }
}
