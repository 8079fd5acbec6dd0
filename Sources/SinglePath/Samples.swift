/// Samples of a bank in the host's own memory; nothing is copied.
///
/// Row t begins at `base + t * stride`. It holds a value for each path, or one that all paths share.
/// The memory needs no alignment, and only has to live until the call returns.
public struct Frames {
  let base: UnsafePointer<Float>?
  let count: Int
  let stride: Int
  let isShared: Bool

  /// A value for each path: path i of frame t at `base[t * stride + i]`.
  ///
  /// - Parameters:
  ///   - base: may be nil if there are no frames or no paths.
  ///   - frames: 0 or more.
  ///   - stride: elements from row to row, 0 or more; the bank's count if rows lie side by side.
  public init(_ base: UnsafePointer<Float>?, frames: Int, stride: Int) {
    self.base = base
    count = frames
    self.stride = stride
    isShared = false
  }

  /// One value a frame, for all paths: frame t at `base[t * stride]`.
  public init(shared base: UnsafePointer<Float>?, frames: Int, stride: Int = 1) {
    self.base = base
    count = frames
    self.stride = stride
    isShared = true
  }
}

/// η of (17): finite and above 0.
public enum LearningRate {
  /// The same for all paths.
  case shared(Float)
  /// One for each path, `count` of them.
  case perPath(UnsafePointer<Float>)
}

extension LearningRate: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Float) { self = .shared(value) }
  public init(integerLiteral value: Int) { self = .shared(Float(value)) }
}
