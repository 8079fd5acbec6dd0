/// Parameters of `count` paths in the host's own memory, for a host that wants no `PathBank`.
///
/// Plane p of path i lies at `base[p * stride + i]`. Planes 0 to L − 1 hold θ⁽¹⁾…θ⁽ᴸ⁾; if the shape has
/// biases, planes L to 2 L − 1 hold b⁽¹⁾…b⁽ᴸ⁾. No alignment and no padding is needed.
public struct Parameters {
  let base: UnsafeMutablePointer<Float>?
  let shape: PathShape
  let count: Int
  let stride: Int

  /// - Parameters:
  ///   - base: may be nil if `count` is 0.
  ///   - shape: what every path looks like.
  ///   - count: paths, 0 or more.
  ///   - stride: elements from plane to plane, `count` or more.
  public init(_ base: UnsafeMutablePointer<Float>?, shape: PathShape, count: Int, stride: Int) {
    self.base = base
    self.shape = shape
    self.count = count
    self.stride = stride
  }
}
