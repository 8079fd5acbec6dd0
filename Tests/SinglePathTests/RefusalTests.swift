import SinglePath
import Testing

/// Memory that tests cut arrays out of, and its content.
final class Scratch {
  let memory: UnsafeMutableBufferPointer<Float>

  init(_ values: [Float]) {
    memory = .allocate(capacity: values.count)
    _ = memory.initialize(from: values)
  }

  deinit { memory.deallocate() }

  var values: [Float] { Array(memory) }

  /// The elements from a place on.
  func from(_ place: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: memory[place...])
  }

  func frames(_ place: Int, frames: Int = 2, stride: Int = 4) -> UnsafeFrames {
    UnsafeFrames(UnsafeBufferPointer(from(place)), frames: frames, stride: stride)
  }

  func sharedFrames(_ place: Int, frames: Int = 2) -> UnsafeFrames {
    UnsafeFrames(shared: UnsafeBufferPointer(from(place)), frames: frames)
  }

  /// The memory from a byte on, as other elements.
  func bytes<Element>(_ place: Int, as type: Element.Type) -> UnsafeMutableBufferPointer<Element> {
    let bytes = UnsafeMutableRawBufferPointer(memory)
    let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[place...])
    return UnsafeMutableBufferPointer(
      start: rest.baseAddress.map { $0.assumingMemoryBound(to: type) },
      count: rest.count / MemoryLayout<Element>.stride)
  }
}

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

@Suite("A bank checks the lengths of what it is lent")
struct LengthTests {
  private let values = [Float](repeating: 1, count: 400)

  /// Calls a bank of a hundred paths, and checks the error and that nothing changed.
  private func expect(
    _ argument: Argument, _ count: Int, _ message: String, frames: Int = 2,
    _ body: (inout PathBank, [Float]) throws -> Void
  ) throws {
    var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 100)
    let error = #expect(throws: SinglePathError.self) { try body(&bank, values) }
    guard case .tooShort(argument, count: count, needed: _, _) = error else {
      Issue.record("\(String(describing: error)) of \(argument)")
      return
    }
    #expect(error?.description == message)
    #expect(bank.copyParameters() == [Float](repeating: 0, count: 100))
  }

  @Test func samples() throws {
    try expect(
      .inputs, 400,
      "the inputs hold 400 values; 64 frames × 100 paths with stride 100 need 6,400"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 64), targets: .perPath(values.span, frames: 64)),
        rate: 1)
    }
    try expect(.inputs, 3, "the inputs hold 3 values; 4 frames with stride 1 need 4") {
      bank, values in
      try bank.train(
        on: Samples(
          inputs: .shared(values.span.extracting(first: 3), frames: 4),
          targets: .perPath(values.span, frames: 4)), rate: 1)
    }
    try expect(
      .targets, 400, "the targets hold 400 values; 4 frames × 100 paths with stride 101 need 403"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4),
          targets: .perPath(values.span, frames: 4, stride: 101)), rate: 1)
    }
    try expect(
      .weights, 1, "the sample weights hold 1 value; 4 frames with stride 1 need 4"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4),
          weights: .shared(values.span.extracting(first: 1), frames: 4)), rate: 1)
    }
    try expect(.lengths, 99, "the lengths hold 99 values; 100 paths need 100") { bank, values in
      let lengths = [UInt32](repeating: 1, count: 99)
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4),
          lengths: lengths.span), rate: 1)
    }
  }

  @Test func ratesAndOptions() throws {
    func train(
      _ bank: inout PathBank, _ values: [Float], rates: Int = 100, verdicts: Int = 100,
      options: TrainingOptions = TrainingOptions()
    ) throws {
      var found = [Verdict](repeating: .dead, count: verdicts)
      var span = found.mutableSpan
      defer { #expect(found.allSatisfy { $0 == .dead }) }
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4)),
        rates: values.span.extracting(first: rates), options: options, verdicts: &span)
    }
    try expect(.rates, 99, "the learning rates hold 99 values; 100 paths need 100") {
      try train(&$0, $1, rates: 99)
    }
    try expect(.verdicts, 0, "the verdicts hold 0 values; 100 paths need 100") {
      try train(&$0, $1, verdicts: 0)
    }
    var options = TrainingOptions()
    options.frozen = .perPath([.weight(1)])
    try expect(.frozen, 1, "the masks of frozen parameters hold 1 value; 100 paths need 100") {
      try train(&$0, $1, options: options)
    }
    options.frozen = .none
    options.bounds = .perPath(lower: [1, 2], upper: values)
    try expect(.lowerBounds, 2, "the lower bounds hold 2 values; 100 paths need 100") {
      try train(&$0, $1, options: options)
    }
    options.bounds = .shared(lower: [0], upper: [])
    try expect(.upperBounds, 0, "the upper bounds hold 0 values; 1 path needs 1") {
      try train(&$0, $1, options: options)
    }
  }

  @Test func results() throws {
    let samples = try Samples(
      inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4))
    var room = [Float](repeating: 7, count: 399)
    try expect(
      .outputs, 399, "the outputs hold 399 values; 4 frames × 100 paths with stride 100 need 400"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.predict(.perPath(values.span, frames: 4), into: &span)
    }
    try expect(
      .examination, 399,
      "the examination holds 399 values; 4 rows × 100 paths with stride 100 need 400"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.examine(on: samples, into: &span)
    }
    try expect(
      .examination, 399,
      "the examination holds 399 values; 5 rows × 100 paths with stride 120 need 580"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.examine(on: samples, into: &span, gradients: true, stride: 120)
    }
    room = [7]
    try expect(.costs, 1, "the costs hold 1 value; 100 paths need 100") { bank, values in
      var span = room.mutableSpan
      try bank.sumCosts(of: samples, into: &span)
    }
    #expect(room == [7])
  }
}
