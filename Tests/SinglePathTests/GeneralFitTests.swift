import SeededRandom
import SinglePath
import SinglePathReference
import Testing

/// A shape to be fitted, and how near a fit comes to the best there is.
struct FittedShape: CustomTestStringConvertible, Sendable {
  let shape: PathShape
  /// How far the cost may be, relative, above the optimum in whose valley it lies.
  let local: Double
  /// Of 16 paths, how many at least are within 1 % of the best that the reference finds from many starts.
  let best: Int

  init(
    _ depth: Int, _ biases: Bool, _ hidden: HiddenActivation = .sigmoid,
    _ output: OutputActivation = .identity, _ cost: CostFunction = .squaredError,
    local: Double = 1e-5, best: Int = 16
  ) throws {
    shape = try PathShape(
      depth: depth, biases: biases, hidden: hidden, output: output, cost: cost)
    (self.local, self.best) = (local, best)
  }

  var testDescription: String {
    "depth \(shape.depth)\(shape.hasBiases ? " with biases" : ""), \(shape.hidden), \(shape.output), \(shape.cost)"
  }

  static let all = [
    try? FittedShape(1, true), try? FittedShape(1, false),
    try? FittedShape(1, true, .sigmoid, .sigmoid, .crossEntropy),
    try? FittedShape(1, true, .sigmoid, .tanh),
    try? FittedShape(1, true, .sigmoid, .identity, .huber(threshold: 0.03)),
    try? FittedShape(2, false), try? FittedShape(2, true, .tanh),
    try? FittedShape(2, true, .softplus), try? FittedShape(2, true, .relu),
    try? FittedShape(2, true, .sigmoid, .sigmoid), try? FittedShape(2, true, .tanh, .softplus),
    try? FittedShape(2, true, .tanh, .sigmoid, .crossEntropy),
    try? FittedShape(2, true, .sigmoid, .identity, .huber(threshold: 0.03)),
    try? FittedShape(3, true, local: 1e-2, best: 14),
    try? FittedShape(3, false, local: 1e-2, best: 14),
    try? FittedShape(3, true, .tanh, local: 2e-2, best: 14),
    try? FittedShape(5, true, local: 5e-2, best: 12),
    try? FittedShape(5, false, .tanh, local: 1e-2, best: 12),
  ].compactMap(\.self)
}

@Suite("A fit finds the least cost of any shape", .printsSeed)
struct GeneralFitTests {
  @Test(arguments: FittedShape.all, kernels)
  func itMeetsTheReferencesOptimum(fitted: FittedShape, set: InstructionSet) throws {
    let fixture = BankFixture(curvesOf: fitted.shape, count: 16, stream: 171)
    let result = try fixture.fitted(Kernel(set))
    var near = 0
    for i in 0..<fixture.count {
      let samples = fixture.samples(i)
      let path = fixture.reference(result, i)
      let cost = path.sumOfCosts(samples)
      let local = path.fitted(to: samples, passes: 40).cost
      #expect(cost <= local * (1 + fitted.local), "path \(i): \(cost), not \(local)")
      #expect(abs(Double(result.row(FitRow.cost, i)) / cost - 1) <= 1e-3, "path \(i)")
      if cost <= path.bestFit(to: samples, refined: 3).cost * 1.01 { near += 1 }
    }
    #expect(near >= fitted.best)
    let honest: Set<Verdict> = [.converged, .undetermined, .limit]
    #expect(result.verdicts.allSatisfy(honest.contains), "\(Set(result.verdicts))")
  }

  /// Shapes whose parameters 30 samples determine.
  static let determined = [
    try? FittedShape(1, true), try? FittedShape(1, false),
    try? FittedShape(1, true, .sigmoid, .sigmoid, .crossEntropy), try? FittedShape(2, true, .tanh),
    try? FittedShape(2, true, .sigmoid, .identity, .huber(threshold: 0.2)),
  ].compactMap(\.self)

  @Test(arguments: determined)
  func itsStandardErrorsAreThoseOfTheReference(fitted: FittedShape) throws {
    let fixture = BankFixture(curvesOf: fitted.shape, count: 64, stream: 172)
    let result = try fixture.fitted()
    for i in 0..<fixture.count where result.verdicts[i] == .converged {
      let best = fixture.reference(result, i).finished(on: fixture.samples(i))
      for (p, error) in best.standardErrors.enumerated() {
        let found = Double(result.row(FitRow.count + p, i))
        #expect(abs(found / error - 1) <= 0.02, "path \(i), parameter \(p)")
      }
    }
    #expect(result.verdicts.count { $0 == .converged } >= 56)
  }

