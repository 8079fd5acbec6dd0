import SinglePathShims

/// Least squares of many paths at once: each lane is a path's own fit, stopped when it needs no more.
///
/// The bits of a path's result depend on its own samples, start and settings alone: no sum crosses lanes,
/// and a lane that has ended is kept as it is by a mask. The one branch on values is whether any lane of a
/// vector still needs a pass.
public struct Fit<Code: InstructionSetTarget> {
  @usableFromInline let call: UnsafePointer<sp_call>
  @usableFromInline let memory: UnsafeMutableRawPointer

  @inlinable @inline(__always)
  public init(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) {
    self.call = call
    self.memory = memory
  }

  /// Fits all paths and returns for how many the result was not finite.
  @inlinable @inline(__always)
  public func run() -> Int {
    // Two vectors of 16 lanes would leave too little room for the samples.
    Code.Vector.width <= 16
      ? CurveFit<Code, Code.Vector>(call, memory).run()
      : CurveFit<Code, Code.Single>(call, memory).run()
  }
}
