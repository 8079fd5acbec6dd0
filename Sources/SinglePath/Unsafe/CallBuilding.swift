import SinglePathChecks
import SinglePathShims

// All that the Swift face knows of the kernel's structs: filling them with a host's arguments, checking
// them, and cutting them into ranges of paths.

// MARK: - Filling a call

extension sp_call {
  @inline(__always)
  init(
    _ operation: Int, _ parameters: UnsafeParameters, inputs: UnsafeRows, frames: Int
  ) throws(SinglePathError) {
    let shape = unsafe parameters.shape.codes
    do throws(Refusal) {
      unsafe try self.init(
        operation, depth: Int(shape.depth), biases: Int(shape.hasBiases),
        sigmoid: Int(shape.sigmoid), hidden: Int(shape.hidden), output: Int(shape.output),
        cost: Int(shape.cost), threshold: shape.threshold, paths: parameters.count,
        frames: frames)
    } catch {
      throw SinglePathError(error)
    }
    unsafe self.parameters = parameters.base
    unsafe parameter_stride = parameters.stride
    try unsafe requireElements(
      .parameters, parameters.elements, rows: parameterCount, width: count,
      stride: parameter_stride, leastStride: count)
    unsafe self.inputs = inputs.base
    unsafe input_stride = inputs.stride(paths: count)
    unsafe input_step = inputs.isShared ? 0 : 1
    try unsafe requireFrames(.inputs, inputs)
  }

  @inline(__always)
  mutating func set(_ samples: UnsafeSamples) throws(SinglePathError) {
    unsafe targets = samples.targets.base
    unsafe target_stride = samples.targets.stride(paths: count)
    try unsafe requireFrames(.targets, samples.targets)
    if let lengths = unsafe samples.lengths {
      unsafe self.lengths = lengths.baseAddress
      try unsafe requireElements(.lengths, lengths.count, width: count)
    }
    guard let weights = unsafe samples.weights else { return }
    unsafe self.weights = weights.base
    unsafe weight_stride = weights.stride(paths: count)
    unsafe weight_step = weights.isShared ? 0 : 1
    try unsafe requireFrames(.weights, weights)
  }

  @inline(__always)
  mutating func set(_ learningRate: UnsafeLearningRate) throws(SinglePathError) {
    switch unsafe learningRate {
    case .shared(let value): unsafe rate = value
    case .perPath(let values):
      unsafe rates = values.baseAddress
      unsafe rate_step = 1
      try unsafe requireElements(.rates, values.count, width: count)
    }
  }

  @inline(__always)
  mutating func set(_ options: UnsafeTrainingOptions) throws(SinglePathError) {
    guard unsafe options.batch >= 1 else {
      throw .size(.batch, unsafe options.batch, allowed: 1...Int.max)
    }
    unsafe batch = options.batch
    if let limit = unsafe options.gradientLimit {
      // 0 would mean none to the kernel; what else it may not be is checked with the call.
      guard limit.bitPattern != 0 else { throw .setting(.gradientLimit, limit) }
      unsafe gradient_limit = limit
    }
    try unsafe set(options.frozen)
    guard let bounds = unsafe options.bounds else { return }
    unsafe lower = bounds.lower.baseAddress
    unsafe upper = bounds.upper.baseAddress
    unsafe bound_stride = bounds.givenStride ?? count
    unsafe bound_step = bounds.isShared ? 0 : 1
    let width = unsafe bounds.isShared ? min(1, count) : count
    try unsafe requireElements(
      .lowerBounds, bounds.lower.count, rows: parameterCount, width: width, stride: bound_stride,
      leastStride: width)
    try unsafe requireElements(
      .upperBounds, bounds.upper.count, rows: parameterCount, width: width, stride: bound_stride,
      leastStride: width)
  }

  @inline(__always)
  mutating func set(_ frozen: UnsafeFrozenParameters) throws(SinglePathError) {
    switch unsafe frozen {
    case .none: break
    case .shared(let mask): unsafe frozen_mask = mask.rawValue
    case .perPath(let masks):
      unsafe self.frozen = unsafe UnsafeRawPointer(masks.baseAddress)?.assumingMemoryBound(
        to: UInt16.self)
      unsafe frozen_step = 1
      try unsafe requireElements(.frozen, masks.count, width: count)
    }
  }

  @inline(__always)
  mutating func set(verdicts: UnsafeMutableBufferPointer<UInt8>?) throws(SinglePathError) {
    guard let verdicts = unsafe verdicts else { return }
    unsafe self.verdicts = verdicts.baseAddress
    try unsafe requireElements(.verdicts, verdicts.count, width: count)
  }

  /// - Parameter stride: elements from row to row; nil is the number of paths.
  @inline(__always)
  mutating func set(
    _ argument: @autoclosure () -> Argument, _ outputs: UnsafeMutableBufferPointer<Float>,
    rows: Int, stride: Int? = nil
  ) throws(SinglePathError) {
    unsafe self.outputs = outputs.baseAddress
    unsafe output_stride = stride ?? count
    try unsafe requireElements(
      argument(), outputs.count, rows: rows, width: count, stride: output_stride,
      leastStride: count)
  }
}

// MARK: - Lengths