  @Test
  func aPathIsWhatItIsWhateverStandsBesideIt() throws {
    for shape in try [PathShape(depth: 1, biases: false), PathShape(depth: 3, biases: true)] {
      for count in [1, 3, 4, 5, 7, 8, 9, 17] {
        var fixture = BankFixture(curvesOf: shape, count: count, frames: 20, stream: UInt64(count))
        var generator = SplitMix64(stream: 173)
        fixture.weights = generator.floats(count * 20).map { $0 + 0.5 }
        fixture.lengths = (0..<count).map { UInt32(12 + $0 % 9) }
        fixture.frozen = (0..<count).map { ParameterMask(rawValue: $0 % 3 == 1 ? 1 : 0) }
        let result = try fixture.fitted()
        for set in kernels { #expect(try fixture.fitted(Kernel(set)) == result, "\(set)") }
        #expect(try fixture.fitted(threads: 2) == result)
        let alone = try fixture.restricted(to: [count - 1]).fitted()
        #expect(alone.path(0) == result.path(count - 1))
      }
    }
  }

  @Test
  func noPathsAreFittedWithoutMemory() throws {
    let none = BankFixture(curvesOf: try PathShape(depth: 3, biases: true), count: 0, stream: 0)
    #expect(try none.fitted().verdicts.isEmpty)
  }

  @Test
  func oneBadPathAmongAHundredThousandChangesNoOther() throws {
    let shape = try PathShape(depth: 1, biases: true, output: .sigmoid, cost: .crossEntropy)
    let healthy = BankFixture(curvesOf: shape, count: 100_003, frames: 6, stream: 174)
    let expected = try healthy.fitted(threads: 2)
    var sick = healthy
    sick.targets[3 * sick.count + 51_234] = .infinity
    let result = try sick.fitted(threads: 2)
    #expect(result.verdicts[51_234] == .nonFiniteInput)
    let others = (0..<sick.count).filter { $0 != 51_234 }
    #expect(others.allSatisfy { result.path($0) == expected.path($0) })
  }

  @Test(arguments: shapes)
  func everyShapeHasRoom(depth: Int, biases: Bool) throws {
    // More samples than a workspace holds, with weights, which take most of it.
    let shape = try PathShape(depth: depth, biases: biases)
    var fixture = BankFixture(curvesOf: shape, count: 9, frames: 700, stream: 175)
    fixture.weights = [Float](repeating: 1, count: 9 * 700)
    let result = try fixture.fitted(maximumPasses: 8)
    for set in kernels { #expect(try fixture.fitted(Kernel(set), maximumPasses: 8) == result) }
    for i in 0..<9 {
      // Deep paths hardly get away from a constant in so few passes.
      let flat = result.row(FitRow.total, i) / 2
      #expect(result.row(FitRow.cost, i) < 1.01 * flat, "path \(i)")
    }
  }

  @Test
  func missingSamplesDoNotCountWhateverTheirX() throws {
    let fixture = BankFixture(
      curvesOf: try PathShape(depth: 3, biases: true), count: 19, stream: 176)
    var byNaN = fixture
    var byWeight = fixture
    byWeight.weights = [Float](repeating: 1, count: fixture.targets.count)
    for i in stride(from: 3, to: fixture.targets.count, by: 5) {
      byNaN.targets[i] = .nan
      byNaN.inputs[i] = .infinity
      byWeight.weights?[i] = 0
      byWeight.targets[i] = .infinity
    }
    let result = try byNaN.fitted()
    #expect(result == (try byWeight.fitted()))
    var byLength = fixture
    byLength.lengths = [UInt32](repeating: 20, count: 19)
    var cut = fixture
    for i in 20 * 19..<fixture.targets.count { cut.targets[i] = .nan }
    #expect(try byLength.fitted() == cut.fitted())
  }

  @Test
  func sharedInputsAreThoseOfEachPath() throws {
    let shape = try PathShape(depth: 3, biases: true)
    let fixture = BankFixture(curvesOf: shape, count: 11, stream: 177)
    let own = try fixture.fitted()
    let shared = (0..<fixture.frames).map { fixture.inputs[$0 * 11] }
    var bank = try fixture.bank()
    var verdictOfEach = own.verdicts
    var verdicts = verdictOfEach.mutableSpan
    let samples = try Samples(
      inputs: .shared(shared.span), targets: .perPath(fixture.targets.span, frames: fixture.frames))
    try bank.fit(to: samples, verdicts: &verdicts)
    let fitted = bank.copyParameters().map(\.bitPattern)
    #expect(fitted == own.parameters)
  }
}
