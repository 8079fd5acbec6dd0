import CommandLineSupport
import SinglePath
import SinglePathReference

/// One training step of one path: by the reference with everything on the way, and by the kernel.
struct Explanation {
  let x: Float
  let y: Float
  let rate: Float
  /// The path from before the step.
  let path: ReferencePath
  let step: TrainingStep
  /// ∂J/∂θ and ∂J/∂b, measured without calculus.
  let differences: Gradients
  /// What is multiplied in (16), θ⁽ˡ⁾ σ′(z⁽ˡ⁾) for l in 2...L.
  let slopeFactors: Numbered
  /// The product of (16) up to each layer, 2...L + 1.
  let slopeProducts: Numbered
  let kernel: KernelStep

  /// Takes the step.
  init(
    weights: [Float], biases: [Float]?, hidden: HiddenActivation = .sigmoid,
    output: OutputActivation = .identity, cost: CostFunction = .squaredError, x: Float, y: Float,
    rate: Float
  ) throws {
    (self.x, self.y, self.rate) = (x, y, rate)
    let shape = try PathShape(
      depth: weights.count, biases: biases != nil, hidden: hidden, output: output, cost: cost)
    path = ReferencePath(weights: weights, biases: biases ?? [], shape: shape)
    guard let step = path.step(x: Double(x), y: Double(y), rate: Double(rate)) else {
      throw Failure.usage("--y is not a number; give the target")
    }
    self.step = step
    differences = path.centralDifferences(x: Double(x), y: Double(y))
    slopeFactors = path.slopeFactors(step.trace)
    slopeProducts = path.slopeProducts(step.trace)
    kernel = try KernelStep(weights, biases ?? [], shape, x: x, y: y, rate: rate)
  }
}

/// What the kernel shows of a step: it keeps z, a and δ to itself.
struct KernelStep {
  let instructionSet: InstructionSet
  let prediction: Float
  let cost: Float
  let newWeights: [Float]
  /// Empty for a path without biases.
  let newBiases: [Float]
  let newCost: Float
  let verdict: Verdict

  /// Trains a bank of one path on one frame.
  init(
    _ weights: [Float], _ biases: [Float], _ shape: PathShape, x: Float, y: Float, rate: Float
  ) throws {
    var bank = try PathBank(shape: shape, count: 1)
    for l in 1...shape.depth {
      bank[weight: l, path: 0] = weights[l - 1]
      if shape.hasBiases { bank[bias: l, path: 0] = biases[l - 1] }
    }
    (prediction, cost) = try Self.evaluate(bank, x: x, y: y)
    verdict = try Self.train(&bank, x: x, y: y, rate: rate)
    newCost = try Self.evaluate(bank, x: x, y: y).cost
    var (newWeights, newBiases): ([Float], [Float]) = ([], [])
    for l in 1...shape.depth {
      newWeights.append(bank[weight: l, path: 0])
      if shape.hasBiases { newBiases.append(bank[bias: l, path: 0]) }
    }
    (self.newWeights, self.newBiases) = (newWeights, newBiases)
    instructionSet = bank.kernel.instructionSet
  }

  private static func train(
    _ bank: inout PathBank, x: Float, y: Float, rate: Float
  ) throws -> Verdict {
    var verdict = Verdict.untouched
    try withFrame(x, y) { inputs, targets in
      _ = try bank.train(
        inputs: inputs, targets: targets, rate: .shared(rate), verdicts: &verdict)
    }
    return verdict
  }

  private static func evaluate(
    _ bank: borrowing PathBank, x: Float, y: Float
  ) throws -> (prediction: Float, cost: Float) {
    var (prediction, cost): (Float, Float) = (0, 0)
    try withFrame(x, y) { inputs, targets in
      try bank.predict(inputs: inputs, into: &prediction, stride: 1)
      try bank.costs(inputs: inputs, targets: targets, into: &cost)
    }
    return (prediction, cost)
  }

  /// Lends one sample as one frame of one path.
  private static func withFrame(
    _ x: Float, _ y: Float, _ body: (_ inputs: Frames, _ targets: Frames) throws -> Void
  ) throws {
    try PackedSeries([(x: [x], y: [y])]).withFrames(body)
  }
}
