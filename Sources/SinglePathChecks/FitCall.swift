import CSinglePath
import SinglePathShims

// The rules of a fit.
extension UnsafePointer<sp_call> {
  /// Refuses options that a fit does not know, and what is wrong with its arrays.
  ///
  /// - Parameters:
  ///   - options, fitting: the host's structs that some of the call was copied from, or nil.
  @inline(__always)
  func checkFit(
    _ options: UnsafePointer<sp_options>?, _ fitting: UnsafePointer<sp_fitting>?
  ) throws(Refusal) {
    guard pointee.batch <= 1, pointee.gradient_limit.bitPattern == 0, pointee.lower == nil,
      pointee.upper == nil
    else { throw .reserved("batches, limits and bounds, in a fit") }
    let written: InlineArray<3, Region> = [
      try parameterRegion(),
      try Region("the verdicts", pointee.verdicts, width: pointee.count, isOptional: true),
      try fittedRegion(),
    ]
    try Region.mustBeApart(
      written: written,
      read: [
        inputRegion(), targetRegion(), optionRegion(options),
        Region("the settings of the fit", fitting, width: 1, isOptional: true),
      ])
    if hasSampleOptions || hasUpdateOptions {
      try Region.mustBeApart(written: written, read: sampleOptions())
      try Region.mustBeApart(written: written, read: updateOptions())
    }
  }

  @inline(__always)
  private func fittedRegion() throws(Refusal) -> Region {
    try Region(
      "the rows of the fit", pointee.outputs,
      rows: Int(SP_FITTED_ROWS) &+ (pointee.wants_errors == 0 ? 0 : pointee.parameterCount),
      width: pointee.count, stride: pointee.output_stride,
      leastStride: pointee.outputs == nil ? 0 : pointee.count, isOptional: true)
  }
}
