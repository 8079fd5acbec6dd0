extension PathBank {
  /// Trains every path on each frame, in order, by (17). See `Kernel.train`.
  ///
  /// - Parameters:
  ///   - inputs: x, frames × count or one a frame.
  ///   - targets: y, frames × count. NaN marks a missing sample.
  ///   - weights: of the samples, frames × count or one a frame; nil is 1 for all.
  ///   - lengths: how many samples each path has, `count` numbers; nil is all.
  ///   - rate: η, finite and above 0, one for all paths or one for each.
  ///   - options: batches, frozen parameters, bounds.
  ///   - verdicts: `count` of them, or nil.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Returns: how many paths diverged; they keep the parameters from before the call.
  @discardableResult
  public mutating func train(
    inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, rate: LearningRate,
    options: TrainingOptions = TrainingOptions(),
    verdicts: UnsafeMutablePointer<Verdict>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> Int {
    try kernel.train(
      parameters, inputs: inputs, targets: targets, weights: weights, lengths: lengths, rate: rate,
      options: options, verdicts: verdicts, threads: threads)
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

  /// Sums J over the frames, for every path. See `Kernel.costs`.
  ///
  /// - Parameter costs: one sum a path, `count` of them.
  public func costs(
    inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, into costs: UnsafeMutablePointer<Float>?,
    threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.costs(
      parameters, inputs: inputs, targets: targets, weights: weights, lengths: lengths, into: costs,
      threads: threads)
  }

  /// Examines every path with the samples. See `Kernel.examine`.
  ///
  /// - Parameters:
  ///   - rows: row r of path i at `[r * stride + i]`, as `Examination` names them; with gradients one
  ///     more for each parameter.
  ///   - stride: elements from row to row, `count` or more.
  public func examine(
    inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, into rows: UnsafeMutablePointer<Float>?, stride: Int,
    gradients: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.examine(
      parameters, inputs: inputs, targets: targets, weights: weights, lengths: lengths, into: rows,
      stride: stride, gradients: gradients, threads: threads)
  }
}
