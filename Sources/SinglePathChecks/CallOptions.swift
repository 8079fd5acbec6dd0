import SinglePathShims

// The rules of what a call may have beside the derivation's: kinds of samples, kinds of updates.
extension sp_call {
  @inline(__always)
  var hasSampleOptions: Bool { weights != nil || lengths != nil }

  @inline(__always)
  var hasUpdateOptions: Bool { frozen != nil || lower != nil || upper != nil }

  /// What is read of the samples beside x and y. Of an array that is not there nothing is checked.
  @inline(__always)
  func sampleOptions(_ mayBeMisaligned: Bool) throws(Refusal) -> InlineArray<2, Region> {
    [
      weights == nil
        ? Region.empty("the sample weights")
        : try Region(
          "the sample weights", weights, rows: frames,
          width: width("the sample weights", step: weight_step), stride: weight_stride,
          mayBeMisaligned: mayBeMisaligned),
      try Region(
        "the lengths", lengths, width: count, isOptional: true, mayBeMisaligned: mayBeMisaligned),
    ]
  }

  /// What an update reads beside the learning rates.
  @inline(__always)
  func updateOptions(_ mayBeMisaligned: Bool) throws(Refusal) -> InlineArray<3, Region> {
    let masks: StaticString = "the masks of frozen parameters"
    return [
      frozen == nil
        ? Region.empty(masks)
        : try Region(
          masks, frozen, width: width(masks, step: frozen_step), mayBeMisaligned: mayBeMisaligned),
      try boundRegion("the lower bounds", lower, mayBeMisaligned),
      try boundRegion("the upper bounds", upper, mayBeMisaligned),
    ]
  }

  /// Bounds come in pairs.
  @inline(__always)
  private func boundRegion(
    _ name: StaticString, _ base: UnsafePointer<Float>?, _ mayBeMisaligned: Bool
  ) throws(Refusal) -> Region {
    if lower == nil && upper == nil { return .empty(name) }
    let width = try width(name, step: bound_step)
    return try Region(
      name, base, rows: parameterCount, width: width, stride: bound_stride, leastStride: width,
      mayBeMisaligned: mayBeMisaligned)
  }
}
