import CSinglePath
import SinglePathShims

// The rules of a fit.
extension UnsafePointer<sp_call> {
  /// Refuses shapes and options that a fit does not know, and what is wrong with its arrays.
  ///
  /// - Parameter options: the host's struct that some of the call was copied from, or nil.
  @inline(__always)
  func checkFit(_ options: UnsafePointer<sp_options>?) throws(Refusal) {
    guard pointee.depth == 2, pointee.has_biases == 1,
      Int(pointee.sigmoid) == SP_SIGMOID_POLYNOMIAL,
      Int(pointee.hidden) == SP_HIDDEN_SIGMOID, Int(pointee.output) == SP_OUTPUT_IDENTITY,
      Int(pointee.cost) == SP_COST_SQUARED_ERROR
    else { throw .shape(depth: Int(pointee.depth)) }
    guard pointee.batch <= 1, pointee.gradient_limit.bitPattern == 0, !hasUpdateOptions,
      pointee.frozen_mask == 0
    else { throw .reserved("what an update may have, in a fit") }
    let written: InlineArray<3, Region> = [
      try parameterRegion(),
      try Region("the verdicts", pointee.verdicts, width: pointee.count, isOptional: true),
      try fittedRegion(),
    ]
    try Region.mustBeApart(
      written: written, read: [inputRegion(), targetRegion(), optionRegion(options)])
    if hasSampleOptions {
      try Region.mustBeApart(written: written, read: sampleOptions())
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
