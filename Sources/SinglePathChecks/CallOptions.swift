import SinglePathShims

// The rules of what a call may have beside the derivation's: kinds of samples, kinds of updates.
extension UnsafePointer<sp_call> {
  @inline(__always)
  var hasSampleOptions: Bool { pointee.weights != nil || pointee.lengths != nil }

  @inline(__always)
  var hasUpdateOptions: Bool {
    pointee.frozen != nil || pointee.lower != nil || pointee.upper != nil
  }

  /// What is read of the samples beside x and y. Of an array that is not there nothing is checked.
  @inline(__always)
  func sampleOptions() throws(Refusal) -> InlineArray<2, Region> {
    [
      pointee.weights == nil
        ? Region.empty("the sample weights")
        : try Region(
          "the sample weights", pointee.weights, rows: pointee.frames,
          width: width("the sample weights", step: pointee.weight_step),
          stride: pointee.weight_stride),
      try Region(
        "the lengths", pointee.lengths, width: pointee.count, isOptional: true),
    ]
  }

  /// What an update reads beside the learning rates.
  @inline(__always)
  func updateOptions() throws(Refusal) -> InlineArray<3, Region> {
    let masks: StaticString = "the masks of frozen parameters"
    return [
      pointee.frozen == nil
        ? Region.empty(masks)
        : try Region(
          masks, pointee.frozen, width: width(masks, step: pointee.frozen_step)),
      try boundRegion("the lower bounds", pointee.lower),
      try boundRegion("the upper bounds", pointee.upper),
    ]
  }

  /// Bounds come in pairs.
  @inline(__always)
  private func boundRegion(
    _ name: StaticString, _ base: UnsafePointer<Float>?
  ) throws(Refusal) -> Region {
    if pointee.lower == nil && pointee.upper == nil { return .empty(name) }
    let width = try width(name, step: pointee.bound_step)
    return try Region(
      name, base, rows: pointee.parameterCount, width: width, stride: pointee.bound_stride,
      leastStride: width)
  }
}
