import SinglePath
import SinglePathShims
import Testing

/// Samples for paths, and one review after another.
struct ReviewFixture {
  let shape: PathShape
  /// Planes and rows of `count`.
  var parameters: [Float]
  var inputs: [Float]
  var targets: [Float]
  var weights: [Float]?
  var lengths: [UInt32]?
  var count: Int { parameters.count / shape.parameterCount }
  var frames: Int { inputs.count / count }

  func bank() throws -> PathBank {
    try PathBank(shape: shape, count: count, parameters: parameters.span)
  }

  /// The verdicts of one review after a training that gave these.
  func reviewed(
    by monitor: inout ConvergenceMonitor, _ bank: inout PathBank, after trained: [Verdict],
    rates: UnsafeMutableBufferPointer<Float>? = nil
  ) throws -> [Verdict] {
    var verdicts = trained
    var found = verdicts.mutableSpan
    let weights = weights ?? [Float](repeating: 1, count: inputs.count)
    let lengths = lengths ?? [UInt32](repeating: .max, count: count)
    let samples = try Samples(
      inputs: .perPath(inputs.span, frames: frames),
      targets: .perPath(targets.span, frames: frames),
      weights: .perPath(weights.span, frames: frames), lengths: lengths.span)
    if let rates {
      var span = rates.mutableSpan
      try monitor.review(&bank, on: samples, rates: &span, verdicts: &found)
    } else {
      try monitor.review(&bank, on: samples, verdicts: &found)
    }
    return verdicts
  }

  /// The verdicts of a first review, after a training that changed every path.
  func verdicts(_ rules: ConvergenceMonitor.Rules = .init()) throws -> [Verdict] {
    var bank = try bank()
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    return try reviewed(by: &monitor, &bank, after: [Verdict](repeating: .trained, count: count))
  }
}

