/// A matrix of samples, x or y or weights, with a row for each frame; borrowed, not copied.
///
/// It cannot outlive the memory that it is made from. How many values there must be is checked by each
/// call, which knows how many paths there are.
@safe public struct FrameMatrix: ~Escapable, BitwiseCopyable {
  let memory: UnsafeFrames

  @_lifetime(copy values)
  private init(_ values: Span<Float>, _ frames: (UnsafeBufferPointer<Float>) -> UnsafeFrames) {
    unsafe memory = unsafe values.withUnsafeBufferPointer { unsafe frames($0) }
  }

  /// A value for each path: that of frame t and path i at `[t * stride + i]`.
  ///
  /// - Parameters:
  ///   - values: (frames − 1) · stride + paths of them or more.
  ///   - frames: 0 or more.
  ///   - stride: elements from row to row, 0 or more; nil if rows lie side by side.
  @_lifetime(copy values)
  public static func perPath(
    _ values: Span<Float>, frames: Int, stride: Int? = nil
  ) -> FrameMatrix {
    unsafe FrameMatrix(values) { unsafe UnsafeFrames($0, frames: frames, stride: stride) }
  }

  /// One value a frame, for all paths: that of frame t at `[t * stride]`.
  ///
  /// - Parameters:
  ///   - values: (frames − 1) · stride + 1 of them or more.
  ///   - frames: 0 or more; nil for as many as there are values.
  ///   - stride: elements from frame to frame, 0 or more.
  @_lifetime(copy values)
  public static func shared(
    _ values: Span<Float>, frames: Int? = nil, stride: Int = 1
  ) -> FrameMatrix {
    unsafe FrameMatrix(values) {
      unsafe UnsafeFrames(shared: $0, frames: frames ?? values.count, stride: stride)
    }
  }
}
