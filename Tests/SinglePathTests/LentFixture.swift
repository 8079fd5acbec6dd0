import SinglePath

/// A fixture in memory of its own, lent to the kernel.
final class LentFixture {
  let fixture: BankFixture
  let parameters, inputs, targets, rates: GuardedMemory<Float>
  let outputs, costs, examined: GuardedMemory<Float>
  let verdicts: GuardedMemory<UInt8>
  private let weights, lower, upper: GuardedMemory<Float>?
  private let lengths: GuardedMemory<UInt32>?
  private let frozen: GuardedMemory<ParameterMask>?

  let planes: UnsafeParameters
  private let x: UnsafeFrames
  let samples: UnsafeSamples
  let options: UnsafeTrainingOptions

  /// - Parameter surroundings: of every array; the marks there would show in a result if they were read.
  init(_ fixture: BankFixture, _ surroundings: Surroundings = .none) throws(SinglePathError) {
    let (count, frames, shape) = (fixture.count, fixture.frames, fixture.shape)
    func memory(_ values: [Float], around mark: Float) -> GuardedMemory<Float> {
      GuardedMemory(values, width: count, around: mark, surroundings)
    }
    func written(rows: Int) -> GuardedMemory<Float> {
      memory([Float](repeating: -7, count: rows * count), around: -5)
    }
    // What all paths share is one row.
    func lent(_ values: [Float], sharedIf rows: Int, around mark: Float) -> GuardedMemory<Float> {
      values.count == rows && count != 1
        ? GuardedMemory(values, width: rows, around: mark, surroundings)
        : memory(values, around: mark)
    }
    self.fixture = fixture
    parameters = memory(fixture.parameters, around: .nan)
    inputs = memory(fixture.inputs, around: .nan)
    targets = memory(fixture.targets, around: .infinity)
    rates = memory(fixture.rates, around: .nan)
    weights = fixture.weights.map { lent($0, sharedIf: frames, around: .infinity) }
    lower = fixture.lower.map { lent($0, sharedIf: shape.parameterCount, around: 1e30) }
    upper = fixture.upper.map { lent($0, sharedIf: shape.parameterCount, around: -1e30) }
    lengths = fixture.lengths.map {
      GuardedMemory($0, width: count, around: .max, surroundings)
    }
    frozen = fixture.frozen.map {
      GuardedMemory(
        $0, width: $0.count, around: ParameterMask(rawValue: .max), surroundings)
    }
    outputs = written(rows: frames)
    costs = written(rows: 1)
    examined = written(rows: Examination.rowCount + shape.parameterCount)
    verdicts = GuardedMemory(
      [UInt8](repeating: 0, count: count), width: count, around: 0xA5, surroundings)
    planes = UnsafeParameters(
      parameters.buffer, shape: shape, count: count, stride: parameters.stride)
    x = UnsafeFrames(inputs.readOnly, frames: frames, stride: inputs.stride)
    samples = try UnsafeSamples(
      inputs: x, targets: UnsafeFrames(targets.readOnly, frames: frames, stride: targets.stride),
      weights: weights.map {
        fixture.weights?.count == frames && count != 1
          ? UnsafeFrames(shared: $0.readOnly, frames: frames)
          : UnsafeFrames($0.readOnly, frames: frames, stride: $0.stride)
      },
      lengths: lengths?.readOnly)
    options = Self.options(fixture, frozen, lower, upper)
  }

  private static func options(
    _ fixture: BankFixture, _ frozen: GuardedMemory<ParameterMask>?,
    _ lower: GuardedMemory<Float>?, _ upper: GuardedMemory<Float>?
  ) -> UnsafeTrainingOptions {
    var options = UnsafeTrainingOptions()
    options.batch = fixture.batch
    options.gradientLimit = fixture.gradientLimit
    if let frozen, let masks = fixture.frozen {
      options.frozen =
        masks.count == 1 && fixture.count != 1 ? .shared(masks[0]) : .perPath(frozen.readOnly)
    }
    if let lower, let upper {
      options.bounds =
        fixture.lower?.count == fixture.shape.parameterCount && fixture.count != 1
        ? UnsafeBounds(shared: lower.readOnly, upper.readOnly)
        : UnsafeBounds(lower.readOnly, upper.readOnly, stride: lower.stride)
    }
    return options
  }

  // MARK: - Calls

  /// Trains each path with its own rate, and returns how many diverged.
  @discardableResult
  func train(
    _ kernel: Kernel, threads: Int = 1, wantsVerdicts: Bool = true
  ) throws(SinglePathError) -> Int {
    try kernel.train(
      planes, on: samples, rate: .perPath(rates.readOnly), options: options,
      verdicts: wantsVerdicts ? verdicts.buffer : nil, threads: threads
    ).divergedCount
  }

  /// Trains all paths with one rate.
  func train(_ kernel: Kernel, rate: Float) throws(SinglePathError) {
    try kernel.train(planes, on: samples, rate: rate, options: options, verdicts: verdicts.buffer)
  }

  func predict(_ kernel: Kernel, threads: Int = 1) throws(SinglePathError) {
    try kernel.predict(
      planes, inputs: x, into: outputs.buffer, stride: outputs.stride, threads: threads)
  }

  func sumCosts(_ kernel: Kernel, threads: Int = 1) throws(SinglePathError) {
    try kernel.sumCosts(planes, of: samples, into: costs.buffer, threads: threads)
  }

  func examine(_ kernel: Kernel, threads: Int = 1) throws(SinglePathError) {
    try kernel.examine(
      planes, on: samples, into: examined.buffer, gradients: true, stride: examined.stride,
      threads: threads)
  }

  /// Fits each path, and returns the rows of `FitRow`, then those of the standard errors.
  func fit(
    _ kernel: Kernel, start: FitStart, maximumPasses: Int?, threads: Int
  ) throws(SinglePathError) -> [Float] {
    let rows = fitRows()
    try kernel.fit(
      planes, to: samples, frozen: options.frozen, start: start, maximumPasses: maximumPasses,
      verdicts: verdicts.buffer, into: rows.buffer, standardErrors: true, threads: threads)
    return rows.values
  }

  /// Memory for the rows that a fit finds.
  func fitRows() -> GuardedMemory<Float> {
    let rows = FitRow.count + fixture.shape.parameterCount
    return GuardedMemory(
      [Float](repeating: -1, count: rows * fixture.count), width: fixture.count, around: -5)
  }

  // MARK: - What is there afterwards

  /// The bytes of the verdicts, each of which is one.
  var foundVerdicts: [Verdict] { verdicts.values.compactMap(Verdict.init(rawValue:)) }

  /// As `BankFixture.allResults`, after the calls.
  func allResults(diverged: Int) -> [[UInt32]] {
    [
      parameters.values.map(\.bitPattern), verdicts.values.map(UInt32.init), [UInt32(diverged)],
      costs.values.map(\.bitPattern), examined.values.map(\.bitPattern),
      outputs.values.map(\.bitPattern),
    ]
  }

  /// Whether all that surrounds the arrays is as it was.
  var isWhole: Bool {
    let floats = [
      parameters, inputs, targets, rates, outputs, costs, examined, weights, lower, upper,
    ]
    return floats.allSatisfy { $0?.isWhole ?? true } && verdicts.isWhole
      && lengths?.isWhole ?? true && frozen?.isWhole ?? true
  }
}
