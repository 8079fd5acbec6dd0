import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("The examination finds what the reference finds", .printsSeed)
struct ExaminationTests {
  /// With weights and a missing sample, every row within a bound: sums of terms within theirs, each sum
  /// rounded once a frame.
  @Test(arguments: [(3, true), (8, false), (1, true)])
  func rowsAgreeWithTheReference(depth: Int, biases: Bool) throws {
    let frames = 4
    var worst = [0.0, 0.0, 0.0]
    for shape in try everyShape(depth: depth, biases: biases) {
      var fixture = BankFixture(shape, count: 35, frames: frames, stream: 7)
      fixture.makeWellConditioned()
      fixture.weights = (0..<frames * 35).map { Float($0 % 4) / 2 + 0.25 }
      for i in 0..<35 { fixture.targets[i % frames * 35 + i] = .nan }
      let bits = try fixture.examined(Kernel(kernels[0]))
      for set in kernels.dropFirst() {
        #expect(try fixture.examined(Kernel(set)) == bits, "\(shape) on \(set)")
      }
      for i in 0..<5 {
        let found = fixture.values(bits.map(Float.init(bitPattern:)), of: i)
        let sought = Sought(fixture, path: i)
        #expect(found[Examination.samples.rawValue] == Double(frames - 1))
        #expect(found[Examination.nonFiniteSample.rawValue] == 0)
        let pairs = [
          [(found[Examination.cost.rawValue], sought.cost)],
          [(found[Examination.bestSmallestSlope.rawValue], sought.slope)],
          Array(zip(found.dropFirst(Examination.rowCount), sought.gradients)),
        ]
        for (kind, pairs) in pairs.enumerated() {
          for (value, bound) in pairs where value != bound.value {
            let ratio = abs(value - bound.value) / (bound.error + 1e-12 * abs(bound.value))
            #expect(ratio <= 1, "\(shape), path \(i), kind \(kind)")
            worst[kind] = max(worst[kind], ratio)
          }
        }
      }
    }
    // The bounds are no mere formality; without hidden units the slope is 1.
    #expect(worst[0] >= 0.1 && worst[2] >= 0.1)
    #expect(depth == 1 ? worst[1] == 0 : worst[1] >= 0.05)
  }

  /// NaN marks what is not finite, of samples that are not missing only.
  @Test(arguments: kernels)
  func inputsThatAreNotFinite(set: InstructionSet) throws {
    var fixture = BankFixture(
      try PathShape(depth: 2, biases: true, hidden: .tanh), count: 9, frames: 2)
    var weights = [Float](repeating: 1, count: 18)
    fixture.inputs[0] = .nan
    fixture.inputs[1] = .infinity
    fixture.targets[2] = -.infinity
    weights[3] = .infinity
    // Missing: these do not count.
    (fixture.inputs[4], fixture.targets[4]) = (.nan, .nan)
    (fixture.inputs[5], weights[5]) = (.infinity, 0)
    (fixture.targets[6], weights[6]) = (.infinity, .nan)
    fixture.weights = weights
    let bits = try fixture.examined(Kernel(set))
    let input = bits[
      Examination.nonFiniteSample.rawValue * 9..<(Examination.nonFiniteSample.rawValue + 1) * 9]
    #expect(Array(input.prefix(4)) == [UInt32](repeating: 0x7FC0_0000, count: 4))
    #expect(input.dropFirst(4).allSatisfy { Float(bitPattern: $0) == 0 })
    let samples = bits[9..<18].map(Float.init(bitPattern:))
    #expect(samples == [2, 2, 2, 2, 1, 1, 1, 2, 2])
  }

  /// Without samples there is no mean, and nothing passes.
  @Test(arguments: kernels)
  func withoutSamples(set: InstructionSet) throws {
    var fixture = BankFixture(try PathShape(depth: 2, biases: false), count: 3, frames: 2)
    fixture.targets = [Float](repeating: .nan, count: 6)
    let rows = try fixture.values(fixture.examined(Kernel(set)).map(Float.init(bitPattern:)), of: 1)
    #expect(Array(rows.prefix(4)) == [0, 0, 0, 0])
    #expect(rows.dropFirst(4).allSatisfy { $0.isNaN } && rows.count == 6)
  }
}

/// What the reference says of a path, with bounds of what the kernel may say.
private struct Sought {
  let cost: ErrorBounded
  let slope: ErrorBounded
  let gradients: [ErrorBounded]

  init(_ fixture: BankFixture, path i: Int) {
    let own = fixture.values(fixture.parameters, of: i)
    let samples = fixture.samples(of: i).filter { !$0.isMissing }
    let path = fixture.shape.reference(own)
    let steps = samples.map {
      BoundedStep(fixture.shape, own, x: $0.x, y: $0.y, weight: $0.weight, rate: 1)
    }
    // One rounding a term, one a sum, and one at the end.
    let roundings = Double(samples.count + 2) * ErrorBounded.u
    let costs = zip(samples, steps).map { $0.weight * $1.cost.error }
    let sum = path.cost(of: samples)
    cost = ErrorBounded(sum, costs.reduce(0, +) * (1 + roundings) + roundings * sum)
    // The smallest, or the largest, of values moves no further than any of them.
    let smallest = samples.map { sample in
      path.forward(sample.x).z.dropLast().map(path.hidden.slope).min() ?? 1
    }
    slope = ErrorBounded(
      smallest.max() ?? 0, steps.flatMap { $0.slopes.map { $0.error + 0x1p-149 } }.max() ?? 0)
    let each = samples.map { path.gradients(x: $0.x, y: $0.y, weight: $0.weight) }
    gradients = own.indices.map { p in
      let sizes = each.map { abs(p < path.depth ? $0.weights[p + 1] : $0.bias(p + 1 - path.depth)) }
      let mean = sizes.reduce(0, +) / Double(samples.count)
      let errors = steps.map { $0.changes[p].error }.reduce(0, +) / Double(samples.count)
      return ErrorBounded(mean, errors * (1 + roundings) + roundings * mean)
    }
  }
}

extension Gradients {
  fileprivate func bias(_ l: Int) -> Double { biases?[l] ?? .nan }
}
