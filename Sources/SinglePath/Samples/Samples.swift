/// The samples of a bank, borrowed: what training, costs, examinations and reviews read.
///
/// They cannot outlive the memory that they are made from, and may be used in as many calls as wanted.
@safe public struct Samples: ~Escapable, BitwiseCopyable {
  let memory: UnsafeSamples

  /// - Parameters:
  ///   - inputs: x, one a path or shared by all.
  ///   - targets: y, one a path. NaN marks a missing sample: that path keeps its bits for that frame,
  ///     whatever x is.
  ///   - weights: of the samples, one a path or shared by all; nil is 1 for all. J and its gradient are
  ///     multiplied by them. A sample whose weight is not above 0 is missing.
  ///   - lengths: how many samples each path has, those of the first frames; the others are missing. Nil
  ///     is all.
  /// - Throws: `SinglePathError.frames` or `.weights` if they do not have the same number of frames,
  ///   `.sharedTargets` if the targets are shared.
  @_lifetime(copy inputs, copy targets, copy weights, copy lengths)
  public init(
    inputs: FrameMatrix, targets: FrameMatrix, weights: FrameMatrix? = nil,
    lengths: Span<UInt32>? = nil
  ) throws(SinglePathError) {
    unsafe memory = try unsafe UnsafeSamples(
      inputs: inputs.memory, targets: targets.memory, weights: weights?.memory,
      lengths: lengths?.withUnsafeBufferPointer { unsafe $0 })
  }

  /// Samples in memory that the caller keeps alive.
  @_lifetime(immortal)
  init(unsafe memory: UnsafeSamples) { unsafe self.memory = memory }
}
