import SinglePathShims

/// The inner kernel for one instruction set: training, prediction, cost and examination on the host's
/// own memory.
///
/// A call allocates nothing (with one thread), takes no lock, has no branch on a sample's value, and
/// leaves the host's floating-point state as it found it. Arguments are checked before anything is
/// read or written; the bounding ranges of what is written must not overlap anything else. That the
/// buffers are alive is the caller's promise; `PathBank` needs none.
public struct Kernel: Sendable {
  /// What it runs on.
  public let instructionSet: InstructionSet

  /// The fastest kernel of this machine.
  public init() { instructionSet = .best }

  /// - Throws: `SinglePathError.instructionSet` if the machine lacks it.
  public init(_ instructionSet: InstructionSet) throws(SinglePathError) {
    guard instructionSet.isAvailable else { throw .instructionSet(instructionSet) }
    self.instructionSet = instructionSet
  }

  /// Trains every path on each frame, in order, by (17), all with one learning rate. See
  /// `PathBank.train(on:rate:options:threads:)`.
  ///
  /// - Parameters:
  ///   - parameters: θ and b; those of a path that would become non-finite are left as they are.
  ///   - samples: x, y and what else there is of them.
  ///   - rate: η, finite and above 0.
  ///   - options: batches, frozen parameters, bounds.
  ///   - verdicts: a byte for each path, written with the raw value of a `Verdict`, or nil.
  ///   - threads: as of `PathBank.train(on:rate:options:threads:)`.
  /// - Returns: how many paths diverged.
  /// - Throws: `SinglePathError` before anything is read or written.
  @unsafe @discardableResult
  public func train(
    _ parameters: UnsafeParameters, on samples: UnsafeSamples, rate: Float,
    options: UnsafeTrainingOptions = unsafe UnsafeTrainingOptions(),
    verdicts: UnsafeMutableBufferPointer<UInt8>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    try unsafe train(
      parameters, on: samples, rate: .shared(rate), options: options, verdicts: verdicts,
      threads: threads)
  }

  /// Trains as `train(_:on:rate:options:verdicts:threads:)`, with one learning rate or one a path.
  @unsafe @discardableResult
  public func train(
    _ parameters: UnsafeParameters, on samples: UnsafeSamples, rate: UnsafeLearningRate,
    options: UnsafeTrainingOptions = unsafe UnsafeTrainingOptions(),
    verdicts: UnsafeMutableBufferPointer<UInt8>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> TrainingSummary {
    var call = try unsafe sp_call(
      SP_TRAIN, parameters, inputs: samples.inputs, frames: samples.count)
    try unsafe call.set(samples)
    try unsafe call.set(rate)
    try unsafe call.set(options)
    try unsafe call.set(verdicts: verdicts)
    return TrainingSummary(divergedCount: try unsafe run(&call, threads: threads))
  }

  /// Predicts ŷ by (6) of every path for each frame. See `PathBank.predict`.
  @unsafe
  public func predict(
    _ parameters: UnsafeParameters, inputs: UnsafeFrames,
    into outputs: UnsafeMutableBufferPointer<Float>, stride: Int? = nil, threads: Int = 1
  ) throws(SinglePathError) {
    var call = try unsafe sp_call(SP_PREDICT, parameters, inputs: inputs.rows, frames: inputs.count)
    try unsafe call.set(.outputs, outputs, rows: inputs.count, stride: stride)
    _ = try unsafe run(&call, threads: threads)
  }

  /// Sums J, weighted, over the frames, for every path. See `PathBank.sumCosts`.
  @unsafe
  public func sumCosts(
    _ parameters: UnsafeParameters, of samples: UnsafeSamples,
    into costs: UnsafeMutableBufferPointer<Float>, threads: Int = 1
  ) throws(SinglePathError) {
    var call = try unsafe sp_call(
      SP_COST, parameters, inputs: samples.inputs, frames: samples.count)
    try unsafe call.set(samples)
    try unsafe call.set(.costs, costs, rows: 1)
    _ = try unsafe run(&call, threads: threads)
  }

  /// Examines every path with the samples, without training it. See `PathBank.examine`.
  @unsafe
  public func examine(
    _ parameters: UnsafeParameters, on samples: UnsafeSamples,
    into rows: UnsafeMutableBufferPointer<Float>, gradients: Bool = false, stride: Int? = nil,
    threads: Int = 1
  ) throws(SinglePathError) {
    var call = try unsafe sp_call(
      SP_EXAMINE, parameters, inputs: samples.inputs, frames: samples.count)
    try unsafe call.set(samples)
    let found = Examination.rowCount + (gradients ? unsafe parameters.shape.parameterCount : 0)
    try unsafe call.set(.examination, rows, rows: found, stride: stride)
    unsafe call.wants_gradient = gradients ? 1 : 0
    _ = try unsafe run(&call, threads: threads)
  }

  /// Checks a call and runs it, cut into as many ranges of paths as there are threads.
  @inline(__always)
  func run(_ call: inout sp_call, threads: Int) throws(SinglePathError) -> Int {
    try unsafe call.check()
    guard threads >= 1 else { throw .size(.threads, threads, allowed: 1...Int.max) }
    if threads == 1 { return unsafe instructionSet.run(&call) }
    return unsafe instructionSet.run(call, threads: threads)
  }
}
