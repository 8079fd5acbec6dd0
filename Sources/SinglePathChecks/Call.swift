import SinglePathShims

// The rules of a call, for every face: a face makes a call, sets the arrays of the operation as its
// host gives them, and checks it before it runs. An array that is added to a call is one more region
// in the list of each operation that reads or writes it.
extension sp_call {
  /// A call without arrays.
  ///
  /// - Parameters:
  ///   - operation: SP_TRAIN, SP_PREDICT, SP_COST or SP_EXAMINE.
  ///   - depth: L, 1…SP_DEPTHS, or the call is refused.
  ///   - biases: 0 or 1, or the call is refused.
  ///   - sigmoid, hidden, output, cost: one of SP_SIGMOID_*, SP_HIDDEN_*, SP_OUTPUT_* and SP_COST_*, or
  ///     the call is refused.
  ///   - threshold: of Huber's cost, finite and above 0, or the call is refused.
  ///   - paths: 0 or more, or the call is refused.
  ///   - frames: 0 or more, or the call is refused.
  @inlinable @inline(__always)
  public init(
    _ operation: Int, depth: Int, biases: Int, sigmoid: Int, hidden: Int, output: Int, cost: Int,
    threshold: Float, paths: Int, frames: Int
  ) throws(Refusal) {
    self.init()
    guard 1...Int(SP_DEPTHS) ~= depth, 0...1 ~= biases, 0..<SP_SIGMOID_COUNT ~= sigmoid,
      0..<SP_HIDDEN_COUNT ~= hidden, 0..<SP_OUTPUT_COUNT ~= output, 0..<SP_COST_COUNT ~= cost
    else {
      throw .shape(depth: depth)
    }
    if cost == SP_COST_HUBER, !threshold.isFiniteAndPositive {
      throw .setting("the threshold of Huber's cost", threshold)
    }
    if paths < 0 { throw .size("the number of paths", paths, least: 0) }
    if frames < 0 { throw .size("the number of frames", frames, least: 0) }
    self.operation = UInt8(truncatingIfNeeded: operation)
    self.depth = UInt8(truncatingIfNeeded: depth)
    has_biases = UInt8(truncatingIfNeeded: biases)
    self.sigmoid = UInt8(truncatingIfNeeded: sigmoid)
    self.hidden = UInt8(truncatingIfNeeded: hidden)
    self.output = UInt8(truncatingIfNeeded: output)
    self.cost = UInt8(truncatingIfNeeded: cost)
    self.threshold = threshold
    count = paths
    self.frames = frames
  }

  /// L weights, and as many biases if there are any.
  public var parameterCount: Int { Int(depth) &* (has_biases == 0 ? 1 : 2) }
}

// Checked where it lies: the struct is large, and a small call has no time to copy it.
extension UnsafePointer<sp_call> {
  /// Refuses what is wrong with the arrays that the operation reads or writes.
  ///
  /// - Parameters:
  ///   - diverged: where the face writes how many paths diverged in a training, or nil.
  ///   - options, fitting: the host's structs that some of the call was copied from, or nil.
  public func check(
    diverged: UnsafePointer<Int>? = nil, options: UnsafePointer<sp_options>? = nil,
    fitting: UnsafePointer<sp_fitting>? = nil
  ) throws(Refusal) {
    switch Int(pointee.operation) {
    case SP_TRAIN: try checkTraining(diverged, options)
    case SP_PREDICT: try checkPrediction()
    case SP_FIT: try checkFit(options, fitting)
    default: try checkCost(options)
    }
  }

  /// Refuses what is wrong with parameters that a face writes by itself.
  public func checkParameters() throws(Refusal) {
    _ = try parameterRegion()
  }

