import SinglePathKernel
import SinglePathShims

/// Eight lanes.
private enum AVX2: InstructionSetTarget {
  typealias Vector = Pair<SIMD8<Float>>
  typealias Single = SIMD8<Float>
  static var hasConstantDepths: Bool { true }
}

@c @implementation
public func sp_kernel_avx2(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  dispatch(call, memory, on: AVX2.self)
}
