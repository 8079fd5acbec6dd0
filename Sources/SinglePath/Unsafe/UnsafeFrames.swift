/// A matrix of samples in the host's own memory; nothing is copied.
///
/// The memory needs no alignment but its elements', and has to live until the last call that reads it
/// returns. `FrameMatrix` is the same with a lifetime that the compiler checks.
@unsafe public struct UnsafeFrames: BitwiseCopyable {
  let rows: UnsafeRows
  let count: Int

  /// A value for each path: that of frame t and path i at `[t * stride + i]`.
  ///
  /// - Parameters:
  ///   - buffer: (frames − 1) · stride + paths elements or more.
  ///   - frames: 0 or more.
  ///   - stride: elements from row to row, 0 or more; nil if rows lie side by side.
  public init(_ buffer: UnsafeBufferPointer<Float>, frames: Int, stride: Int? = nil) {
    unsafe self.init(buffer, frames, stride, isShared: false)
  }

  /// One value a frame, for all paths: that of frame t at `[t * stride]`.
  public init(shared buffer: UnsafeBufferPointer<Float>, frames: Int, stride: Int = 1) {
    unsafe self.init(buffer, frames, stride, isShared: true)
  }

  private init(
    _ buffer: UnsafeBufferPointer<Float>, _ frames: Int, _ stride: Int?, isShared: Bool
  ) {
    unsafe rows = unsafe UnsafeRows(buffer, stride, isShared: isShared)
    unsafe count = frames
  }
}

/// The rows of a matrix, however many there are.
@unsafe struct UnsafeRows: BitwiseCopyable {
  let base: UnsafePointer<Float>?
  /// How many elements there are to read from `base`.
  let elements: Int
  private let givenStride: Int
  /// Whether rows lie side by side, whatever the given stride.
  private let isPacked: Bool
  let isShared: Bool

  init(_ buffer: UnsafeBufferPointer<Float>, _ stride: Int?, isShared: Bool) {
    unsafe base = buffer.baseAddress
    unsafe elements = buffer.count
    unsafe givenStride = stride ?? 0
    unsafe isPacked = stride == nil
    unsafe self.isShared = isShared
  }

  /// Elements from row to row, for so many paths.
  func stride(paths: Int) -> Int { unsafe isPacked ? paths : givenStride }

  /// Elements of a row, for so many paths.
  func width(paths: Int) -> Int { unsafe isShared ? min(1, paths) : paths }
}

/// The samples of a call in the host's own memory. `Samples` is the same with a lifetime that the
/// compiler checks.
@unsafe public struct UnsafeSamples: BitwiseCopyable {
  let inputs: UnsafeRows
  let targets: UnsafeRows
  let weights: UnsafeRows?
  let count: Int
  let lengths: UnsafeBufferPointer<UInt32>?

  /// Samples as `Samples` describes them.
  ///
  /// - Parameters:
  ///   - inputs: x, one a path or shared by all.
  ///   - targets: y, one a path; NaN marks a missing sample.
  ///   - weights: of the samples, one a path or shared by all; nil is 1 for all.
  ///   - lengths: how many samples each path has, as many numbers as there are paths; nil is all.
  /// - Throws: `SinglePathError.frames`, `.weights` or `.sharedTargets`, as `Samples`.
  public init(
    inputs: UnsafeFrames, targets: UnsafeFrames, weights: UnsafeFrames? = nil,
    lengths: UnsafeBufferPointer<UInt32>? = nil
  ) throws(SinglePathError) {
    guard unsafe targets.count == inputs.count else {
      throw .frames(inputs: unsafe inputs.count, targets: unsafe targets.count)
    }
    guard unsafe !targets.rows.isShared else { throw .sharedTargets }
    if let weights = unsafe weights, unsafe weights.count != inputs.count {
      throw .weights(frames: unsafe inputs.count, weights: unsafe weights.count)
    }
    unsafe self.init(unchecked: inputs, targets: targets, weights: weights, lengths: lengths)
  }

  /// Samples that are known to have the same frames.
  init(
    unchecked inputs: UnsafeFrames, targets: UnsafeFrames, weights: UnsafeFrames?,
    lengths: UnsafeBufferPointer<UInt32>? = nil
  ) {
    unsafe self.inputs = unsafe inputs.rows
    unsafe self.targets = unsafe targets.rows
    unsafe self.weights = unsafe weights?.rows
    unsafe count = unsafe inputs.count
    unsafe self.lengths = unsafe lengths
  }
}
