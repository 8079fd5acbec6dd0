import SinglePath
import Testing

@Suite("Invalid arguments are refused before anything is touched")
struct RefusalTests {
  private let kernel = Kernel()

  /// Trains with arguments that a test spoils, and checks the error and that nothing changed.
  private func expect(
    _ error: SinglePathError, _ message: String, count: Int = 4, stride: Int = 4, frames: Int = 2,
    targetFrames: Int = 2, frameStride: Int = 4, rate: Float = 0.5, rates: [Float]? = nil,
    threads: Int = 1, elements: Int = 8, sharedTargets: Bool = false
  ) throws {
    let shape = try PathShape(depth: 2, biases: false)
    let values: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]
    let (planes, x, y) = (Scratch(values), Scratch(values), Scratch(values))
    let own = Scratch(rates ?? values)
    #expect(throws: error) {
      try kernel.train(
        UnsafeParameters(
          UnsafeMutableBufferPointer(rebasing: planes.memory[..<elements]), shape: shape,
          count: count, stride: stride),
        on: UnsafeSamples(
          inputs: x.frames(0, frames: frames, stride: frameStride),
          targets: sharedTargets
            ? y.sharedFrames(0, frames: targetFrames)
            : y.frames(0, frames: targetFrames, stride: frameStride)),
        rate: rates == nil ? .shared(rate) : .perPath(UnsafeBufferPointer(own.memory)),
        threads: threads)
    }
    #expect(planes.values == values)
    #expect(error.description == message)
  }

  @Test func sizes() throws {
    try expect(
      .size(.paths, -1, allowed: 0...Int.max), "the number of paths is -1; it must be 0 or more",
      count: -1)
    try expect(
      .size(.frames, -2, allowed: 0...Int.max),
      "the number of frames is -2; it must be 0 or more", frames: -2, targetFrames: -2)
    try expect(
      .stride(.parameters, 3, least: 4),
      "the stride of the parameters is 3; it must be 4 or more", stride: 3)
    try expect(
      .stride(.inputs, -4, least: 0),
      "the stride of the inputs is -4; it must be 0 or more", frameStride: -4)
    try expect(
      .size(.threads, 0, allowed: 1...Int.max),
      "the number of threads is 0; it must be 1 or more",
      threads: 0)
    try expect(
      .frames(inputs: 2, targets: 1), "there are 2 frames of inputs but 1 frames of targets",
      targetFrames: 1)
    try expect(
      .sharedTargets, "the targets are shared by all paths; there must be one a path",
      sharedTargets: true)
  }

  @Test func overflow() throws {
    try expect(
      .overflow(.parameters), "the parameters would reach beyond the address space",
      stride: .max)
    try expect(
      .overflow(.parameters), "the parameters would reach beyond the address space",
      count: .max, stride: .max)
    try expect(
      .overflow(.inputs), "the inputs would reach beyond the address space",
      frames: .max, targetFrames: .max)
    #expect(throws: SinglePathError.overflow(.parameters)) {
      _ = try PathBank(shape: PathShape(depth: 8, biases: true), count: .max)
    }
    #expect(throws: SinglePathError.memory(bytes: 1 << 58)) {
      _ = try PathBank(shape: PathShape(depth: 1, biases: false), count: 1 << 56)
    }
    #expect(throws: SinglePathError.size(.paths, -1, allowed: 0...Int.max)) {
      _ = try PathBank(shape: PathShape(depth: 1, biases: false), count: -1)
    }
  }

  @Test func tooFewElements() throws {
    try expect(
      .tooShort(
        .parameters, count: 7, needed: 8, SinglePathError.Layout(rows: 2, width: 4, stride: 4)),
      "the parameters hold 7 values; 2 planes × 4 paths with stride 4 need 8", elements: 7)
    // An empty buffer has no pointer.
    try expect(
      .tooShort(
        .parameters, count: 0, needed: 8, SinglePathError.Layout(rows: 2, width: 4, stride: 4)),
      "the parameters hold 0 values; 2 planes × 4 paths with stride 4 need 8", elements: 0)
    try expect(
      .tooShort(
        .inputs, count: 8, needed: 1_204, SinglePathError.Layout(rows: 301, width: 4, stride: 4)),
      "the inputs hold 8 values; 301 frames × 4 paths with stride 4 need 1,204",
      frames: 301, targetFrames: 301)
    try expect(
      .tooShort(.rates, count: 3, needed: 4, SinglePathError.Layout(rows: 1, width: 4, stride: 0)),
      "the learning rates hold 3 values; 4 paths need 4", rates: [1, 1, 1])
  }

  @Test func misalignedMemory() throws {
    let shape = try PathShape(depth: 2, biases: false)
    let scratch = Scratch((0..<32).map { Float($0) })
    let odd = UnsafeFrames(
      UnsafeBufferPointer(scratch.bytes(65, as: Float.self)), frames: 1, stride: 4)
    let error = #expect(throws: SinglePathError.misaligned(.inputs)) {
      try kernel.train(
        UnsafeParameters(scratch.memory, shape: shape, count: 4),
        on: UnsafeSamples(inputs: odd, targets: scratch.frames(8, frames: 1)), rate: 1)
    }
    #expect(
      error?.description
        == "the address of the inputs is not aligned for its elements")
    #expect(scratch.values == (0..<32).map { Float($0) })
  }

  @Test(arguments: [0, -1, .infinity, .nan] as [Float])
  func learningRates(rate: Float) throws {
    if !rate.isNaN {
      try expect(
        .learningRate(rate, path: nil),
        "the learning rate is \(rate); it must be finite and above 0", rate: rate)
      try expect(
        .learningRate(rate, path: 2),
        "the learning rate of path 2 is \(rate); it must be finite and above 0",
        rates: [1, 1, rate, 1])
    }
    var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 1)
    let one: [Float] = [1]
    #expect(throws: SinglePathError.self) {
      try bank.train(
        on: Samples(inputs: .shared(one.span), targets: .perPath(one.span, frames: 1)), rate: rate)
    }
    #expect(bank[weight: 1, path: 0] == 0)
  }

  @Test func overlaps() throws {
    let shape = try PathShape(depth: 2, biases: false)
    let scratch = Scratch((0..<32).map { Float($0) })
    let parameters = UnsafeParameters(scratch.memory, shape: shape, count: 4, stride: 4)
    func samples(_ x: Int, _ y: Int) throws -> UnsafeSamples {
      try UnsafeSamples(inputs: scratch.frames(x), targets: scratch.frames(y))
    }
    func refuses(_ what: Argument, _ other: Argument, _ body: () throws -> Void) {
      #expect(throws: SinglePathError.overlap(what, other)) { try body() }
    }
    refuses(.parameters, .inputs) {
      try kernel.train(parameters, on: samples(7, 16), rate: 1)
    }
    refuses(.parameters, .targets) {
      try kernel.train(parameters, on: samples(8, 0), rate: 1)
    }
    refuses(.parameters, .rates) {
      try kernel.train(
        parameters, on: samples(8, 16), rate: .perPath(UnsafeBufferPointer(scratch.from(4))))
    }
    refuses(.parameters, .verdicts) {
      try kernel.train(
        parameters, on: samples(8, 16), rate: 1, verdicts: scratch.bytes(28, as: UInt8.self))
    }
    refuses(.verdicts, .targets) {
      try kernel.train(
        parameters, on: samples(8, 16), rate: 1, verdicts: scratch.bytes(92, as: UInt8.self))
    }
    refuses(.outputs, .inputs) {
      try kernel.predict(
        parameters, inputs: scratch.frames(8), into: scratch.from(12), stride: 4)
    }
    refuses(.costs, .parameters) {
      try kernel.sumCosts(parameters, of: samples(8, 16), into: scratch.from(7))
    }
    #expect(scratch.values == (0..<32).map { Float($0) })
    #expect(
      SinglePathError.overlap(.costs, .inputs).description
        == "the memory of the costs overlaps that of the inputs")
  }

  @Test func instructionSets() throws {
    for set in InstructionSet.allCases where !set.isAvailable {
      #expect(throws: SinglePathError.instructionSet(set)) { try Kernel(set) }
      #expect(
        SinglePathError.instructionSet(set).description.hasPrefix(
          "this machine does not have \(set.rawValue); it has "))
    }
    #expect(InstructionSet.available.contains(Kernel().instructionSet))
  }

  @Test func series() throws {
    #expect(throws: SinglePathError.series(1, inputs: 2, targets: 1)) {
      _ = try PackedSeries([(x: [1], y: [1]), (x: [1, 2], y: [1])])
    }
    #expect(throws: SinglePathError.size(.copies, 0, allowed: 1...Int.max)) {
      _ = try PackedSeries([(x: [1], y: [1])], copies: 0)
    }
    #expect(throws: SinglePathError.size(.seriesWithWeights, 2, allowed: 1...1)) {
      _ = try PackedSeries([(x: [1], y: [1])], weights: [[1], [1]])
    }
    #expect(throws: SinglePathError.seriesWeights(0, inputs: 1, weights: 2)) {
      _ = try PackedSeries([(x: [1], y: [1])], weights: [[1, 1]])
    }
    for copies in [Int.max, 1 << 61] {
      #expect(throws: SinglePathError.overflow(.packedSeries)) {
        _ = try PackedSeries([(x: [1], y: [1]), (x: [1], y: [1])], copies: copies)
      }
    }
    // The size fits into a number, but no machine has so much memory.
    #expect(throws: SinglePathError.memory(bytes: 1 << 45)) {
      _ = try PackedSeries([(x: [1], y: [1])], copies: 1 << 43)
    }
  }

  @Test func noFramesNeedNoMemoryOnAnyNumberOfThreads() throws {
    var bank = try PathBank(shape: PathShape(depth: 2, biases: false), count: 200)
    let nothing: [Float] = []
    var outputs: [Float] = []
    var predictions = outputs.mutableSpan
    let none = try Samples(
      inputs: .shared(nothing.span), targets: .perPath(nothing.span, frames: 0))
    for threads in 1...3 {
      #expect(try bank.train(on: none, rate: 1, threads: threads).divergedCount == 0)
      try bank.predict(.perPath(nothing.span, frames: 0), into: &predictions, threads: threads)
    }
  }
}
