import SinglePath
import Testing

/// Ways to spoil one path of a general call.
enum GeneralPoison: CaseIterable {
  case nanInput, infiniteInput, infiniteTarget, nanWeightOfSample, infiniteWeightOfSample
  case nanParameter, infiniteParameter, explodingRate
  case frozenNonsense, nanBounds, crossedBounds, lengthBeyondAll

  func spoil(_ job: inout Job, path: Int) {
    let sample = job.frames / 2 * job.count + path
    let parameter = (job.shape.parameterCount - 1) * job.count + path
    switch self {
    case .nanInput: job.inputs[sample] = .nan
    case .infiniteInput: job.inputs[sample] = -.infinity
    case .infiniteTarget: job.targets[sample] = .infinity
    case .nanWeightOfSample: job.weights?[sample] = .nan
    case .infiniteWeightOfSample: job.weights?[sample] = .infinity
    case .nanParameter: job.parameters[parameter] = .nan
    case .infiniteParameter: job.parameters[path] = -.infinity
    case .explodingRate: job.rates[path] = 3e38
    case .frozenNonsense: job.frozen?[path] = ParameterMask(rawValue: 0xA5A5)
    case .nanBounds:
      job.lower?[parameter] = .nan
      job.upper?[parameter] = .nan
    case .crossedBounds:
      job.lower?[path] = .infinity
      job.upper?[path] = -.infinity
    case .lengthBeyondAll: job.lengths?[path] = .max
    }
  }

  /// Whether no path can be trained on it: a finite update cannot come of it. An infinite target pulls no
  /// harder than any other with Huber's cost, and a weight that is NaN makes a sample missing.
  func mustDiverge(_ shape: PathShape) -> Bool {
    switch self {
    case .nanInput, .infiniteInput, .infiniteWeightOfSample, .nanParameter: true
    case .infiniteParameter: true
    case .infiniteTarget: !shape.isHuber
    case .nanWeightOfSample, .explodingRate, .frozenNonsense: false
    case .nanBounds, .crossedBounds, .lengthBeyondAll: false
    }
  }
}

extension PathShape {
  fileprivate var isHuber: Bool { if case .huber = cost { true } else { false } }
}

@Suite("One bad path of a general call hurts only itself")
struct GeneralPoisonTests {
  static let shapes = someShapes[1...3]

  private func healthy(_ shape: PathShape, count: Int) -> Job {
    var job = Job(shape, count: count, frames: 4)
    job.batch = 3
    job.weights = (0..<count * 4).map { Float($0 % 3) / 2 + 0.5 }
    job.lengths = [UInt32](repeating: 4, count: count)
    job.frozen = (0..<count).map { $0 % 11 == 3 ? .weight(1) : [] }
    job.lower = [Float](repeating: -.infinity, count: count * shape.parameterCount)
    job.upper = [Float](repeating: .infinity, count: count * shape.parameterCount)
    return job
  }

  /// Checks a spoiled job against a healthy one's result.
  private func check(
    _ poison: GeneralPoison, _ sick: Job, _ paths: [Int], _ kernel: Kernel, _ expected: Job.Result
  ) throws {
    let count = sick.count
    var result = try sick.trained(kernel)
    for i in paths {
      let places = stride(from: i, to: sick.parameters.count, by: count)
      if result.verdicts[i] == .diverged {
        #expect(places.allSatisfy { result.parameters[$0] == sick.parameters[$0].bitPattern })
        result.diverged -= 1
      } else {
        #expect(
          !poison.mustDiverge(sick.shape), "\(poison) of \(sick.shape), seed \(Generator.seed)")
        #expect(places.allSatisfy { Float(bitPattern: result.parameters[$0]).isFinite })
      }
      for place in places { result.parameters[place] = expected.parameters[place] }
      if expected.verdicts[i] == .diverged { result.diverged += 1 }
      result.verdicts[i] = expected.verdicts[i]
    }
    #expect(result == expected, "\(poison) of \(sick.shape) on \(kernel.instructionSet)")
  }

  @Test(arguments: shapes)
  func amongSixtyNineOnEveryInstructionSet(shape: PathShape) throws {
    let healthy = healthy(shape, count: 69)
    for set in kernels {
      let kernel = try Kernel(set)
      let expected = try healthy.trained(kernel)
      let expectedRest = try [healthy.costs(kernel), healthy.examined(kernel)]
      for poison in GeneralPoison.allCases {
        var sick = healthy
        let paths = [0, 20, 68]
        for path in paths { poison.spoil(&sick, path: path) }
        try check(poison, sick, paths, kernel, expected)
        // Costs and examinations of the others are what they were, too.
        let rest = try [sick.costs(kernel), sick.examined(kernel)]
        for (found, expected) in zip(rest, expectedRest) {
          let differing = found.indices.filter { found[$0] != expected[$0] }
          #expect(differing.allSatisfy { paths.contains($0 % 69) }, "\(poison) on \(set)")
        }
      }
    }
  }

  @Test(arguments: shapes.prefix(2))
  func oneAmongAHundredThousand(shape: PathShape) throws {
    let healthy = healthy(shape, count: 100_003)
    let kernel = Kernel()
    let expected = try healthy.trained(kernel)
    for poison in GeneralPoison.allCases {
      var sick = healthy
      poison.spoil(&sick, path: 51_234)
      try check(poison, sick, [51_234], kernel, expected)
    }
  }
}
