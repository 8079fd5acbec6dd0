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
    var verdicts = [Verdict.untouched]
    var span = verdicts.mutableSpan
    let sample = try PackedSeries([(x: [x], y: [y])])
    try bank.train(on: sample.samples, rate: rate, verdicts: &span)
    return verdicts[0]
  }

  private static func evaluate(
    _ bank: borrowing PathBank, x: Float, y: Float
  ) throws -> (prediction: Float, cost: Float) {
    var (predictions, costs): ([Float], [Float]) = ([0], [0])
    var prediction = predictions.mutableSpan
    var cost = costs.mutableSpan
    let sample = try PackedSeries([(x: [x], y: [y])])
    try bank.predict(sample.inputs, into: &prediction)
    try bank.sumCosts(of: sample.samples, into: &cost)
    return (predictions[0], costs[0])
  }
}
