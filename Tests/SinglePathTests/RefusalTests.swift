import SinglePath
import Testing

@Suite("Invalid arguments are refused before anything is touched")
struct RefusalTests {
  private let kernel = Kernel()

  /// Trains with arguments that a test spoils, and checks the error and that nothing changed.
  private func expect(
    _ error: SinglePathError, _ message: String, count: Int = 4, stride: Int = 4, frames: Int = 2,
    targetFrames: Int = 2, frameStride: Int = 4, rate: Float = 0.5, rates: [Float]? = nil,
    threads: Int = 1, nilPlanes: Bool = false, nilInputs: Bool = false, sharedTargets: Bool = false
  ) throws {
    let shape = try PathShape(depth: 2, biases: false)
    let values: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]
    withMemory(values, values, values, rates ?? values) { memory in
      #expect(throws: error) {
        try kernel.train(
          Parameters(nilPlanes ? nil : memory[0], shape: shape, count: count, stride: stride),
          inputs: Frames(nilInputs ? nil : memory[1], frames: frames, stride: frameStride),
          targets: sharedTargets
            ? Frames(shared: memory[2], frames: targetFrames)
            : Frames(memory[2], frames: targetFrames, stride: frameStride),
          rate: rates == nil ? .shared(rate) : .perPath(memory[3]), threads: threads)
      }
      #expect((0..<8).allSatisfy { memory[0][$0] == values[$0] })
    }
    #expect(error.description == message)
  }

  @Test func sizes() throws {
    try expect(
      .size("the number of paths", -1, least: 0), "the number of paths is -1; it must be 0 or more",
      count: -1)
    try expect(
      .size("the number of frames", -2, least: 0),
      "the number of frames is -2; it must be 0 or more", frames: -2, targetFrames: -2)
    try expect(
      .size("the stride of the parameters", 3, least: 4),
      "the stride of the parameters is 3; it must be 4 or more", stride: 3)
    try expect(
      .size("the stride of the inputs", -4, least: 0),
      "the stride of the inputs is -4; it must be 0 or more", frameStride: -4)
    try expect(
      .size("the number of threads", 0, least: 1),
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
      .overflow("the parameters"), "the parameters would reach beyond the address space",
      stride: .max)
    try expect(
      .overflow("the parameters"), "the parameters would reach beyond the address space",
      count: .max, stride: .max)
    try expect(
      .overflow("the inputs"), "the inputs would reach beyond the address space",
      frames: .max, targetFrames: .max)
    #expect(throws: SinglePathError.overflow("the parameters")) {
      _ = try PathBank(shape: PathShape(depth: 8, biases: true), count: .max)
    }
    #expect(throws: SinglePathError.memory(bytes: 1 << 58)) {
      _ = try PathBank(shape: PathShape(depth: 1, biases: false), count: 1 << 56)
    }
    #expect(throws: SinglePathError.size("the number of paths", -1, least: 0)) {
      _ = try PathBank(shape: PathShape(depth: 1, biases: false), count: -1)
    }
  }

  @Test func missingMemory() throws {
    try expect(
      .missing("the parameters"), "the parameters has no memory: the pointer is nil",
      nilPlanes: true)
    try expect(
      .missing("the inputs"), "the inputs has no memory: the pointer is nil", nilInputs: true)
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
    #expect(throws: SinglePathError.self) {
      try withMemory([1], [1]) { memory in
        try bank.train(
          inputs: Frames(memory[0], frames: 1, stride: 1),
          targets: Frames(memory[1], frames: 1, stride: 1), rate: .shared(rate))
      }
    }
    #expect(bank[weight: 1, path: 0] == 0)
  }

  @Test func overlaps() throws {
    let shape = try PathShape(depth: 2, biases: false)
    withMemory((0..<32).map { Float($0) }) { memory in
      let base = memory[0]
      let parameters = Parameters(base, shape: shape, count: 4, stride: 4)
      func frames(_ offset: Int) -> Frames { Frames(base + offset, frames: 2, stride: 4) }
      func refuses(_ what: String, _ other: String, _ body: () throws -> Void) {
        #expect(throws: SinglePathError.overlap(what, other)) { try body() }
      }
      refuses("the parameters", "the inputs") {
        try kernel.train(parameters, inputs: frames(7), targets: frames(16), rate: 1)
      }
      refuses("the parameters", "the targets") {
        try kernel.train(parameters, inputs: frames(8), targets: frames(0), rate: 1)
      }
      refuses("the parameters", "the learning rates") {
        try kernel.train(
          parameters, inputs: frames(8), targets: frames(16), rate: .perPath(base + 4))
      }
      refuses("the parameters", "the verdicts") {
        try kernel.train(
          parameters, inputs: frames(8), targets: frames(16), rate: 1,
          verdicts: UnsafeMutableRawPointer(base + 7).assumingMemoryBound(to: Verdict.self))
      }
      refuses("the verdicts", "the targets") {
        try kernel.train(
          parameters, inputs: frames(8), targets: frames(16), rate: 1,
          verdicts: UnsafeMutableRawPointer(base + 23).assumingMemoryBound(to: Verdict.self))
      }
      refuses("the outputs", "the inputs") {
        try kernel.predict(parameters, inputs: frames(8), into: base + 12, stride: 4)
      }
      refuses("the costs", "the parameters") {
        try kernel.costs(parameters, inputs: frames(8), targets: frames(16), into: base + 7)
      }
      #expect((0..<32).allSatisfy { base[$0] == Float($0) })
    }
    #expect(
      SinglePathError.overlap("the costs", "the inputs").description
        == "the memory of the costs overlaps that of the inputs")
  }

  @Test func shapesAndInstructionSets() throws {
    for depth in [0, 9, -1] {
      #expect(throws: SinglePathError.depth(depth)) { try PathShape(depth: depth, biases: true) }
    }
    #expect(SinglePathError.depth(9).description == "depth is 9; it must be 1 to 8")
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
      try PackedSeries([(x: [1], y: [1]), (x: [1, 2], y: [1])])
    }
    #expect(throws: SinglePathError.size("the number of copies", 0, least: 1)) {
      try PackedSeries([(x: [1], y: [1])], copies: 0)
    }
    for copies in [Int.max, 1 << 60] {
      #expect(throws: SinglePathError.overflow("the packed series")) {
        try PackedSeries([(x: [1], y: [1]), (x: [1], y: [1])], copies: copies)
      }
    }
  }

  @Test func noFramesNeedNoMemoryOnAnyNumberOfThreads() throws {
    var bank = try PathBank(shape: PathShape(depth: 2, biases: false), count: 200)
    let none = Frames(nil, frames: 0, stride: 200)
    for threads in 1...3 {
      #expect(try bank.train(inputs: none, targets: none, rate: 1, threads: threads) == 0)
      try bank.predict(inputs: none, into: nil, stride: 200, threads: threads)
    }
  }
}
