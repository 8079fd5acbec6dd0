import SinglePath
import Testing

/// Ways to spoil one path.
enum Poison: CaseIterable {
  case nanInput, infiniteInput, infiniteTarget, explodingRate
  case nanWeight, infiniteWeight, nanLastParameter
  // Of calls with options only.
  case nanWeightOfSample, infiniteWeightOfSample
  case frozenNonsense, nanBounds, crossedBounds, lengthBeyondAll

  func spoil(_ fixture: inout BankFixture, path: Int, frame: Int) {
    let sample = frame * fixture.count + path
    let parameter = (fixture.shape.parameterCount - 1) * fixture.count + path
    switch self {
    case .nanInput: fixture.inputs[sample] = .nan
    case .infiniteInput: fixture.inputs[sample] = -.infinity
    case .infiniteTarget: fixture.targets[sample] = .infinity
    case .explodingRate: fixture.rates[path] = 3e38
    case .nanWeight: fixture.parameters[path] = .nan
    case .infiniteWeight: fixture.parameters[path] = .infinity
    case .nanLastParameter: fixture.parameters[parameter] = .nan
    case .nanWeightOfSample: fixture.weights?[sample] = .nan
    case .infiniteWeightOfSample: fixture.weights?[sample] = .infinity
    case .frozenNonsense: fixture.frozen?[path] = ParameterMask(rawValue: 0xA5A5)
    case .nanBounds:
      fixture.lower?[parameter] = .nan
      fixture.upper?[parameter] = .nan
    case .crossedBounds:
      fixture.lower?[path] = .infinity
      fixture.upper?[path] = -.infinity
    case .lengthBeyondAll: fixture.lengths?[path] = .max
    }
  }

  var needsOptions: Bool {
    switch self {
    case .nanInput, .infiniteInput, .infiniteTarget, .explodingRate: false
    case .nanWeight, .infiniteWeight, .nanLastParameter: false
    case .nanWeightOfSample, .infiniteWeightOfSample: true
    case .frozenNonsense, .nanBounds, .crossedBounds, .lengthBeyondAll: true
    }
  }

  /// Whether no path can be trained on it: a finite update cannot come of it. An infinite target pulls no
  /// harder than any other with Huber's cost, a weight that is NaN makes a sample missing, and a rate that
  /// explodes does so in the second step of sigmoids without a limit.
  func mustDiverge(_ fixture: BankFixture) -> Bool {
    switch self {
    case .nanInput, .infiniteInput, .infiniteWeightOfSample, .nanLastParameter: true
    case .nanWeight, .infiniteWeight: true
    case .infiniteTarget: if case .huber = fixture.shape.cost { false } else { true }
    case .explodingRate: fixture.weights == nil && fixture.frames > 1
    case .nanWeightOfSample, .frozenNonsense: false
    case .nanBounds, .crossedBounds, .lengthBeyondAll: false
    }
  }
}

@Suite("One bad path hurts only itself", .printsSeed)
struct PoisonTests {
  /// Plain calls of every depth, and calls with sample weights, lengths, batches, masks and bounds that
  /// leave every sample where it is.
  static let kinds =
    PathShape.depths.flatMap { depth in
      [false, true].compactMap { biases in
        (try? PathShape(depth: depth, biases: biases)).map {
          CallKind(shape: $0, hasEveryOption: false)
        }
      }
    } + someShapes[1...3].map { CallKind(shape: $0, hasEveryOption: true) }

  private func healthy(_ kind: CallKind, count: Int, frames: Int) -> BankFixture {
    var fixture = BankFixture(kind.shape, count: count, frames: frames)
    guard kind.hasEveryOption else { return fixture }
    fixture.batch = 3
    fixture.weights = (0..<count * frames).map { Float($0 % 3) / 2 + 0.5 }
    fixture.lengths = [UInt32](repeating: UInt32(frames), count: count)
    fixture.frozen = (0..<count).map { $0 % 11 == 3 ? .weight(1) : [] }
    let places = count * kind.shape.parameterCount
    fixture.lower = [Float](repeating: -.infinity, count: places)
    fixture.upper = [Float](repeating: .infinity, count: places)
    return fixture
  }

