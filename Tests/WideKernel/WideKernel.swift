import SinglePathKernel
import SinglePathKernelAVX2
import SinglePathShims

/// The lanes of AVX-512 in vectors of AVX2: what depends on the width is the same, so that a machine without
/// AVX-512 can test it.
private enum Wide: InstructionSetTarget {
  typealias Vector = Pair<SIMD16<Float>>
  typealias Single = SIMD16<Float>
  static var hasConstantDepths: Bool { true }
  static func fitPaths(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int {
    sp_kernel_avx2(call, memory)
  }
}

/// An entry like `sp_kernel_avx512`.
public func runWideKernel(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  dispatch(call, memory, on: Wide.self)
}