  @inline(__always)
  private func checkTraining(
    _ diverged: UnsafePointer<Int>?, _ options: UnsafePointer<sp_options>?
  ) throws(Refusal) {
    // By its bits: 0, which is no limit, and what is above 0.
    guard pointee.gradient_limit.bitPattern <= Float.infinity.bitPattern else {
      throw .setting("the limit of the gradient", pointee.gradient_limit)
    }
    let written: InlineArray<3, Region> = [
      try parameterRegion(),
      try Region(
        "the verdicts", pointee.verdicts, width: pointee.count, isOptional: true),
      try Region(
        "the number of diverged paths", diverged, width: 1, isOptional: true),
    ]
    try Region.mustBeApart(
      written: written,
      read: [inputRegion(), targetRegion(), rateRegion(), optionRegion(options)])
    if hasSampleOptions || hasUpdateOptions {
      try Region.mustBeApart(written: written, read: sampleOptions())
      try Region.mustBeApart(written: written, read: updateOptions())
    }
    try checkRates()
  }

  @inline(__always)
  private func checkPrediction() throws(Refusal) {
    try Region.mustBeApart(
      written: [
        Region(
          "the outputs", pointee.outputs, rows: pointee.frames, width: pointee.count,
          stride: pointee.output_stride,
          leastStride: pointee.count)
      ],
      read: [parameterRegion(), inputRegion()])
  }

  @inline(__always)
  private func checkCost(_ options: UnsafePointer<sp_options>?) throws(Refusal) {
    let written: InlineArray<1, Region> = [
      Int(pointee.operation) == SP_EXAMINE
        ? try Region(
          "the examination", pointee.outputs,
          rows: Int(SP_EXAMINED_ROWS) &+ (pointee.wants_gradient == 0 ? 0 : pointee.parameterCount),
          width: pointee.count,
          stride: pointee.output_stride, leastStride: pointee.count)
        : try Region(
          "the costs", pointee.outputs, width: pointee.count)
    ]
    try Region.mustBeApart(
      written: written,
      read: [parameterRegion(), inputRegion(), targetRegion(), optionRegion(options)])
    if hasSampleOptions {
      try Region.mustBeApart(written: written, read: sampleOptions())
    }
  }

  @inline(__always)
  func parameterRegion() throws(Refusal) -> Region {
    try Region(
      "the parameters", pointee.parameters, rows: pointee.parameterCount, width: pointee.count,
      stride: pointee.parameter_stride,
      leastStride: pointee.count)
  }

  @inline(__always)
  func inputRegion() throws(Refusal) -> Region {
    try Region(
      "the inputs", pointee.inputs, rows: pointee.frames,
      width: width("the inputs", step: pointee.input_step),
      stride: pointee.input_stride)
  }

  @inline(__always)
  func targetRegion() throws(Refusal) -> Region {
    try Region(
      "the targets", pointee.targets, rows: pointee.frames, width: pointee.count,
      stride: pointee.target_stride)
  }

  @inline(__always)
  private func rateRegion() throws(Refusal) -> Region {
    let width = try width("the learning rates", step: pointee.rate_step)
    if pointee.rates == nil { return .empty("the learning rates") }
    return try Region("the learning rates", pointee.rates, width: width)
  }

  @inline(__always)
  func optionRegion(_ options: UnsafePointer<sp_options>?) throws(Refusal) -> Region {
    let region = try Region("the options", options, width: 1, isOptional: true)
    guard let reserved = options?.pointee.reserved else { return region }
    if reserved.0 | reserved.1 | reserved.2 | reserved.3 != 0 { throw .reserved("the options") }
    return region
  }

  /// How many elements a row has: one a path, or one that all paths share.
  @inline(__always)
  func width(_ name: StaticString, step: Int) throws(Refusal) -> Int {
    guard step == 0 || step == 1 else { throw .step(name, step) }
    return step == 0 ? min(1, pointee.count) : pointee.count
  }

  /// Checks the values of the learning rates, after where they lie.
  @inline(__always)
  private func checkRates() throws(Refusal) {
    guard pointee.rates != nil else {
      if pointee.rate.isFiniteAndPositive || pointee.count == 0 { return }
      throw .rate(pointee.rate, path: nil)
    }
    for path in 0..<(pointee.rate_step == 0 ? min(1, pointee.count) : pointee.count) {
      guard pointee.rates[path].isFiniteAndPositive else {
        throw .rate(pointee.rates[path], path: pointee.rate_step == 0 ? nil : path)
      }
    }
  }
}