extension sp_call {
  @inline(__always)
  private func requireFrames(
    _ argument: @autoclosure () -> Argument, _ matrix: UnsafeRows
  ) throws(SinglePathError) {
    unsafe try requireElements(
      argument(), matrix.elements, rows: frames, width: matrix.width(paths: count),
      stride: matrix.stride(paths: count))
  }

  /// Refuses memory that holds fewer elements than the call would touch. A stride that is too small is
  /// left to the call's check.
  @inline(__always)
  private func requireElements(
    _ argument: @autoclosure () -> Argument, _ elements: Int, rows: Int = 1, width: Int,
    stride: Int = 0, leastStride: Int = 0
  ) throws(SinglePathError) {
    guard rows > 0, width > 0, rows == 1 || stride >= leastStride else { return }
    let (before, overflow1) = (rows - 1).multipliedReportingOverflow(by: rows == 1 ? 0 : stride)
    let (needed, overflow2) = before.addingReportingOverflow(width)
    if overflow1 || overflow2 { throw .overflow(argument()) }
    guard elements >= needed else {
      throw .tooShort(
        argument(), count: elements, needed: needed,
        SinglePathError.Layout(rows: rows, width: width, stride: stride))
    }
  }
}

// MARK: - Checking and running

extension sp_call {
  /// Refuses what is wrong with the arrays of the call.
  @inline(__always)
  mutating func check() throws(SinglePathError) {
    do throws(Refusal) {
      try unsafe withUnsafePointer(to: &self) { (call) throws(Refusal) in
        try unsafe call.check()
      }
    } catch {
      throw SinglePathError(error)
    }
  }

  /// The same call for a range of its paths.
  func restricted(to paths: Range<Int>) -> sp_call {
    var part = unsafe self
    unsafe part.count = paths.count
    unsafe part.parameters? += paths.lowerBound
    unsafe part.inputs? += paths.lowerBound * input_step
    unsafe part.targets? += paths.lowerBound
    unsafe part.rates? += paths.lowerBound * rate_step
    unsafe part.weights? += paths.lowerBound * weight_step
    unsafe part.lengths? += paths.lowerBound
    unsafe part.frozen? += paths.lowerBound * frozen_step
    unsafe part.lower? += paths.lowerBound * bound_step
    unsafe part.upper? += paths.lowerBound * bound_step
    unsafe part.outputs? += paths.lowerBound
    unsafe part.verdicts? += paths.lowerBound
    return unsafe part
  }
}

extension UnsafeParameters {
  /// Draws every parameter uniformly from a range.
  func randomize(in range: ClosedRange<Float>, seed: UInt64) {
    var call = unsafe sp_call()
    unsafe call.depth = UInt8(shape.depth)
    unsafe call.has_biases = shape.hasBiases ? 1 : 0
    unsafe call.count = count
    unsafe call.parameters = base
    unsafe call.parameter_stride = stride
    unsafe call.initialise(seed: seed, from: range.lowerBound, to: range.upperBound)
  }
}

// MARK: - Reviews

/// Where a monitor keeps what it knows of each path: rows of one value a path.
@unsafe struct UnsafeReviewState {
  let rows: UnsafePointer<Float>
  let bestCosts: UnsafeMutablePointer<Float>
  let referenceCosts: UnsafeMutablePointer<Float>
  let ages: UnsafeMutablePointer<UInt32>
  let bestParameters: UnsafeMutablePointer<Float>
}

extension UnsafeReviewState {
  /// Checks a review and runs it.
  func review(
    _ parameters: UnsafeParameters, by rules: ConvergenceMonitor.Rules,
    rates: UnsafeMutablePointer<Float>?, verdicts: UnsafeMutablePointer<UInt8>?
  ) throws(SinglePathError) {
    var review = unsafe sp_review_call(rules)
    unsafe review.count = parameters.count
    unsafe review.hidden = parameters.shape.codes.hidden
    unsafe review.verdicts = verdicts
    unsafe review.rates = rates
    unsafe review.parameter_count = parameters.shape.parameterCount
    unsafe review.parameters = parameters.base
    unsafe review.parameter_stride = parameters.stride
    unsafe review.examined = rows
    unsafe review.examined_stride = parameters.count
    unsafe review.best_costs = bestCosts
    unsafe review.reference_costs = referenceCosts
    unsafe review.ages = ages
    unsafe review.best_parameters = bestParameters
    unsafe review.best_stride = parameters.count
    do throws(Refusal) {
      try unsafe review.check()
    } catch {
      throw SinglePathError(error)
    }
    unsafe review.run()
  }
}

extension ConvergenceMonitor.Rules {
  /// Refuses tolerances and thresholds out of their range.
  func checkTolerances() throws(SinglePathError) {
    do throws(Refusal) {
      try unsafe sp_review_call(self).checkRules(goesBack: retreatThreshold != nil)
    } catch {
      throw SinglePathError(error)
    }
  }
}

extension sp_review_call {
  fileprivate init(_ rules: ConvergenceMonitor.Rules) {
    unsafe self.init()
    unsafe self.rules.relative_tolerance = rules.relativeTolerance
    unsafe self.rules.absolute_tolerance = rules.absoluteTolerance
    unsafe self.rules.patience = UInt32(rules.patience)
    unsafe self.rules.minimum_samples = Float(rules.minimumSamples)
    unsafe self.rules.retreat_threshold = rules.retreatThreshold ?? 0
  }
}
