import SinglePathShims

/// Fits every path by least squares, each lane a path's own fit, which stops when it needs no more; returns
/// for how many paths the result was not finite.
///
/// The bits of a path's result depend on its own samples, start and settings alone: no sum crosses lanes,
/// and a lane that has ended is kept as it is by a mask. What a vector does depends on values in one way
/// only: on whether any of its lanes still needs it.
@inline(never)
func fitBank<Code: InstructionSetTarget>(
  _: Code.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) -> Int {
  // Without a path, what all paths share may not be there to be read.
  if call.pointee.count == 0 { return 0 }
  if !isCurve(call) { return Code.fitPaths(call, memory) }
  // Two vectors of 16 lanes would leave too little room for the samples.
  return Code.Vector.width <= 16
    ? CurveFit<Code, Code.Vector>(call, memory).run()
    : CurveFit<Code, Code.Single>(call, memory).run()
}

/// The passes over the samples after which a start is given up.
@inline(__always)
func fitPassLimit(_ call: UnsafePointer<sp_call>) -> Float {
  Float(call.pointee.max_passes == 0 ? UInt32(SP_DEFAULT_PASSES) : call.pointee.max_passes)
}

/// Whether the paths are what `CurveFit` fits.
@inline(__always)
func isCurve(_ call: UnsafePointer<sp_call>) -> Bool {
  call.pointee.depth == 2 && call.pointee.has_biases != 0
    && call.pointee.frozen == nil && call.pointee.frozen_mask == 0
    && Int(call.pointee.sigmoid) == SP_SIGMOID_POLYNOMIAL
    && Int(call.pointee.hidden) == SP_HIDDEN_SIGMOID
    && Int(call.pointee.output) == SP_OUTPUT_IDENTITY
    && Int(call.pointee.cost) == SP_COST_SQUARED_ERROR
}
