import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("Weights and lengths of samples", .printsSeed)
struct SampleTests {
  @Test(arguments: someShapesAndKernels)
  func aWeightOfOneIsNoWeight(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 67, frames: 4)
    fixture.targets[9] = .nan
    let without = try fixture.resultsOfSamples(set)
    for weights in [[Float](repeating: 1, count: 4), [Float](repeating: 1, count: 4 * 67)] {
      fixture.weights = weights
      #expect(try fixture.resultsOfSamples(set) == without)
    }
  }

  /// A path with such weights alone keeps its bits; among other samples they have no say.
  @Test(arguments: someShapesAndKernels)
  func aWeightThatIsNotAboveZeroMakesASampleMissing(shape: PathShape, set: InstructionSet) throws {
    let none: [Float] = [0, -0.0, -1, .nan, -.infinity]
    let anything: [Float] = [.nan, .infinity, -.infinity, 1, 3e38]
    let dense = BankFixture(shape, count: 35, frames: 2)
    var sparse = dense
    sparse.frames = 4
    let nonsense = (0..<35).map { anything[$0 % anything.count] }
    sparse.inputs = nonsense + dense.inputs.prefix(35) + nonsense + dense.inputs.suffix(35)
    sparse.targets = nonsense + dense.targets.prefix(35) + nonsense + dense.targets.suffix(35)
    let ones = [Float](repeating: 1, count: 35)
    let missing = (0..<35).map { none[$0 / 5 % none.count] }
    sparse.weights = missing + ones + missing + ones
    #expect(try sparse.resultsOfSamples(set) == dense.resultsOfSamples(set))
    for weight in none {
      sparse.weights = [weight, 1, weight, 1]
      #expect(try sparse.resultsOfSamples(set) == dense.resultsOfSamples(set))
      sparse.weights = [weight, weight, weight, weight]
      let untouched = try sparse.trained(Kernel(set))
      #expect(untouched.parameters == sparse.parameters.map(\.bitPattern))
      #expect(untouched.verdicts.allSatisfy { $0 == .untouched })
      #expect(try sparse.costs(Kernel(set)).allSatisfy { $0 == 0 })
    }
  }

  /// A sample s of weight 2 as a batch with a missing sample, against s, s and a missing one: the sums
  /// of the batch are 2 Δ rounded once and Δ rounded plus Δ, which is the same, and so are the costs.
  @Test(arguments: someShapesAndKernels)
  func aDoubleWeightIsTheSampleTwiceToTheBit(shape: PathShape, set: InstructionSet) throws {
    let once = BankFixture(shape, count: 67, frames: 1)
    let gone = [Float](repeating: .nan, count: 67)
    var double = once
    double.frames = 2
    double.inputs = once.inputs + gone
    double.targets = once.targets + gone
    double.weights = [2, 1]
    double.batch = 2
    var twice = once
    twice.frames = 3
    twice.inputs = once.inputs + once.inputs + gone
    twice.targets = once.targets + once.targets + gone
    twice.batch = 3
    let result = try double.trained(Kernel(set))
    #expect(try twice.trained(Kernel(set)) == result)
    #expect(try twice.costs(Kernel(set)) == double.costs(Kernel(set)))
    #expect(try once.trained(Kernel(set)).parameters != result.parameters)
  }

  /// Where the last sample of a batch is there, its Δ is added in one rounding with θ + G. With the share
  /// of s twice, that is θ + G, G, and the sum, against the one sum with 2 Δ: four roundings at most, of
  /// values no larger than the larger of θ and its successor.
  @Test(arguments: someShapesAndKernels)
  func aDoubleWeightIsTheSampleTwiceWithinABound(shape: PathShape, set: InstructionSet) throws {
    var twice = BankFixture(shape, count: 67, frames: 1)
    var double = twice
    double.weights = [2]
    twice.frames = 2
    twice.inputs += twice.inputs
    twice.targets += twice.targets
    twice.batch = 2
    let (one, other) = try (double.trained(Kernel(set)), twice.trained(Kernel(set)))
    var differences = 0
    for (p, old) in twice.parameters.enumerated() {
      let a = Double(Float(bitPattern: one.parameters[p]))
      let b = Double(Float(bitPattern: other.parameters[p]))
      let largest = max(abs(Double(old)), abs(a), abs(b))
      #expect(abs(a - b) <= 4.001 * 0x1p-24 * largest)
      if a != b { differences += 1 }
    }
    // Not the same bits: the two do differ where the bound is needed.
    #expect(differences > 0)
  }

  @Test(arguments: someShapesAndKernels)
  func samplesBeyondAPathsLengthAreMissing(shape: PathShape, set: InstructionSet) throws {
    let frames = 5
    var fixture = BankFixture(shape, count: 67, frames: frames)
    fixture.batch = 2
    let lengths: [UInt32] = [0, 1, 4, 5, 6, .max, 2]
    var ended = fixture
    ended.lengths = (0..<67).map { lengths[$0 % lengths.count] }
    for (i, length) in (ended.lengths ?? []).enumerated() {
      for t in 0..<frames where t >= length { fixture.targets[t * 67 + i] = .nan }
    }
    #expect(try ended.resultsOfSamples(set) == fixture.resultsOfSamples(set))
    let verdicts = try ended.trained(Kernel(set)).verdicts
    #expect(verdicts.enumerated().allSatisfy { ($1 == .untouched) == ($0 % lengths.count == 0) })
  }
}
