/// Parameters of `count` paths in the host's own memory, for a host that wants no `PathBank`.
///
/// Plane p of path i lies at `[p * stride + i]`. Planes 0 to L − 1 hold θ⁽¹⁾…θ⁽ᴸ⁾; if the shape has
/// biases, planes L to 2 L − 1 hold b⁽¹⁾…b⁽ᴸ⁾. No padding and no alignment but the elements' is needed.
@unsafe public struct UnsafeParameters: BitwiseCopyable {
  let base: UnsafeMutablePointer<Float>?
  /// How many elements there are from `base` on.
  let elements: Int
  let shape: PathShape
  let count: Int
  let stride: Int

  /// - Parameters:
  ///   - buffer: (planes − 1) · stride + count elements or more.
  ///   - shape: what every path looks like.
  ///   - count: paths, 0 or more.
  ///   - stride: elements from plane to plane, `count` or more; nil is `count`.
  public init(
    _ buffer: UnsafeMutableBufferPointer<Float>, shape: PathShape, count: Int, stride: Int? = nil
  ) {
    unsafe base = buffer.baseAddress
    unsafe elements = buffer.count
    unsafe self.shape = shape
    unsafe self.count = count
    unsafe self.stride = stride ?? count
  }
}
