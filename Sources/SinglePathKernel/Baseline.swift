import SinglePathShims

/// Four lanes.
@c @implementation
public func sp_kernel_baseline(
  _ call: UnsafePointer<sp_call>!, _ workspace: UnsafeMutableRawPointer!
) -> Int {
  runKernel(call.pointee, workspace, SIMD4<Float>.self)
}
