extension PathBank {
  /// Trains every path on each frame, in order, by (17), all with one learning rate.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - rate: η, finite and above 0.
  ///   - options: batches, frozen parameters, bounds.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Returns: how many paths diverged; they keep the parameters from before the call.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths · depth); allocates nothing on one thread.
  @discardableResult
  public mutating func train(
    on samples: Samples, rate: Float, options: TrainingOptions = TrainingOptions(),
    threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe train(samples, .shared(rate), options, verdicts: nil, threads)
  }

  /// Trains as `train(on:rate:options:threads:)`, and tells what became of each path.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - rate: η, finite and above 0.
  ///   - options: batches, frozen parameters, bounds.
  ///   - verdicts: one a path, replaced: `.untouched`, `.trained` or `.diverged`.
  ///   - threads: 1 or more; the bits are the same for any number.
  @discardableResult
  public mutating func train(
    on samples: Samples, rate: Float, options: TrainingOptions = TrainingOptions(),
    verdicts: inout MutableSpan<Verdict>, threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe train(samples, .shared(rate), options, verdicts: &verdicts, threads)
  }

  /// Trains as `train(on:rate:options:threads:)`, each path with a learning rate of its own.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - rates: η of each path, finite and above 0.
  ///   - options: batches, frozen parameters, bounds.
  ///   - threads: 1 or more; the bits are the same for any number.
  @discardableResult
  public mutating func train(
    on samples: Samples, rates: Span<Float>, options: TrainingOptions = TrainingOptions(),
    threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe rates.withUnsafeBufferPointer { (rates) throws(SinglePathError) in
      try unsafe train(samples, .perPath(rates), options, verdicts: nil, threads)
    }
  }

  /// Trains as `train(on:rate:options:threads:)`, each path with a learning rate of its own, and tells
  /// what became of each path.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - rates: η of each path, finite and above 0.
  ///   - options: batches, frozen parameters, bounds.
  ///   - verdicts: one a path, replaced: `.untouched`, `.trained` or `.diverged`.
  ///   - threads: 1 or more; the bits are the same for any number.
  @discardableResult
  public mutating func train(
    on samples: Samples, rates: Span<Float>, options: TrainingOptions = TrainingOptions(),
    verdicts: inout MutableSpan<Verdict>, threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe rates.withUnsafeBufferPointer { (rates) throws(SinglePathError) in
      try unsafe train(samples, .perPath(rates), options, verdicts: &verdicts, threads)
    }
  }

  private mutating func train(
    _ samples: Samples, _ rate: UnsafeLearningRate, _ options: TrainingOptions,
    verdicts: inout MutableSpan<Verdict>, _ threads: Int
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe verdicts.withBytes { (bytes) throws(SinglePathError) in
      try unsafe train(samples, rate, options, verdicts: bytes, threads)
    }
  }

  private mutating func train(
    _ samples: Samples, _ rate: UnsafeLearningRate, _ options: TrainingOptions,
    verdicts: UnsafeMutableBufferPointer<UInt8>?, _ threads: Int
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe kernel.train(
      parameters, on: samples.memory, rate: rate,
      options: UnsafeTrainingOptions(lending: options), verdicts: verdicts, threads: threads)
  }
}
