import SinglePathChecks
import SinglePathShims

/// The inner kernel for one instruction set: training, prediction, cost and examination on the host's
/// own memory.
///
/// A call allocates nothing (with one thread), takes no lock, has no branch on a sample's value, and
/// leaves the host's floating-point state as it found it. Arguments are checked before anything is
/// read or written; the bounding ranges of what is written must not overlap anything else.
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

  /// Trains every path on each frame, in order, by (17).
  ///
  /// - Parameters:
  ///   - parameters: θ and b; those of a path that would become non-finite are left as they are.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - targets: y, frames × paths. NaN marks a missing sample: that path keeps its bits for that
  ///     frame, whatever x is.
  ///   - weights: of the samples, frames × paths or one a frame; nil is 1 for all. J and its gradient
  ///     are multiplied by them. A sample whose weight is not above 0 is missing.
  ///   - lengths: how many samples each path has, those of the first frames, `count` numbers; the
  ///     others are missing. Nil is all.
  ///   - rate: η, finite and above 0, one for all paths or one for each.
  ///   - options: batches, frozen parameters, bounds.
  ///   - verdicts: `count` of them, or nil.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Returns: how many paths diverged.
  /// - Complexity: O(frames · paths · depth).
  @discardableResult
  public func train(
    _ parameters: Parameters, inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, rate: LearningRate,
    options: TrainingOptions = TrainingOptions(),
    verdicts: UnsafeMutablePointer<Verdict>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> Int {
    var call = try sp_call(SP_TRAIN, parameters, inputs: inputs)
    try call.set(targets: targets, weights: weights, lengths: lengths)
    try call.set(options)
    call.verdicts = verdicts.map {
      UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    return try withPointers(rate, options.frozen, of: &call) { (call) throws(SinglePathError) in
      try run(&call, threads: threads)
    }
  }

  /// Predicts ŷ by (6) of every path for each frame.
  ///
  /// - Parameters:
  ///   - parameters: θ and b, read only.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - outputs: ŷ of frame t and path i at `[t * stride + i]`. NaN where x or the parameters make
  ///     it one.
  ///   - stride: elements from row to row, the number of paths or more.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Complexity: O(frames · paths · depth).
  public func predict(
    _ parameters: Parameters, inputs: Frames, into outputs: UnsafeMutablePointer<Float>?,
    stride: Int, threads: Int = 1
  ) throws(SinglePathError) {
    var call = try sp_call(SP_PREDICT, parameters, inputs: inputs)
    call.outputs = outputs
    call.output_stride = stride
    _ = try run(&call, threads: threads)
  }

  /// Sums J, of the derivation's cost (7), over the frames, for every path.
  ///
  /// - Parameters:
  ///   - parameters: θ and b, read only.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - targets: y, frames × paths. NaN marks a missing sample, which adds nothing.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - costs: one sum a path, in single precision, added in the frames' order. NaN where x or the
  ///     parameters make it one.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Complexity: O(frames · paths · depth).
  public func costs(
    _ parameters: Parameters, inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, into costs: UnsafeMutablePointer<Float>?,
    threads: Int = 1
  ) throws(SinglePathError) {
    var call = try sp_call(SP_COST, parameters, inputs: inputs)
    try call.set(targets: targets, weights: weights, lengths: lengths)
    call.outputs = costs
    _ = try run(&call, threads: threads)
  }

  /// Examines every path with the samples, without training it.
  ///
  /// - Parameters:
  ///   - parameters: θ and b, read only.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - targets: y, frames × paths. NaN marks a missing sample.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - rows: what is found, as `Examination` names it: row r of path i at `[r * stride + i]`.
  ///   - stride: elements from row to row, the number of paths or more.
  ///   - gradients: whether the rows from `Examination.rowCount` on are wanted, one for each parameter:
  ///     the mean of |∂J/∂p| over the samples that are not missing, NaN if there are none.
  ///   - threads: 1 or more; the bits are the same for any number. They are woken for each call, which
  ///     pays from about a millisecond on.
  /// - Complexity: O(frames · paths · depth).
  public func examine(
    _ parameters: Parameters, inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, into rows: UnsafeMutablePointer<Float>?, stride: Int,
    gradients: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    var call = try sp_call(SP_EXAMINE, parameters, inputs: inputs)
    try call.set(targets: targets, weights: weights, lengths: lengths)
    call.outputs = rows
    call.output_stride = stride
    call.wants_gradient = gradients ? 1 : 0
    _ = try run(&call, threads: threads)
  }

  /// Checks a call and runs it, cut into as many ranges of paths as there are threads.
  @inline(__always)
  func run(_ call: inout sp_call, threads: Int) throws(SinglePathError) -> Int {
    do throws(Refusal) {
      try withUnsafePointer(to: &call) { (call) throws(Refusal) in
        try call.check()
      }
    } catch {
      throw SinglePathError(error)
    }
    guard threads >= 1 else { throw .size("the number of threads", threads, least: 1) }
    if threads == 1 { return instructionSet.run(&call) }
    return instructionSet.run(call, threads: threads)
  }
}
