extension PathBank {
  /// Trains every path on each frame, in order, by (17). See `Kernel.train`.
  ///
  /// - Parameters:
  ///   - inputs: x, frames × count or one a frame.
  ///   - targets: y, frames × count. NaN marks a missing sample.
  ///   - rate: η, finite and above 0, one for all paths or one for each.
  ///   - verdicts: `count` of them, or nil.
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Returns: how many paths diverged; they keep the parameters from before the call.
  @discardableResult
  public mutating func train(
    inputs: Frames, targets: Frames, rate: LearningRate,
    verdicts: UnsafeMutablePointer<Verdict>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> Int {
    try kernel.train(
      parameters, inputs: inputs, targets: targets, rate: rate, verdicts: verdicts,
      threads: threads)
  }

  /// Predicts ŷ by (6) of every path for each frame. See `Kernel.predict`.
  ///
  /// - Parameters:
  ///   - outputs: ŷ of frame t and path i at `[t * stride + i]`.
  ///   - stride: elements from row to row, `count` or more.
  public func predict(
    inputs: Frames, into outputs: UnsafeMutablePointer<Float>?, stride: Int, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.predict(
      parameters, inputs: inputs, into: outputs, stride: stride, threads: threads)
  }

  /// Sums J of (7) over the frames, for every path. See `Kernel.costs`.
  ///
  /// - Parameter costs: one sum a path, `count` of them.
  public func costs(
    inputs: Frames, targets: Frames, into costs: UnsafeMutablePointer<Float>?, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.costs(
      parameters, inputs: inputs, targets: targets, into: costs, threads: threads)
  }
}
