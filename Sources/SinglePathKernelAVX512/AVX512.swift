import SinglePathKernel
import SinglePathShims

/// Sixteen lanes.
private enum AVX512: InstructionSetTarget {
  typealias Vector = Pair<SIMD16<Float>>
  typealias Single = SIMD16<Float>
  static var hasConstantDepths: Bool { true }
  static func fitPaths(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int {
    sp_kernel_avx2(call, memory)
  }
}

@c @implementation
public func sp_kernel_avx512(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  dispatch(call, memory, on: AVX512.self)
}
