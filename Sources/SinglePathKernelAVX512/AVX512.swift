import SinglePathKernel
import SinglePathShims

/// Sixteen lanes.
@c @implementation
public func sp_kernel_avx512(
  _ call: UnsafePointer<sp_call>!, _ workspace: UnsafeMutableRawPointer!
) -> Int {
  runKernel(call.pointee, workspace, SIMD16<Float>.self)
}
