import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("Batches", .printsSeed)
struct BatchTests {
  /// With every shape of a depth, weights, and a missing sample: θ + Σ Δ, each Δ within its bound, in as
  /// many roundings as there are frames and one, of values no larger than |θ| + Σ |Δ|.
  @Test(arguments: kernels)
  func oneBatchOfAllFramesIsTheReferencesBatch(set: InstructionSet) throws {
    let frames = 5
    var worst = 0.0
    for shape in try everyShape(depth: 3, biases: true) {
      var fixture = BankFixture(shape, count: 3, frames: frames, stream: 5)
      fixture.makeWellConditioned()
      fixture.batch = .max
      fixture.weights = (0..<frames * 3).map { Float($0 % 4) / 2 + 0.25 }
      fixture.targets[frames + 1] = .nan
      let trained = try fixture.trained(Kernel(set)).parameters
      for i in 0..<3 {
        let own = fixture.values(fixture.parameters, of: i)
        let rate = Double(fixture.rates[i])
        let samples = fixture.samples(of: i)
        var path = shape.reference(own)
        path.train(samples, by: UpdateRule(rate: rate))
        let steps = samples.filter { !$0.isMissing }.map {
          BoundedStep(shape, own, x: $0.x, y: $0.y, weight: $0.weight, rate: rate).parameters
        }
        for (p, expected) in path.parameters.enumerated() {
          let errors = steps.map { $0[p].error }.reduce(0, +)
          let sizes = abs(own[p]) + steps.map { abs($0[p].value - own[p]) }.reduce(errors, +)
          let bound = errors + Double(frames + 1) * 0x1p-24 * sizes + 1e-12
          let found = Double(Float(bitPattern: trained[p * 3 + i]))
          worst = max(worst, abs(found - expected) / bound)
          #expect(abs(found - expected) <= bound, "\(shape)")
        }
      }
    }
    #expect(worst >= 0.05)
  }

  /// Seven frames, three a batch: in one call, and in calls that end where batches end.
  @Test(arguments: someShapesAndKernels)
  func callsThatEndWithABatchEqualOneCall(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 67, frames: 7)
    fixture.batch = 3
    fixture.targets[2 * 67 + 5] = .nan
    let whole = try fixture.trained(Kernel(set)).parameters
    for lengths in [[3, 3, 1], [6, 1], [3, 4]] {
      #expect(try fixture.trained(inCallsOf: lengths, set) == whole)
    }
    // Ended elsewhere, the batches are others.
    #expect(try fixture.trained(inCallsOf: [2, 5], set) != whole)
    // A batch that is longer than a call is the call; one of one frame is (17).
    fixture.batch = 7
    let all = try fixture.trained(Kernel(set))
    fixture.batch = .max
    #expect(try fixture.trained(Kernel(set)) == all)
    fixture.batch = 1
    let each = try fixture.trained(Kernel(set))
    #expect(try fixture.trained(inCallsOf: [1, 1, 1, 1, 1, 1, 1], set) == each.parameters)
    #expect(each != all)
  }

  /// Missing samples of a batch have no say wherever they are, and a batch of them changes no bit.
  @Test(arguments: someShapesAndKernels)
  func missingSamplesOfABatch(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 35, frames: 6)
    fixture.batch = 3
    for i in 0..<35 {
      let place = i % 3
      for batch in [0, 3] {
        fixture.targets[(batch + place) * 35 + i] = .nan
        fixture.inputs[(batch + place) * 35 + i] = .infinity
      }
    }
    var without = BankFixture(shape, count: 35, frames: 4)
    without.batch = 2
    without.parameters = fixture.parameters
    without.rates = fixture.rates
    for i in 0..<35 {
      let present = [0, 1, 2, 3, 4, 5].filter { $0 % 3 != i % 3 }
      for (t, frame) in present.enumerated() {
        without.inputs[t * 35 + i] = fixture.inputs[frame * 35 + i]
        without.targets[t * 35 + i] = fixture.targets[frame * 35 + i]
      }
    }
    let found = try fixture.trained(Kernel(set))
    let expected = try without.trained(Kernel(set))
    // Where the last sample of a batch is missing, θ + G is rounded once more than with it there.
    for i in 0..<35 where i % 3 != 2 {
      #expect(found.path(i, of: 35) == expected.path(i, of: 35))
    }
    for i in fixture.targets.indices { fixture.targets[i] = .nan }
    let untouched = try fixture.trained(Kernel(set))
    #expect(untouched.parameters == fixture.parameters.map(\.bitPattern))
    #expect(untouched.verdicts.allSatisfy { $0 == .untouched })
  }
}

extension BankFixture {
  /// One path's values of planes or rows.
  func values(_ rows: [Float], of i: Int) -> [Double] {
    stride(from: i, to: rows.count, by: count).map { Double(rows[$0]) }
  }

  /// One path's samples.
  func samples(of i: Int) -> [Sample] {
    let weights = weights ?? [Float](repeating: 1, count: count * frames)
    return (0..<frames).map { t in
      let place = t * count + i
      return Sample(
        x: Double(inputs[place]), y: Double(targets[place]), weight: Double(weights[place]))
    }
  }

  /// The parameters after several calls with so many frames each.
  func trained(inCallsOf lengths: [Int], _ set: InstructionSet) throws -> [UInt32] {
    var parts = self
    for length in lengths {
      var part = parts
      part.frames = length
      part.inputs = Array(parts.inputs.prefix(length * count))
      part.targets = Array(parts.targets.prefix(length * count))
      parts.parameters = try part.trained(Kernel(set)).parameters.map(Float.init(bitPattern:))
      parts.inputs.removeFirst(length * count)
      parts.targets.removeFirst(length * count)
    }
    return parts.parameters.map(\.bitPattern)
  }
}
