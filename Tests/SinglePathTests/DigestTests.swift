import SinglePath
import Testing

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

  /// Parameters, x and y.
  private mutating func bank(
    _ shape: PathShape
  ) -> (parameters: [Float], inputs: [Float], targets: [Float]) {
    let parameters = numbers(Self.count * shape.parameterCount)
    var inputs = numbers(Self.count * Self.frames)
    var targets = numbers(Self.count * Self.frames)
    for i in stride(from: 0, to: targets.count, by: 11) { targets[i] = .nan }
    inputs[5] = .infinity
    return (parameters, inputs, targets)
  }

  mutating func run(_ shape: PathShape, _ kernel: Kernel) throws {
    let (count, frames) = (Self.count, Self.frames)
    let (parameters, inputs, targets) = bank(shape)
    var bank = try PathBank(
      shape: shape, count: count, parameters: parameters.span, kernel: kernel)
    let x = FrameMatrix.perPath(inputs.span, frames: frames)
    let samples = try Samples(inputs: x, targets: .perPath(targets.span, frames: frames))
    var verdicts = [Verdict](repeating: .untouched, count: count)
    var outputs = [Float](repeating: 0, count: count * frames)
    var costs = [Float](repeating: 0, count: count)
    var found = verdicts.mutableSpan
    try bank.train(on: samples, rate: 0.25, verdicts: &found)
    var predictions = outputs.mutableSpan
    try bank.predict(x, into: &predictions)
    var sums = costs.mutableSpan
    try bank.sumCosts(of: samples, into: &sums)
    add(bank.copyParameters())
    for verdict in verdicts { add(verdict.rawValue) }
    add(outputs)
    add(costs)
  }

  /// The fits of a shape: digested are the parameters, the verdicts and all rows.
  mutating func fit(_ shape: PathShape, _ kernel: Kernel) throws {
    let (count, frames) = (Self.count, Self.frames)
    let (parameters, inputs, targets) = bank(shape)
    var bank = try PathBank(
      shape: shape, count: count, parameters: parameters.span, kernel: kernel)
    let samples = try Samples(
      inputs: .perPath(inputs.span, frames: frames),
      targets: .perPath(targets.span, frames: frames))
    var verdicts = [Verdict](repeating: .untouched, count: count)
    var rows = [Float](repeating: 0, count: (FitRow.count + shape.parameterCount) * count)
    var found = verdicts.mutableSpan
    var facts = rows.mutableSpan
    try bank.fit(to: samples, verdicts: &found, into: &facts, standardErrors: true)
    add(bank.copyParameters())
    for verdict in verdicts { add(verdict.rawValue) }
    add(rows)
  }
}

@Suite("The digest")
struct DigestTests {
  /// The same on every instruction set, operating system and host.
  static let expected: [SigmoidMethod: UInt64] = [
    .polynomial: 0xAF52_6EDB_C6AF_07CA, .table: 0x49DC_F213_1625_3321,
  ]

  @Test(arguments: methodsAndKernels)
  func everyBitIsTheOneCommitted(method: SigmoidMethod, set: InstructionSet) throws {
    var run = DigestRun()
    for depth in PathShape.depths {
      for biases in [false, true] {
        try run.run(PathShape(depth: depth, biases: biases, hidden: .sigmoid(method)), Kernel(set))
      }
    }
    #expect(
      run.digest == Self.expected[method],
      "the digest is 0x\(String(run.digest, radix: 16)) by \(method) on \(set)")
  }

  /// As the run of training, each shape of the derivation followed by one of other functions and cost.
  static let expectedFits: UInt64 = 0x3EA6_A6D8_1E4D_4EEC

  @Test(arguments: kernels)
  func everyBitOfFitsIsTheOneCommitted(set: InstructionSet) throws {
    var run = DigestRun()
    let costs: [CostFunction] = [.squaredError, .crossEntropy, .huber(threshold: 0.5)]
    let outputs: [OutputActivation] = [.identity, .sigmoid, .tanh, .softplus]
    let hidden: [HiddenActivation] = [.sigmoid, .tanh, .relu, .leakyReLU, .softplus, .identity]
    for depth in PathShape.depths {
      for biases in [false, true] {
        try run.fit(PathShape(depth: depth, biases: biases), Kernel(set))
        let other = try PathShape(
          depth: depth, biases: biases, hidden: hidden[depth % 6], output: outputs[depth % 4],
          cost: costs[depth % 3])
        try run.fit(other, Kernel(set))
      }
    }
    #expect(
      run.digest == Self.expectedFits,
      "the digest is 0x\(String(run.digest, radix: 16)) on \(set)")
  }
}
