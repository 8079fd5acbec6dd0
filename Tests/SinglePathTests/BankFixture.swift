import SeededRandom
import SinglePath

/// A bank with its samples in plain arrays, and what a call makes of it.
struct BankFixture {
  var shape: PathShape
  var count: Int
  var frames: Int
  /// Planes of `count`.
  var parameters: [Float]
  /// Rows of `count`.
  var inputs: [Float]
  var targets: [Float]
  var rates: [Float]
  /// Rows of `count`, or one value a frame, for all.
  var weights: [Float]?
  var lengths: [UInt32]?
  var batch = 1
  var gradientLimit: Float?
  /// `count` masks, or one for all.
  var frozen: [ParameterMask]?
  /// Planes of `count`, or one value a parameter, for all.
  var lower: [Float]?
  var upper: [Float]?

  init(
    depth: Int, biases: Bool, sigmoid: SigmoidMethod = .polynomial, count: Int, frames: Int,
    stream: UInt64 = 0
  ) throws {
    self.init(
      try PathShape(depth: depth, biases: biases, hidden: .sigmoid(sigmoid)), count: count,
      frames: frames, stream: stream)
  }

  init(_ shape: PathShape, count: Int, frames: Int, stream: UInt64 = 0) {
    self.shape = shape
    self.count = count
    self.frames = frames
    var generator = SplitMix64(stream: stream)
    parameters = generator.floats(count * shape.parameterCount, 2)
    inputs = generator.floats(count * frames, 2)
    targets = generator.floats(count * frames)
    if shape.cost == .crossEntropy { targets = targets.map(abs) }
    rates = generator.floats(count).map { 0.15 + abs($0) / 8 }
  }

  /// Weights, lengths, batches, a limit, frozen parameters and bounds, each of each path.
  static func withEveryOption(_ shape: PathShape, count: Int, frames: Int) -> BankFixture {
    var fixture = BankFixture(shape, count: count, frames: frames)
    fixture.weights = (0..<count * frames).map { Float($0 % 5) / 2 }
    fixture.lengths = (0..<count).map { UInt32($0 % (frames + 2)) }
    fixture.batch = 2
    fixture.gradientLimit = 0.75
    fixture.frozen = (0..<count).map { ParameterMask(rawValue: UInt16(truncatingIfNeeded: $0 * 5)) }
    fixture.lower = fixture.parameters.indices.map { $0 % 7 == 0 ? -0.5 : -8 }
    fixture.upper = fixture.parameters.indices.map { $0 % 5 == 0 ? 0.5 : 8 }
    return fixture
  }

  struct Result: Equatable {
    var parameters: [UInt32]
    var verdicts: [Verdict]
    var diverged: Int

    /// The bits of one path.
    func path(_ i: Int, of count: Int) -> [UInt32] {
      stride(from: i, to: parameters.count, by: count).map { parameters[$0] }
        + [UInt32(verdicts[i].rawValue)]
    }
  }

  /// - Parameter wantsVerdicts: false leaves them `.untouched` in the result.
  func trained(
    _ kernel: Kernel = Kernel(), threads: Int = 1, wantsVerdicts: Bool = true
  ) throws -> Result {
    let lent = try LentFixture(self)
    let diverged = try lent.train(kernel, threads: threads, wantsVerdicts: wantsVerdicts)
    return Result(
      parameters: lent.parameters.values.map(\.bitPattern), verdicts: lent.foundVerdicts,
      diverged: diverged)
  }

  func predicted(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    let lent = try LentFixture(self)
    try lent.predict(kernel, threads: threads)
    return lent.outputs.values.map(\.bitPattern)
  }

  func costs(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    let lent = try LentFixture(self)
    try lent.sumCosts(kernel, threads: threads)
    return lent.costs.values.map(\.bitPattern)
  }

  /// The rows of `Examination`, then those of the gradient.
  func examined(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    let lent = try LentFixture(self)
    try lent.examine(kernel, threads: threads)
    return lent.examined.values.map(\.bitPattern)
  }

  /// What depends on samples that are not missing: training, costs and examination.
  func resultsOfSamples(_ set: InstructionSet, threads: Int = 1) throws -> [[UInt32]] {
    let kernel = try Kernel(set)
    let trained = try trained(kernel, threads: threads)
    return [
      trained.parameters, trained.verdicts.map { UInt32($0.rawValue) }, [UInt32(trained.diverged)],
      try costs(kernel, threads: threads), try examined(kernel, threads: threads),
    ]
  }

  /// These and predictions.
  func allResults(_ set: InstructionSet, threads: Int = 1) throws -> [[UInt32]] {
    try resultsOfSamples(set, threads: threads) + [predicted(Kernel(set), threads: threads)]
  }

  /// The fixture of some of its paths alone.
  func restricted(to paths: [Int]) -> BankFixture {
    var fixture = self
    fixture.count = paths.count
    fixture.parameters = pick(parameters, paths)
    fixture.inputs = pick(inputs, paths)
    fixture.targets = pick(targets, paths)
    fixture.rates = pick(rates, paths)
    // What all paths share is not picked from.
    if let weights, weights.count != frames { fixture.weights = pick(weights, paths) }
    if let lower, lower.count != shape.parameterCount { fixture.lower = pick(lower, paths) }
    if let upper, upper.count != shape.parameterCount { fixture.upper = pick(upper, paths) }
    if let frozen, frozen.count != 1 { fixture.frozen = pick(frozen, paths) }
    fixture.lengths = lengths.map { pick($0, paths) }
    return fixture
  }

  private func pick<Value>(_ rows: [Value], _ paths: [Int]) -> [Value] {
    stride(from: 0, to: rows.count, by: count).flatMap { row in paths.map { rows[row + $0] } }
  }
}

// MARK: - By the bank

extension BankFixture {
  func bank(_ kernel: Kernel = Kernel()) throws -> PathBank {
    try PathBank(shape: shape, count: count, parameters: parameters.span, kernel: kernel)
  }

  @_lifetime(borrow self)
  func samples() throws -> Samples {
    let x = FrameMatrix.perPath(inputs.span, frames: frames)
    let y = FrameMatrix.perPath(targets.span, frames: frames)
    guard let w = weights?.span else {
      return try Samples(inputs: x, targets: y, lengths: lengths?.span)
    }
    return try Samples(
      inputs: x, targets: y,
      weights: w.count == frames ? .shared(w) : .perPath(w, frames: frames),
      lengths: lengths?.span)
  }

  var options: TrainingOptions {
    var options = TrainingOptions()
    options.batch = batch
    options.gradientLimit = gradientLimit
    if let frozen {
      options.frozen = frozen.count == 1 ? .shared(frozen[0]) : .perPath(frozen)
    }
    if let lower, let upper {
      options.bounds =
        lower.count == shape.parameterCount
        ? .shared(lower: lower, upper: upper) : .perPath(lower: lower, upper: upper)
    }
    return options
  }
}
