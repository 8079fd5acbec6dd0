import SinglePathShims

/// The inner kernel for one instruction set: training, prediction and cost on the host's own memory.
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
  ///   - rate: η, finite and above 0, one for all paths or one for each.
  ///   - verdicts: `count` of them, or nil.
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Returns: how many paths diverged.
  /// - Complexity: O(frames · paths · depth).
  @discardableResult
  public func train(
    _ parameters: Parameters, inputs: Frames, targets: Frames, rate: LearningRate,
    verdicts: UnsafeMutablePointer<Verdict>? = nil, threads: Int = 1
  ) throws(SinglePathError) -> Int {
    let paths = parameters.count
    var call = sp_call()
    call.operation = UInt8(SP_TRAIN)
    let planes = try call.set(parameters)
    let x = try call.set(inputs: inputs, paths: paths)
    let y = try call.set(targets: targets, inputs: inputs, paths: paths)
    let bytes = try Region(
      "the verdicts", verdicts, rows: 1, width: paths, stride: 0, leastStride: 0, isOptional: true)
    try planes.mustNotOverlap(x, y, bytes)
    try bytes.mustNotOverlap(x, y)
    call.verdicts = verdicts.map {
      UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    switch rate {
    case .shared(let value):
      try Self.check(value, path: nil)
      return try withUnsafePointer(to: value) { (pointer) throws(SinglePathError) in
        call.rates = pointer
        return try run(call, threads: threads)
      }
    case .perPath(let values):
      let rates = try Region(
        "the learning rates", values, rows: 1, width: paths, stride: 0, leastStride: 0)
      try planes.mustNotOverlap(rates)
      try bytes.mustNotOverlap(rates)
      for path in 0..<paths { try Self.check(values[path], path: path) }
      call.rates = values
      call.rate_step = 1
      return try run(call, threads: threads)
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
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Complexity: O(frames · paths · depth).
  public func predict(
    _ parameters: Parameters, inputs: Frames, into outputs: UnsafeMutablePointer<Float>?,
    stride: Int, threads: Int = 1
  ) throws(SinglePathError) {
    var call = sp_call()
    call.operation = UInt8(SP_PREDICT)
    let planes = try call.set(parameters)
    let x = try call.set(inputs: inputs, paths: parameters.count)
    let rows = try Region(
      "the outputs", outputs, rows: inputs.count, width: parameters.count, stride: stride,
      leastStride: parameters.count)
    try rows.mustNotOverlap(planes, x)
    call.outputs = outputs
    call.output_stride = stride
    _ = try run(call, threads: threads)
  }

  /// Sums J of (7), half the squared error, over the frames, for every path.
  ///
  /// - Parameters:
  ///   - parameters: θ and b, read only.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - targets: y, frames × paths. NaN marks a missing sample, which adds nothing.
  ///   - costs: one sum a path, in single precision, added in the frames' order. NaN where x or the
  ///     parameters make it one.
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Complexity: O(frames · paths · depth).
  public func costs(
    _ parameters: Parameters, inputs: Frames, targets: Frames,
    into costs: UnsafeMutablePointer<Float>?, threads: Int = 1
  ) throws(SinglePathError) {
    let paths = parameters.count
    var call = sp_call()
    call.operation = UInt8(SP_COST)
    let planes = try call.set(parameters)
    let x = try call.set(inputs: inputs, paths: paths)
    let y = try call.set(targets: targets, inputs: inputs, paths: paths)
    let sums = try Region(
      "the costs", costs, rows: 1, width: paths, stride: 0, leastStride: 0)
    try sums.mustNotOverlap(planes, x, y)
    call.outputs = costs
    _ = try run(call, threads: threads)
  }

  private static func check(_ rate: Float, path: Int?) throws(SinglePathError) {
    // Finite and above 0, by its bits: a comparison of subnormal numbers depends on the host's
    // floating-point state.
    guard 1..<Float.infinity.bitPattern ~= rate.bitPattern else {
      throw .learningRate(rate, path: path)
    }
  }

  /// Runs a checked call, cut into as many ranges of paths as there are threads.
  private func run(_ call: sp_call, threads: Int) throws(SinglePathError) -> Int {
    guard threads >= 1 else { throw .size("the number of threads", threads, least: 1) }
    if threads == 1 { return instructionSet.run(call) }
    return instructionSet.run(call, threads: threads)
  }
}