  /// Checks a poisoned fixture against a healthy one's result.
  private func check(
    _ poison: Poison, _ poisoned: BankFixture, _ paths: [Int], _ kernel: Kernel,
    _ expected: BankFixture.Result
  ) throws {
    let result = try poisoned.trained(kernel)
    var mended = result
    for i in paths {
      let places = stride(from: i, to: poisoned.parameters.count, by: poisoned.count)
      if result.verdicts[i] == .diverged {
        #expect(places.allSatisfy { result.parameters[$0] == poisoned.parameters[$0].bitPattern })
        mended.diverged -= 1
      } else {
        #expect(!poison.mustDiverge(poisoned), "\(poison) of \(poisoned.shape)")
        #expect(places.allSatisfy { Float(bitPattern: result.parameters[$0]).isFinite })
      }
      for place in places { mended.parameters[place] = expected.parameters[place] }
      if expected.verdicts[i] == .diverged { mended.diverged += 1 }
      mended.verdicts[i] = expected.verdicts[i]
    }
    #expect(mended == expected, "\(poison) of \(poisoned.shape) on \(kernel.instructionSet)")
    let quiet = try poisoned.trained(kernel, wantsVerdicts: false)
    #expect(quiet.parameters == result.parameters && quiet.diverged == result.diverged)
  }

  /// In the only frame, the first one, one between, and the last one.
  @Test(arguments: kinds)
  func amongSixtyNineOnEveryInstructionSet(kind: CallKind) throws {
    let paths = [0, 20, 68]
    for (frames, frame) in [(1, 0), (6, 0), (6, 3), (6, 5)] {
      let healthy = healthy(kind, count: 69, frames: frames)
      for set in kernels {
        let kernel = try Kernel(set)
        let expected = try healthy.trained(kernel)
        let expectedRest = try [healthy.costs(kernel), healthy.examined(kernel)]
        for poison in Poison.allCases where kind.hasEveryOption || !poison.needsOptions {
          var poisoned = healthy
          for path in paths { poison.spoil(&poisoned, path: path, frame: frame) }
          try check(poison, poisoned, paths, kernel, expected)
          // Costs and examinations of the others are what they were, too.
          let rest = try [poisoned.costs(kernel), poisoned.examined(kernel)]
          for (found, expected) in zip(rest, expectedRest) {
            let differing = found.indices.filter { found[$0] != expected[$0] }
            #expect(differing.allSatisfy { paths.contains($0 % 69) }, "\(poison) on \(set)")
          }
        }
      }
    }
  }

  /// One poison on every instruction set.
  @Test(arguments: kernels)
  func oneAmongAHundredThousand(set: InstructionSet) throws {
    let shape = try PathShape(depth: 3, biases: true)
    try check(
      CallKind(shape: shape, hasEveryOption: false), [.nanInput], amongPaths: 100_003, Kernel(set))
  }

  /// Every poison.
  @Test(arguments: someShapes[1...2])
  func oneAmongTenThousandWithOptions(shape: PathShape) throws {
    try check(
      CallKind(shape: shape, hasEveryOption: true), Poison.allCases, amongPaths: 10_003, Kernel())
  }

  private func check(
    _ kind: CallKind, _ poisons: [Poison], amongPaths count: Int, _ kernel: Kernel
  ) throws {
    let healthy = healthy(kind, count: count, frames: 4)
    let expected = try healthy.trained(kernel)
    for poison in poisons {
      var poisoned = healthy
      let path = count / 2 + 1
      poison.spoil(&poisoned, path: path, frame: 2)
      try check(poison, poisoned, [path], kernel, expected)
    }
  }
}
