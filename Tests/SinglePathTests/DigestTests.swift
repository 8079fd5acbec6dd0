import SeededRandom
import SinglePath
import SinglePathShims
import Testing
import WideKernel

/// A run that any host in any language can repeat, and a digest of every bit of its results.
///
/// For every depth 1…8, without and then with biases: 67 paths, 9 frames. Numbers come from one
/// sequence that starts at state 1 and goes on through all shapes: state ← 1664525 · state +
/// 1013904223 modulo 2³²; the number is ((state >> 8) − 2²³) · 2⁻²², in −2…2. First come the
/// parameters plane by plane, then x row by row, then y row by row. Then y of every eleventh element
/// (0, 11, 22, …) is made NaN and x of element 5 is made infinite. η is 0.25. Digested are, in this
/// order: the trained parameters, the verdicts, ŷ of every frame, and the costs.
private struct DigestRun {
  static let count = 67
  static let frames = 9

  private var state: UInt32 = 1
  /// FNV-1a, 64 bits, over the bytes of each value, lowest first.
  private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325

  private mutating func numbers(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(Int32(state >> 8) - 0x80_0000) * 0x1p-22
    }
  }

  private mutating func add(_ byte: UInt8) {
    digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  private mutating func add(_ values: [Float]) {
    for value in values {
      for shift in [0, 8, 16, 24] as [UInt32] {
        add(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
      }
    }
  }

  /// A bank with its samples.
  private mutating func fixture(_ shape: PathShape) -> BankFixture {
    let (count, frames) = (Self.count, Self.frames)
    var fixture = BankFixture(shape, count: count, frames: frames)
    fixture.parameters = numbers(count * shape.parameterCount)
    fixture.inputs = numbers(count * frames)
    fixture.targets = numbers(count * frames)
    for i in stride(from: 0, to: count * frames, by: 11) { fixture.targets[i] = .nan }
    fixture.inputs[5] = .infinity
    fixture.rates = [Float](repeating: 0.25, count: count)
    return fixture
  }

  /// Trains a bank of each shape of the derivation.
  mutating func run(
    sigmoid: SigmoidMethod, _ train: (BankFixture) throws -> Trained
  ) throws {
    for (depth, biases) in shapes {
      let shape = try PathShape(depth: depth, biases: biases, hidden: .sigmoid(sigmoid))
      let trained = try train(fixture(shape))
      add(trained.parameters)
      for verdict in trained.verdicts { add(verdict.rawValue) }
      add(trained.outputs)
      add(trained.costs)
    }
  }

  /// Fits a bank of each shape of the derivation, each followed by one of other functions and cost: digested
  /// are the parameters, the verdicts and all rows.
  mutating func runFits(_ fit: (BankFixture) throws -> FitResult) throws {
    let costs: [CostFunction] = [.squaredError, .crossEntropy, .huber(threshold: 0.5)]
    let outputs: [OutputActivation] = [.identity, .sigmoid, .tanh, .softplus]
    let hidden: [HiddenActivation] = [.sigmoid, .tanh, .relu, .leakyReLU, .softplus, .identity]
    for (depth, biases) in shapes {
      let other = try PathShape(
        depth: depth, biases: biases, hidden: hidden[depth % 6], output: outputs[depth % 4],
        cost: costs[depth % 3])
      for shape in [try PathShape(depth: depth, biases: biases), other] {
        let fitted = try fit(fixture(shape))
        add(fitted.parameters.map(Float.init(bitPattern:)))
        for verdict in fitted.verdicts { add(verdict.rawValue) }
        add(fitted.rows.map(Float.init(bitPattern:)))
      }
    }
  }
}

/// What a run digests of a bank after its training.
private struct Trained {
  var parameters: [Float]
  var verdicts: [Verdict]
  var outputs: [Float]
  var costs: [Float]
}

extension BankFixture {
  /// Trained, and then evaluated, by the bank.
  fileprivate func byBank(_ kernel: Kernel) throws -> Trained {
    var trained = Trained(
      parameters: [], verdicts: [Verdict](repeating: .untouched, count: count),
      outputs: [Float](repeating: 0, count: count * frames),
      costs: [Float](repeating: 0, count: count))
    var bank = try bank(kernel)
    let samples = try samples()
    var verdicts = trained.verdicts.mutableSpan
    try bank.train(on: samples, rate: rates[0], verdicts: &verdicts)
    var outputs = trained.outputs.mutableSpan
    try bank.predict(.perPath(inputs.span, frames: frames), into: &outputs)
    var costs = trained.costs.mutableSpan
    try bank.sumCosts(of: samples, into: &costs)
    trained.parameters = bank.copyParameters()
    return trained
  }

  /// The same by the lanes of AVX-512.
  fileprivate func byWideKernel() throws -> Trained {
    let lent = try LentFixture(self)
    for operation in [SP_TRAIN, SP_PREDICT, SP_COST] { try lent.run(operation, by: runWideKernel) }
    return Trained(
      parameters: lent.parameters.values, verdicts: lent.foundVerdicts,
      outputs: lent.outputs.values, costs: lent.costs.values)
  }
}

@Suite("The digest", .printsSeed)
struct DigestTests {
  /// The same on every instruction set, operating system and host.
  static let expected: [SigmoidMethod: UInt64] = [
    .polynomial: 0xAF52_6EDB_C6AF_07CA, .table: 0x49DC_F213_1625_3321,
  ]

  @Test(arguments: methodsAndKernels)
  func everyBitIsTheOneCommitted(method: SigmoidMethod, set: InstructionSet) throws {
    var run = DigestRun()
    try run.run(sigmoid: method) { try $0.byBank(Kernel(set)) }
    #expect(
      run.digest == Self.expected[method],
      "the digest is 0x\(String(run.digest, radix: 16)) by \(method) on \(set)")
  }

  static let expectedFits: UInt64 = 0xFDAB_203A_79F3_FA50

  @Test(arguments: kernels)
  func everyBitOfFitsIsTheOneCommitted(set: InstructionSet) throws {
    var run = DigestRun()
    try run.runFits { try $0.fitted(Kernel(set)) }
    #expect(
      run.digest == Self.expectedFits,
      "the digest is 0x\(String(run.digest, radix: 16)) on \(set)")
  }

  @Test(.enabled(if: hasWideKernel), arguments: SigmoidMethod.allCases)
  func everyBitOfTheWideKernelIsTheOneCommitted(method: SigmoidMethod) throws {
    var run = DigestRun()
    try run.run(sigmoid: method) { try $0.byWideKernel() }
    #expect(run.digest == Self.expected[method])
  }

  @Test(.enabled(if: hasWideKernel))
  func everyBitOfFitsOfTheWideKernelIsTheOneCommitted() throws {
    var run = DigestRun()
    try run.runFits { try $0.fitted { try $0.fit(by: runWideKernel) } }
    #expect(run.digest == Self.expectedFits)
  }
}
