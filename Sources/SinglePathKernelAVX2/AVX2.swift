import SinglePathKernel
import SinglePathShims

/// Eight lanes.
@c @implementation
public func sp_kernel_avx2(
  _ call: UnsafePointer<sp_call>!, _ workspace: UnsafeMutableRawPointer!
) -> Int {
  runKernel(call.pointee, workspace, SIMD8<Float>.self)
}
