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
  ///   - inputs: x, frames × count or one a frame.
  ///   - outputs: ŷ of frame t and path i at `[t * stride + i]`.
  ///   - stride: elements from row to row, `count` or more.
  ///   - threads: 1 or more; the bits are the same for any number.
  public func predict(
    inputs: Frames, into outputs: UnsafeMutablePointer<Float>?, stride: Int, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.predict(
      parameters, inputs: inputs, into: outputs, stride: stride, threads: threads)
  }

  /// Sums J over the frames, for every path. See `Kernel.costs`.
  ///
  /// - Parameters:
  ///   - inputs: x, frames × count or one a frame.
  ///   - targets: y, frames × count. NaN marks a missing sample.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - costs: one sum a path, `count` of them.
  ///   - threads: 1 or more; the bits are the same for any number.
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
  ///   - inputs: x, frames × count or one a frame.
  ///   - targets: y, frames × count. NaN marks a missing sample.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - rows: row r of path i at `[r * stride + i]`, as `Examination` names them; with gradients one
  ///     more for each parameter.
  ///   - stride: elements from row to row, `count` or more.
  ///   - gradients: whether the rows of the gradient are wanted.
  ///   - threads: 1 or more; the bits are the same for any number.
  public func examine(
    inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, into rows: UnsafeMutablePointer<Float>?, stride: Int,
    gradients: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.examine(
      parameters, inputs: inputs, targets: targets, weights: weights, lengths: lengths, into: rows,
      stride: stride, gradients: gradients, threads: threads)
  }

  /// Fits every path to its own samples by least squares. See `Kernel.fit`.
  ///
  /// - Parameters:
  ///   - inputs: x, frames × count or one a frame.
  ///   - targets: y, frames × count. NaN marks a missing sample.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - start: where each fit begins.
  ///   - maximumPasses: after which a start is given up, 1 or more.
  ///   - verdicts: `count` of them, or nil.
  ///   - rows: row r of path i at `[r * stride + i]`, as `FitRow` names them; or nil.
  ///   - stride: elements from row to row, `count` or more.
  ///   - standardErrors: whether the rows of standard errors are wanted.
  ///   - threads: 1 or more; the bits are the same for any number.
  public mutating func fit(
    inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, start: FitStart = .drawn, maximumPasses: UInt32 = 60,
    verdicts: UnsafeMutablePointer<Verdict>? = nil, into rows: UnsafeMutablePointer<Float>? = nil,
    stride: Int = 0, standardErrors: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    try kernel.fit(
      parameters, inputs: inputs, targets: targets, weights: weights, lengths: lengths,
      start: start, maximumPasses: maximumPasses, verdicts: verdicts, into: rows, stride: stride,
      standardErrors: standardErrors, threads: threads)
  }
}
