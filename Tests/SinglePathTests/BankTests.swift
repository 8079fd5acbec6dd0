import SeededRandom
import SinglePath
import Testing

@Suite("The bank", .printsSeed)
struct BankTests {
  @Test func randomParametersDependOnTheSeedAndThePathAlone() throws {
    let shape = try PathShape(depth: 3, biases: true)
    var small = try PathBank(shape: shape, count: 5)
    var large = try PathBank(shape: shape, count: 4_001)
    var other = try PathBank(shape: shape, count: 5)
    small.randomize(in: -2...3, seed: 7)
    large.randomize(in: -2...3, seed: 7)
    other.randomize(in: -2...3, seed: 8)
    var seen: Set<Float> = []
    for path in 0..<5 {
      for l in 1...3 {
        #expect(small[weight: l, path: path] == large[weight: l, path: path])
        #expect(small[bias: l, path: path] == large[bias: l, path: path])
        #expect(small[weight: l, path: path] != other[weight: l, path: path])
        #expect((-2...3).contains(small[bias: l, path: path]))
        seen.insert(small[weight: l, path: path])
        seen.insert(small[bias: l, path: path])
      }
    }
    #expect(seen.count == 30)
    // The mean of 12,003 values uniform in −2…3 has a standard deviation of 0.013.
    var sum = 0.0
    for path in 0..<4_001 { for l in 1...3 { sum += Double(large[weight: l, path: path]) } }
    #expect(abs(sum / 12_003 - 0.5) < 0.06)
  }

  /// Spans in and out, with one rate or one a path, plain or with every option, has the bits of the
  /// kernel on the host's memory.
  @Test(arguments: CallKind.all)
  func aBankTrainsLikeTheKernelOnTheHostsMemory(kind: CallKind) throws {
    let fixture = kind.fixture(count: 19, frames: 6)
    let rows = Examination.rowCount + kind.shape.parameterCount
    var bank = try fixture.bank()
    var outputs = [Float](repeating: 0, count: 19 * 6)
    var sums = [Float](repeating: 0, count: 19)
    var examined = [Float](repeating: 0, count: 19 * rows)
    var verdicts = [Verdict](repeating: .dead, count: 19)
    var predictions = outputs.mutableSpan
    try bank.predict(.perPath(fixture.inputs.span, frames: 6), into: &predictions)
    var costs = sums.mutableSpan
    try bank.sumCosts(of: fixture.samples(), into: &costs)
    var found = examined.mutableSpan
    try bank.examine(on: fixture.samples(), into: &found, gradients: true)
    var after = verdicts.mutableSpan
    let summary = try bank.train(
      on: fixture.samples(), rates: fixture.rates.span, options: fixture.options, verdicts: &after)
    #expect(try outputs.map(\.bitPattern) == fixture.predicted())
    #expect(try sums.map(\.bitPattern) == fixture.costs())
    #expect(try examined.map(\.bitPattern) == fixture.examined())
    let trained = try fixture.trained()
    #expect(bank.copyParameters().map(\.bitPattern) == trained.parameters)
    #expect(verdicts == trained.verdicts)
    #expect(summary.divergedCount == trained.diverged)
    // Without verdicts, and with one rate, from the same start.
    var quiet = try fixture.bank()
    try quiet.train(on: fixture.samples(), rates: fixture.rates.span, options: fixture.options)
    #expect(quiet.copyParameters().map(\.bitPattern) == trained.parameters)
    var same = fixture
    same.rates = [Float](repeating: 0.25, count: 19)
    let rate: Float = 0.25
    var shared = try fixture.bank()
    after = verdicts.mutableSpan
    try shared.train(
      on: fixture.samples(), rate: rate, options: fixture.options, verdicts: &after, threads: 2)
    #expect(try shared.copyParameters().map(\.bitPattern) == same.trained().parameters)
    #expect(try verdicts == same.trained().verdicts)
  }

  @Test func rowsMayLieApartAndSharedOnesStrided() throws {
    var fixture = try BankFixture(depth: 2, biases: true, count: 3, frames: 2)
    let x: [Float] = [0.5, 9, -0.25]
    for t in 0..<2 { for i in 0..<3 { fixture.inputs[3 * t + i] = x[2 * t] } }
    let y = fixture.targets[0..<3] + [9, 9] + fixture.targets[3..<6]
    let bank = try fixture.bank()
    var sums = [Float](repeating: 0, count: 3)
    var costs = sums.mutableSpan
    try bank.sumCosts(
      of: Samples(
        inputs: .shared(x.span, frames: 2, stride: 2),
        targets: .perPath(Array(y).span, frames: 2, stride: 5)), into: &costs)
    #expect(try sums.map(\.bitPattern) == fixture.costs())
    var rows = [Float](repeating: -5, count: 8)
    var outputs = rows.mutableSpan
    try bank.predict(.shared(x.span, frames: 2, stride: 2), into: &outputs, stride: 5)
    let expected = try fixture.predicted().map(Float.init(bitPattern:))
    #expect(rows == expected[0..<3] + [-5, -5] + expected[3..<6])
  }