@Suite("Verdicts of a monitor")
struct MonitorTests {
  /// One sample with x = 1 and y = 0 of ŷ = θ x: the cost is ½ θ².
  private func costs(_ costs: [[Float]], rules: ConvergenceMonitor.Rules) throws -> [[Verdict]] {
    let paths = costs.count
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [Float](repeating: 1, count: paths),
      inputs: [Float](repeating: 1, count: paths), targets: [Float](repeating: 0, count: paths))
    var bank = try fixture.bank()
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    let reviews = try (0..<costs[0].count).map { t in
      let parameters = costs.map { ($0[t] * 2).squareRoot() }
      try bank.setParameters(parameters.span)
      return try fixture.reviewed(
        by: &monitor, &bank, after: [Verdict](repeating: .trained, count: paths))
    }
    return (0..<paths).map { path in reviews.map { $0[path] } }
  }

  @Test func convergedAndStalledAfterReviewsWithoutAnImprovement() throws {
    var rules = ConvergenceMonitor.Rules()
    rules.relativeTolerance = 0.01
    rules.patience = 3
    let t = Verdict.trained
    // Falls of more than a hundredth; of less; none; and above the best by 2 % from then on.
    let found = try costs(
      [
        [1, 0.9, 0.8, 0.7, 0.6, 0.5], [1, 0.997, 0.994, 0.991, 0.988, 0.985], [1, 1, 1, 1, 1, 1],
        [1, 1.02, 1.02, 1.02, 1.02, 1.02], [1, 1.005, 1.005, 1.005, 1.02, 0.5],
        [1, 1, 1, 0.5, 0.5, 0.5],
      ], rules: rules)
    #expect(found[0] == [t, t, t, t, t, t])
    #expect(found[1] == [t, t, t, .converged, t, t])
    #expect(found[2] == [t, t, t, .converged, .converged, .converged])
    #expect(found[3] == [t, t, t, .stalled, .stalled, .stalled])
    #expect(found[4] == [t, t, t, .converged, .stalled, t])
    #expect(found[5] == [t, t, t, t, t, t])
  }

  /// Below the absolute tolerance neither a fall nor a rise counts, however large its fraction.
  @Test func aFallBelowTheAbsoluteToleranceIsNoImprovement() throws {
    var rules = ConvergenceMonitor.Rules()
    rules.absoluteTolerance = 1e-3
    rules.patience = 2
    let t = Verdict.trained
    let tiny: [[Float]] = [[8e-4, 4e-4, 2e-4, 1e-4], [1e-4, 5e-4, 9e-4, 9e-4], [8, 4, 2, 1]]
    let found = try costs(tiny, rules: rules)
    #expect(found[0] == [t, t, .converged, .converged])
    #expect(found[1] == [t, t, .converged, .converged])
    #expect(found[2] == [t, t, t, t])
    rules.absoluteTolerance = 0
    let without = try costs(tiny, rules: rules)
    #expect(without[0] == [t, t, t, t] && without[1] == [t, t, .stalled, .stalled])
  }

  @Test func divergedByTrainingOrByACostThatIsNotFinite() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1, 1, 3e38, 1], inputs: [1, 1, 1, 1],
      targets: [0, 0, 0, 0])
    var bank = try fixture.bank()
    var monitor = try ConvergenceMonitor(bank)
    let found = try fixture.reviewed(
      by: &monitor, &bank, after: [.trained, .diverged, .trained, .untouched])
    #expect(found == [.trained, .diverged, .diverged, .untouched])
    #expect(monitor.bestCosts.array == [0.5, .infinity, .infinity, 0.5])
  }

  /// Of samples that are not missing: two for each of ten paths.
  @Test func nonFiniteInput() throws {
    let nan = Float.nan
    let inf = Float.infinity
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 2, biases: true, hidden: .tanh),
      parameters: [Float](repeating: 0.5, count: 40),
      inputs: [nan, inf, -inf, 1, 1, 1, nan, inf, -inf, 1] + [Float](repeating: 1, count: 10),
      targets: [1, 1, 1, inf, -inf, 1, nan, 1, 1, 1] + [Float](repeating: 1, count: 10),
      weights: [1, 1, 1, 1, 1, inf, 1, 0, nan, 1] + [Float](repeating: 1, count: 10))
    let found = try fixture.verdicts()
    #expect(found.prefix(6).allSatisfy { $0 == .nonFiniteInput })
    #expect(found.dropFirst(6).allSatisfy { $0 == .trained })
    #expect(found.counts() == [.nonFiniteInput: 6, .trained: 4])
    #expect(found.paths(.nonFiniteInput) == [0, 1, 2, 3, 4, 5])
  }

  /// Without biases a path of rectifiers is a ray from the origin: dead if all x lie on its other side.
  @Test func deadOfARayWhoseInputsAreAllOnTheWrongSide() throws {
    // θ⁽¹⁾ and θ⁽²⁾ of four paths, two samples; the last one's second is missing.
    let parameters: [Float] = [1, -1, 1, -1] + [1, 1, 1, 1]
    let inputs: [Float] = [-1, 2, -1, 1] + [-3, 1, 2, -1]
    for (hidden, expected): (HiddenActivation, [Verdict]) in [
      (.relu, [.dead, .dead, .trained, .dead]),
      (.leakyReLU, [.trained, .trained, .trained, .trained]),
      (.identity, [.trained, .trained, .trained, .trained]),
    ] {
      let fixture = try ReviewFixture(
        shape: PathShape(depth: 2, biases: false, hidden: hidden), parameters: parameters,
        inputs: inputs, targets: [1, 1, 1, 1, 1, 1, 1, .nan])
      #expect(try fixture.verdicts() == expected, "\(hidden)")
    }
  }

  /// Depth 3 with biases: the first rectifier open and the second shut, each shut at one sample of two,
  /// and both open at one.
  @Test func deadOfAnyHiddenUnitAtEverySample() throws {
    let one = [Float](repeating: 1, count: 3)
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 3, biases: true, hidden: .relu),
      parameters: [1, 1, 1] + [-1, -1, -1] + one + [3, 1, 1] + [1, 2, 2] + one,
      inputs: [1, -5, -5] + [2, 3, 0], targets: [Float](repeating: 0, count: 6))
    #expect(try fixture.verdicts() == [.dead, .dead, .trained])
    // Without hidden units nothing can die.
    let flat = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false, hidden: .relu), parameters: [-1], inputs: [1],
      targets: [1])
    #expect(try flat.verdicts() == [.trained])
  }

  /// σ′(7) is 0.9 · 2⁻¹⁰ and σ′(6.8) is 1.1 · 2⁻¹⁰. A σ whose slope is 0 is saturated, not dead.
  @Test func saturatedAtEverySample() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 2, biases: false), parameters: [1, 1, 1, 1, 1, 1, 1, 1],
      inputs: [7, 6.8, -7, 40] + [-8, 7, 0, 90], targets: [Float](repeating: 0, count: 8))
    #expect(try fixture.verdicts() == [.saturated, .trained, .trained, .saturated])
    let tanh = try ReviewFixture(
      shape: PathShape(depth: 2, biases: false, hidden: .tanh), parameters: [1, 1, 1, 1],
      inputs: [4.2, 4.1], targets: [0, 0])
    #expect(try tanh.verdicts() == [.saturated, .trained])
  }

  /// Three are asked for: of three, one is missing by its target, by its weight, by the path's length,
  /// or none.
  @Test func tooFewSamplesAndUntouched() throws {
    var rules = ConvergenceMonitor.Rules()
    rules.minimumSamples = 3
    let nan = Float.nan
    var fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1, 1, 1, 1],
      inputs: [Float](repeating: 1, count: 12), targets: [nan, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      weights: [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], lengths: [3, 3, 2, 3])
    #expect(
      try fixture.verdicts(rules) == [.tooFewSamples, .tooFewSamples, .tooFewSamples, .trained])
    rules.minimumSamples = 2
    #expect(try fixture.verdicts(rules) == [.trained, .trained, .trained, .trained])
    fixture.targets = [Float](repeating: nan, count: 12)
    #expect(try fixture.verdicts().allSatisfy { $0 == .tooFewSamples })
    // Training gives `untouched`, and where no sample is asked for the review leaves it.
    var bank = try fixture.bank()
    rules.minimumSamples = 0
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    var verdicts = [Verdict](repeating: .dead, count: 4)
    var after = verdicts.mutableSpan
    try bank.train(
      on: Samples(
        inputs: .perPath(fixture.inputs.span, frames: 3),
        targets: .perPath(fixture.targets.span, frames: 3)),
      rate: 0.5, verdicts: &after)
    let found = try fixture.reviewed(by: &monitor, &bank, after: verdicts)
    #expect(found.allSatisfy { $0 == .untouched })
  }

  @Test func countsAndPaths() {
    let verdicts: [Verdict] = [.dead, .trained, .dead, .converged, .trained, .dead]
    #expect(verdicts.counts() == [.dead: 3, .trained: 2, .converged: 1])
    #expect(verdicts.paths(.dead) == [0, 2, 5])
    #expect(verdicts.paths(.stalled) == [])
    #expect([Verdict]().counts() == [:])
  }
}

@Suite("Verdicts are bytes in the host's memory")
struct VerdictByteTests {
  /// The kernel writes raw values into memory of verdicts, so they must be what lies there.
  @Test(arguments: Verdict.allCases)
  func aVerdictIsItsRawValue(verdict: Verdict) {
    #expect(MemoryLayout<Verdict>.size == 1 && MemoryLayout<Verdict>.stride == 1)
    #expect(withUnsafeBytes(of: verdict) { $0[0] } == verdict.rawValue)
  }

  @Test func rowsAreThoseOfTheKernel() {
    let rows: [(Examination, Int)] = [
      (.cost, SP_EXAMINED_COST), (.samples, SP_EXAMINED_SAMPLES),
      (.bestSmallestSlope, SP_EXAMINED_SLOPE), (.nonFiniteSample, SP_EXAMINED_INPUT),
    ]
    #expect(rows.allSatisfy { $0.rawValue == $1 })
    #expect(rows.count == SP_EXAMINED_ROWS && Examination.rowCount == SP_EXAMINED_ROWS)
  }
}
