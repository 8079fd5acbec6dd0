import SinglePathShims

// The rules of what a call may have beside the seed's: choices of the shape, kinds of samples, kinds of
// updates.
extension sp_call {
  /// Refuses an activation or a cost that does not exist, and settings that mean nothing.
  @inline(__always)
  func checkChoices() throws(Refusal) {
    guard hidden <= SP_HIDDEN_IDENTITY, output <= SP_OUTPUT_SOFTPLUS, cost <= SP_COST_HUBER else {
      throw .shape(depth: Int(depth))
    }
    if Int(cost) == SP_COST_HUBER, !isPositive(threshold, orInfinite: false) {
      throw .setting("the threshold of Huber's cost", threshold)
    }
    if gradient_limit.bitPattern != 0, !isPositive(gradient_limit, orInfinite: true) {
      throw .setting("the limit of the gradient", gradient_limit)
    }
  }

  /// Whether a number is above 0, by its bits: a comparison of subnormal numbers depends on the host's
  /// floating-point state.
  @inline(__always)
  func isPositive(_ value: Float, orInfinite: Bool) -> Bool {
    1...Float.infinity.bitPattern &- (orInfinite ? 0 : 1) ~= value.bitPattern
  }

  @inline(__always)
  var hasSampleOptions: Bool { weights != nil || lengths != nil }

  @inline(__always)
  var hasUpdateOptions: Bool { frozen != nil || lower != nil || upper != nil }

  /// What is read of the samples beside x and y.
  @inline(__always)
  func sampleOptions(_ mayBeMisaligned: Bool) throws(Refusal) -> InlineArray<2, Region> {
    [
      try Region(
        "the sample weights", weights, rows: frames,
        width: width("the sample weights", step: weight_step), stride: weight_stride,
        isOptional: true, mayBeMisaligned: mayBeMisaligned),
      try Region(
        "the lengths", lengths, width: count, isOptional: true, mayBeMisaligned: mayBeMisaligned),
    ]
  }

  /// What an update reads beside the learning rates.
  @inline(__always)
  func updateOptions(_ mayBeMisaligned: Bool) throws(Refusal) -> InlineArray<3, Region> {
    [
      try Region(
        "the masks of frozen parameters", frozen,
        width: width("the masks of frozen parameters", step: frozen_step), isOptional: true,
        mayBeMisaligned: mayBeMisaligned),
      try boundRegion("the lower bounds", lower, isOptional: upper == nil, mayBeMisaligned),
      try boundRegion("the upper bounds", upper, isOptional: lower == nil, mayBeMisaligned),
    ]
  }

  @inline(__always)
  private func boundRegion(
    _ name: StaticString, _ base: UnsafePointer<Float>?, isOptional: Bool, _ mayBeMisaligned: Bool
  ) throws(Refusal) -> Region {
    let width = try width(name, step: bound_step)
    return try Region(
      name, base, rows: parameterCount, width: width, stride: bound_stride,
      leastStride: base == nil ? 0 : width, isOptional: isOptional,
      mayBeMisaligned: mayBeMisaligned)
  }
}
