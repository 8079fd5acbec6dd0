import SinglePathShims

/// Four lanes, which every machine has: SSE2 or NEON.
private enum Baseline: InstructionSetTarget {
  typealias Vector = SIMD4<Float>
  typealias Single = SIMD4<Float>
  #if arch(x86_64)
    static var hasConstantDepths: Bool { false }
  #else
    static var hasConstantDepths: Bool { true }
  #endif
}

@c @implementation
public func sp_kernel_baseline(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  dispatch(call, memory, on: Baseline.self)
}