  @Test func raggedSeriesArePackedRowByRow() throws {
    let packed = try PackedSeries([(x: [1, 2, 3], y: [4, 5, 6]), (x: [7], y: [8])], copies: 2)
    #expect(packed.pathCount == 4 && packed.frameCount == 3)
    let shape = try PathShape(depth: 1, biases: false)
    let bank = try PathBank(shape: shape, count: 4, parameters: ([1, 1, 1, 1] as [Float]).span)
    var sums = [Float](repeating: 0, count: 4)
    var outputs = [Float](repeating: 0, count: 12)
    var costs = sums.mutableSpan
    try bank.sumCosts(of: packed.samples, into: &costs)
    var predictions = outputs.mutableSpan
    try bank.predict(packed.inputs, into: &predictions)
    // ŷ = x: ½ (3² + 3² + 3²) and ½ · 1².
    #expect(sums == [13.5, 13.5, 0.5, 0.5])
    #expect(outputs == [1, 1, 7, 7, 2, 2, 0, 0, 3, 3, 0, 0])
    let weighted = try PackedSeries(
      [(x: [1, 2, 3], y: [4, 5, 6]), (x: [7], y: [8])], weights: [[0, 1, 2], [4]], copies: 2)
    costs = sums.mutableSpan
    try bank.sumCosts(of: weighted.samples, into: &costs)
    #expect(sums == [13.5, 13.5, 2, 2])
  }
}

@Suite("Parameters of a bank in bulk", .printsSeed)
struct BulkParameterTests {
  /// What a save must keep: signs of zero, subnormal numbers, infinities and the bits of a NaN.
  static let odd: [Float] = [
    -0.0, 0, .leastNonzeroMagnitude, -0x1p-140, .greatestFiniteMagnitude, .infinity,
    Float(bitPattern: 0x7FC1_2345), Float(bitPattern: 0xFFA0_0001), 1,
  ]

  @Test(arguments: shapes)
  func savedAndRestoredToTheBit(depth: Int, biases: Bool) throws {
    let shape = try PathShape(depth: depth, biases: biases)
    for count in [0, 1, 15, 16, 17, 401] {
      let planes = (0..<count * shape.parameterCount).map { Self.odd[$0 % Self.odd.count] }
      let bank = try PathBank(shape: shape, count: count, parameters: planes.span)
      #expect(bank.copyParameters().map(\.bitPattern) == planes.map(\.bitPattern))
      var copy = [Float](repeating: 7, count: planes.count + 1)
      var span = copy.mutableSpan
      try bank.copyParameters(into: &span)
      #expect(copy.dropLast().map(\.bitPattern) == planes.map(\.bitPattern))
      #expect(copy.last == 7)
      var other = try PathBank(shape: shape, count: count)
      try other.setParameters(planes.span)
      #expect(other.copyParameters().map(\.bitPattern) == planes.map(\.bitPattern))
    }
  }

  @Test func planesAreTheParametersOfEachLayer() throws {
    let shape = try PathShape(depth: 3, biases: true)
    let planes = (0..<6 * 21).map { Float($0) }
    var bank = try PathBank(shape: shape, count: 21, parameters: planes.span)
    for l in 1...3 {
      #expect(bank.weights(l).array == Array(planes[(l - 1) * 21..<l * 21]))
      #expect(bank.biases(l).array == Array(planes[(l + 2) * 21..<(l + 3) * 21]))
      for path in [0, 20] {
        #expect(bank[weight: l, path: path] == bank.weights(l)[path])
        #expect(bank[bias: l, path: path] == bank.biases(l)[path])
      }
    }
    var weights = bank.mutableWeights(2)
    weights[20] = -1
    var biases = bank.mutableBiases(3)
    biases[0] = -2
    bank[weight: 1, path: 5] = -3
    bank[bias: 1, path: 6] = -4
    var expected = planes
    (expected[41], expected[105], expected[5], expected[69]) = (-1, -2, -3, -4)
    #expect(bank.copyParameters() == expected)
  }

  @Test func anotherNumberOfParametersIsRefused() throws {
    let shape = try PathShape(depth: 2, biases: false)
    let error = SinglePathError.parameterCount(5, needed: 6_000)
    #expect(error.description == "there are 5 saved parameters; the bank has 6,000")
    let five: [Float] = [1, 2, 3, 4, 5]
    #expect(throws: error) {
      _ = try PathBank(shape: shape, count: 3_000, parameters: five.span)
    }
    var bank = try PathBank(shape: shape, count: 2)
    #expect(throws: SinglePathError.parameterCount(5, needed: 4)) {
      try bank.setParameters(five.span)
    }
    #expect(bank.copyParameters() == [0, 0, 0, 0])
    var room = [Float](repeating: 7, count: 3)
    let layout = SinglePathError.Layout(rows: 2, width: 2, stride: 2)
    #expect(throws: SinglePathError.tooShort(.parameters, count: 3, needed: 4, layout)) {
      var span = room.mutableSpan
      try bank.copyParameters(into: &span)
    }
    #expect(room == [7, 7, 7])
  }
}

/// Owns a bank, as a host's actor would.
private actor Owner {
  private var bank: PathBank

  init(_ bank: consuming sending PathBank) { self.bank = bank }

  func train(_ fixture: BankFixture) throws -> [UInt32] {
    try bank.train(on: fixture.samples(), rates: fixture.rates.span)
    return bank.copyParameters().map(\.bitPattern)
  }
}

@Suite("A bank moves between tasks and actors", .printsSeed)
struct SendableTests {
  @Test func trainedInATaskAndThenByAnActor() async throws {
    let fixture = try BankFixture(depth: 3, biases: true, count: 67, frames: 4)
    let task = Task {
      var bank = try fixture.bank()
      try bank.train(on: fixture.samples(), rates: fixture.rates.span)
      return Owner(bank)
    }
    let twice = try await task.value.train(fixture)
    var again = fixture
    again.parameters = try fixture.trained().parameters.map(Float.init(bitPattern:))
    #expect(try twice == again.trained().parameters)
  }
}
