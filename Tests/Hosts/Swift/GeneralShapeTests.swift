import CSinglePath
import SinglePath
import Testing

/// A job whose numbers come from their place alone.
private struct Job {
  let count = 37
  let frames = 6
  let parameters, inputs, targets, weights: [Float]
  let lengths: [UInt32]

  init(_ parameterCount: Int) {
    parameters = (0..<parameterCount * count).map { Float($0 * 7 % 19) / 10 - 0.9 }
    inputs = (0..<frames * count).map { Float($0 * 5 % 23) / 10 - 1 }
    targets = (0..<frames * count).map { Float($0 * 3 % 11) / 10 }
    weights = (0..<frames).map { Float($0 % 3) }
    lengths = (0..<count).map { UInt32($0 % 8) }
  }
}

@Suite("Every shape from C")
struct GeneralShapeTests {
  private static let hidden: [(HiddenActivation, Int)] = [
    (.sigmoid, SP_HIDDEN_SIGMOID), (.tanh, SP_HIDDEN_TANH), (.relu, SP_HIDDEN_RELU),
    (.leakyReLU, SP_HIDDEN_LEAKY_RELU), (.softplus, SP_HIDDEN_SOFTPLUS),
    (.identity, SP_HIDDEN_IDENTITY),
  ]
  private static let outputs: [(OutputActivation, Int)] = [
    (.identity, SP_OUTPUT_IDENTITY), (.sigmoid, SP_OUTPUT_SIGMOID), (.softmax, SP_OUTPUT_SIGMOID),
    (.tanh, SP_OUTPUT_TANH), (.softplus, SP_OUTPUT_SOFTPLUS),
  ]
  private static let costs: [(CostFunction, Int)] = [
    (.squaredError, SP_COST_SQUARED_ERROR), (.crossEntropy, SP_COST_CROSS_ENTROPY),
    (.huber(threshold: 0.25), SP_COST_HUBER),
  ]

  @Test(arguments: 0..<6)
  func hasTheBitsOfTheSwiftFace(index: Int) throws {
    let (hidden, hiddenCode) = Self.hidden[index]
    for (output, outputCode) in Self.outputs {
      for (cost, costCode) in Self.costs {
        let swift = try PathShape(
          depth: 3, biases: true, hidden: hidden, output: output, cost: cost)
        var c = sp_shape(depth: 3, has_biases: 1, sigmoid: 0)
        c.hidden = Int32(hiddenCode)
        c.output = Int32(outputCode)
        c.cost = Int32(costCode)
        c.threshold = 0.25
        let job = Job(swift.parameterCount)
        #expect(try trained(job, swift) == trained(job, c), "\(hidden), \(output), \(cost)")
      }
    }
  }

  /// Bits of the parameters after a training with every option, then of an examination.
  private func trained(_ job: Job, _ shape: PathShape) throws -> [UInt32] {
    var (parameters, rows) = (job.parameters, [Float](repeating: 0, count: 10 * job.count))
    var mask = ParameterMask.weight(2)
    mask.insert(.bias(1, depth: 3))
    let (lower, upper) = ([Float](repeating: -0.8, count: 6), [Float](repeating: 0.85, count: 6))
    var options = TrainingOptions()
    options.batch = 4
    options.gradientLimit = 0.5
    options.frozen = .shared(mask)
    options.bounds = .shared(lower: lower, upper: upper)
    var bank = try PathBank(shape: shape, count: job.count, parameters: parameters.span)
    let samples = try Samples(
      inputs: .perPath(job.inputs.span, frames: job.frames),
      targets: .perPath(job.targets.span, frames: job.frames),
      weights: .shared(job.weights.span), lengths: job.lengths.span)
    try bank.train(on: samples, rate: 0.5, options: options)
    var found = rows.mutableSpan
    try bank.examine(on: samples, into: &found, gradients: true)
    parameters = bank.copyParameters()
    return (parameters + rows).map(\.bitPattern)
  }

  private func trained(_ job: Job, _ shape: sp_shape) throws -> [UInt32] {
    var (parameters, rows) = (job.parameters, [Float](repeating: 0, count: 10 * job.count))
    let mask: UInt16 = 1 << 1 | 1 << 3
    let (lower, upper) = ([Float](repeating: -0.8, count: 6), [Float](repeating: 0.85, count: 6))
    withUnsafePointer(to: mask) { mask in
      job.weights.withUnsafeBufferPointer { w in
        job.lengths.withUnsafeBufferPointer { lengths in
          lower.withUnsafeBufferPointer { lower in
            upper.withUnsafeBufferPointer { upper in
              var options = sp_options()
              options.weights = w.baseAddress
              options.weight_stride = 1
              options.lengths = lengths.baseAddress
              options.batch = 4
              options.gradient_limit = 0.5
              options.frozen = mask
              options.lower = lower.baseAddress
              options.upper = upper.baseAddress
              options.bound_stride = 1
              var rate: Float = 0.5
              let count = job.count
              let trained = sp_train(
                shape, count, job.frames, &parameters, count, job.inputs, count, 1, job.targets,
                count,
                &rate, 0, nil, nil, &options)
              let examined = sp_examine(
                shape, count, job.frames, parameters, count, job.inputs, count, 1, job.targets,
                count,
                &rows, count, 1, &options)
              #expect(trained == sp_status(SP_OK) && examined == sp_status(SP_OK))
            }
          }
        }
      }
    }
    return (parameters + rows).map(\.bitPattern)
  }
}
