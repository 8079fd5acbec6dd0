import SinglePathChecks
import SinglePathShims

/// Filling a call's struct with a host's arguments.
extension sp_call {
  @inline(__always)
  init(_ operation: Int, _ parameters: Parameters, inputs: Frames) throws(SinglePathError) {
    let shape = parameters.shape
    do throws(Refusal) {
      try self.init(
        operation, depth: shape.depth, biases: shape.hasBiases ? 1 : 0, sigmoid: shape.sigmoid.code,
        hidden: shape.hidden.code, output: shape.output.code, cost: shape.cost.code,
        threshold: shape.cost.threshold, paths: parameters.count, frames: inputs.count)
    } catch {
      throw SinglePathError(error)
    }
    self.parameters = parameters.base
    parameter_stride = parameters.stride
    self.inputs = inputs.base
    input_stride = inputs.stride
    input_step = inputs.isShared ? 0 : 1
  }

  @inline(__always)
  mutating func set(
    targets: Frames, weights: Frames?, lengths: UnsafePointer<UInt32>?
  ) throws(SinglePathError) {
    guard targets.count == frames else {
      throw .frames(inputs: frames, targets: targets.count)
    }
    guard !targets.isShared else { throw .sharedTargets }
    self.targets = targets.base
    target_stride = targets.stride
    self.lengths = lengths
    guard let weights else { return }
    guard weights.count == frames else {
      throw .weights(frames: frames, weights: weights.count)
    }
    guard weights.base != nil || frames == 0 || count == 0 else {
      throw .missing("the sample weights")
    }
    self.weights = weights.base
    weight_stride = weights.stride
    weight_step = weights.isShared ? 0 : 1
  }

  @inline(__always)
  mutating func set(_ options: TrainingOptions) throws(SinglePathError) {
    guard options.batch >= 1 else { throw .size("the frames of a batch", options.batch, least: 1) }
    batch = options.batch
    if let limit = options.gradientLimit {
      // 0 would mean none to the kernel; what else it may not be is checked with the call.
      guard limit.bitPattern != 0 else { throw .setting("the limit of the gradient", limit) }
      gradient_limit = limit
    }
    guard let bounds = options.bounds else { return }
    lower = bounds.lower
    upper = bounds.upper
    bound_stride = bounds.stride
    bound_step = bounds.isShared ? 0 : 1
  }
}

/// Lends a call its learning rate, and its mask of frozen parameters, while a closure runs.
@inline(__always)
func withPointers<Result>(
  _ rate: LearningRate, _ frozen: Frozen, of call: inout sp_call,
  _ body: (inout sp_call) throws(SinglePathError) -> Result
) throws(SinglePathError) -> Result {
  switch rate {
  case .shared(let value):
    return try withUnsafePointer(to: value) { (pointer) throws(SinglePathError) in
      call.rates = pointer
      return try withMask(frozen, of: &call, body)
    }
  case .perPath(let values):
    call.rates = values
    call.rate_step = 1
    return try withMask(frozen, of: &call, body)
  }
}

/// Lends a call its mask of frozen parameters.
@inline(__always)
func withMask<Result>(
  _ frozen: Frozen, of call: inout sp_call,
  _ body: (inout sp_call) throws(SinglePathError) -> Result
) throws(SinglePathError) -> Result {
  switch frozen {
  case .none: return try body(&call)
  case .shared(let mask):
    return try withUnsafePointer(to: mask.rawValue) { (pointer) throws(SinglePathError) in
      call.frozen = pointer
      return try body(&call)
    }
  case .perPath(let masks):
    call.frozen = UnsafeRawPointer(masks).assumingMemoryBound(to: UInt16.self)
    call.frozen_step = 1
    return try body(&call)
  }
}
