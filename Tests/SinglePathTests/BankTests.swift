import SinglePath
import Testing

@Suite("The bank")
struct BankTests {
  @Test func initialisationDependsOnTheSeedAndThePathAlone() throws {
    let shape = try PathShape(depth: 3, biases: true)
    var small = try PathBank(shape: shape, count: 5)
    var large = try PathBank(shape: shape, count: 4_001)
    var other = try PathBank(shape: shape, count: 5)
    small.initialize(seed: 7, range: -2...3)
    large.initialize(seed: 7, range: -2...3)
    other.initialize(seed: 8, range: -2...3)
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

  @Test func aBankTrainsLikeTheKernelOnTheHostsMemory() throws {
    let job = try Job(depth: 2, biases: true, count: 19, frames: 6)
    var bank = try PathBank(shape: job.shape, count: 19)
    for path in 0..<19 {
      for l in 1...2 {
        bank[weight: l, path: path] = job.parameters[(l - 1) * 19 + path]
        bank[bias: l, path: path] = job.parameters[(l + 1) * 19 + path]
      }
    }
    var outputs = [Float](repeating: 0, count: 19 * 6)
    var sums = [Float](repeating: 0, count: 19)
    try withMemory(job.inputs, job.targets, job.rates) { memory in
      let x = Frames(memory[0], frames: 6, stride: 19)
      let y = Frames(memory[1], frames: 6, stride: 19)
      try bank.predict(inputs: x, into: &outputs, stride: 19)
      try bank.costs(inputs: x, targets: y, into: &sums)
      try bank.train(inputs: x, targets: y, rate: .perPath(memory[2]))
    }
    #expect(try outputs.map(\.bitPattern) == job.predicted())
    #expect(try sums.map(\.bitPattern) == job.costs())
    let trained = try job.trained()
    for path in 0..<19 {
      #expect(bank[weight: 2, path: path].bitPattern == trained.parameters[19 + path])
      #expect(bank[bias: 1, path: path].bitPattern == trained.parameters[38 + path])
    }
  }

  @Test func raggedSeriesArePackedRowByRow() throws {
    let packed = try PackedSeries([(x: [1, 2, 3], y: [4, 5, 6]), (x: [7], y: [8])], copies: 2)
    #expect(packed.pathCount == 4 && packed.frameCount == 3)
    let shape = try PathShape(depth: 1, biases: false)
    var bank = try PathBank(shape: shape, count: 4)
    for path in 0..<4 { bank[weight: 1, path: path] = 1 }
    var sums = [Float](repeating: 0, count: 4)
    var outputs = [Float](repeating: 0, count: 12)
    try packed.withFrames { x, y in
      try bank.costs(inputs: x, targets: y, into: &sums)
      try bank.predict(inputs: x, into: &outputs, stride: 4)
    }
    // ŷ = x: ½ (3² + 3² + 3²) and ½ · 1².
    #expect(sums == [13.5, 13.5, 0.5, 0.5])
    #expect(outputs == [1, 1, 7, 7, 2, 2, 0, 0, 3, 3, 0, 0])
  }

  @Test
  func itsParametersAreSavedAndRestoredToTheBit() throws {
    let shape = try PathShape(depth: 3, biases: true)
    var bank = try PathBank(shape: shape, count: 19)
    bank.initialize(seed: 5)
    bank[bias: 2, path: 7] = -0.0
    bank[weight: 1, path: 18] = Float(bitPattern: 0x7FC0_1234)
    var saved = [Float](repeating: 0, count: 6 * 19)
    var span = saved.mutableSpan
    try bank.copyParameters(into: &span)
    #expect(saved[3 * 19 + 19 + 7].bitPattern == (-0.0 as Float).bitPattern)
    let restored = try PathBank(shape: shape, count: 19, parameters: saved.span)
    for l in 1...3 {
      for path in 0..<19 {
        #expect(
          restored[weight: l, path: path].bitPattern == bank[weight: l, path: path].bitPattern)
        #expect(restored[bias: l, path: path].bitPattern == bank[bias: l, path: path].bitPattern)
      }
    }
  }

  @Test
  func parametersOfAnotherLengthAreRefused() throws {
    let shape = try PathShape(depth: 2, biases: false)
    var bank = try PathBank(shape: shape, count: 4)
    let seven = [Float](repeating: 1, count: 7)
    let error = SinglePathError.elements("the parameters", 7, needed: 8)
    #expect(throws: error) { try bank.setParameters(seven.span) }
    #expect(bank[weight: 1, path: 0] == 0)
    #expect("\(error)" == "the parameters have 7 values; the call needs 8")
  }

  @Test
  func itIsTrainedInATaskAndSentOn() async throws {
    let bank = try await Task {
      var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 1)
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: 1)
      defer { memory.deallocate() }
      memory.pointee = 1
      try bank.train(
        inputs: Frames(memory, frames: 1, stride: 1), targets: Frames(memory, frames: 1, stride: 1),
        rate: 0.5)
      return Keeper(bank)
    }.value
    #expect(await bank.weight == 0.5)
  }
}

/// An actor that takes a bank over.
private actor Keeper {
  private let bank: PathBank

  init(_ bank: consuming sending PathBank) { self.bank = bank }

  var weight: Float { bank[weight: 1, path: 0] }
}
