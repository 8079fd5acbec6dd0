import SinglePath
import Testing

@Suite("Options that mean nothing are refused before anything is touched")
struct OptionRefusalTests {
  private let kernel = Kernel()
  private let values: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]

  /// Trains four paths of two weights on two frames with options that a test spoils.
  private func expect(
    _ error: SinglePathError, _ message: String,
    spoil: (inout UnsafeTrainingOptions) -> Void = { _ in },
    weights: (Scratch) -> UnsafeFrames? = { _ in nil }
  ) throws {
    let shape = try PathShape(depth: 2, biases: false)
    var options = UnsafeTrainingOptions()
    spoil(&options)
    let (planes, others) = (Scratch(values), Scratch(values))
    #expect(throws: error) {
      try kernel.train(
        UnsafeParameters(planes.memory, shape: shape, count: 4),
        on: UnsafeSamples(
          inputs: others.frames(0), targets: others.frames(0), weights: weights(others)),
        rate: 0.5, options: options)
    }
    #expect(planes.values == values)
    #expect(error.description == message)
  }

  @Test func sampleWeights() throws {
    try expect(
      .weights(frames: 2, weights: 1),
      "there are 2 frames of samples but 1 frames of sample weights",
      weights: { $0.frames(0, frames: 1) })
    try expect(
      .stride(.weights, -1, least: 0),
      "the stride of the sample weights is -1; it must be 0 or more",
      weights: { $0.frames(0, stride: -1) })
  }

  @Test(arguments: [0, -1, -Float.infinity])
  func settings(value: Float) throws {
    try expect(
      .setting(.gradientLimit, value), "the limit of the gradient is \(value); it must be above 0",
      spoil: { $0.gradientLimit = value })
  }

  @Test func aLimitThatIsNaN() throws {
    // NaN equals nothing, so that the error can only be known by its kind.
    var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 8)
    var options = TrainingOptions()
    options.gradientLimit = .nan
    let error = #expect(throws: SinglePathError.self) {
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 1), targets: .perPath(values.span, frames: 1)),
        rate: 0.5, options: options)
    }
    #expect(error?.description == "the limit of the gradient is nan; it must be above 0")
    #expect(bank.copyParameters().allSatisfy { $0 == 0 })
  }

  @Test(arguments: [0, -3])
  func batches(frames: Int) throws {
    try expect(
      .size(.batch, frames, allowed: 1...Int.max),
      "the number of frames in a batch is \(frames); it must be 1 or more",
      spoil: { $0.batch = frames })
  }

  @Test func bounds() throws {
    let scratch = Scratch(values)
    let all = UnsafeBufferPointer(scratch.memory)
    let none = UnsafeBufferPointer<Float>(start: nil, count: 0)
    for (lower, upper, argument) in [
      (all, none, Argument.upperBounds), (none, all, Argument.lowerBounds),
    ] {
      try expect(
        .tooShort(
          argument, count: 0, needed: 2, SinglePathError.Layout(rows: 2, width: 1, stride: 1)),
        "\(argument) hold 0 values; 2 planes with stride 1 need 2",
        spoil: { $0.bounds = UnsafeBounds(shared: lower, upper) })
      try expect(
        .tooShort(
          argument, count: 0, needed: 8, SinglePathError.Layout(rows: 2, width: 4, stride: 4)),
        "\(argument) hold 0 values; 2 planes × 4 paths with stride 4 need 8",
        spoil: { $0.bounds = UnsafeBounds(lower, upper) })
    }
    try expect(
      .stride(.lowerBounds, 3, least: 4),
      "the stride of the lower bounds is 3; it must be 4 or more",
      spoil: { $0.bounds = UnsafeBounds(all, all, stride: 3) })
    try expect(
      .overflow(.lowerBounds), "the lower bounds would reach beyond the address space",
      spoil: { $0.bounds = UnsafeBounds(all, all, stride: .max) })
  }

  /// Each array that a call may be given, against what the call writes.
  @Test func overlapsOfOptions() throws {
    let shape = try PathShape(depth: 2, biases: false)
    let scratch = Scratch((0..<64).map { Float($0) })
    let parameters = UnsafeParameters(scratch.memory, shape: shape, count: 4)
    func at(_ place: Int) -> UnsafeBufferPointer<Float> {
      UnsafeBufferPointer(scratch.from(place))
    }
    func training(
      _ other: Argument, weights: UnsafeFrames? = nil,
      lengths: UnsafeBufferPointer<UInt32>? = nil,
      spoil: (inout UnsafeTrainingOptions) -> Void = { _ in }
    ) {
      var options = UnsafeTrainingOptions()
      spoil(&options)
      #expect(throws: SinglePathError.overlap(.parameters, other)) {
        try kernel.train(
          parameters,
          on: UnsafeSamples(
            inputs: scratch.frames(8), targets: scratch.frames(16), weights: weights,
            lengths: lengths), rate: 1, options: options)
      }
      #expect(scratch.values == (0..<64).map { Float($0) })
    }
    training(.weights, weights: scratch.frames(7))
    training(.weights, weights: scratch.sharedFrames(7))
    training(.lengths, lengths: UnsafeBufferPointer(scratch.bytes(28, as: UInt32.self)))
    training(.frozen) {
      $0.frozen = .perPath(UnsafeBufferPointer(scratch.bytes(28, as: ParameterMask.self)))
    }
    training(.lowerBounds) { $0.bounds = UnsafeBounds(at(7), at(32), stride: 4) }
    training(.upperBounds) { $0.bounds = UnsafeBounds(shared: at(32), at(7)) }
  }

  @Test func overlapsOfResults() throws {
    let shape = try PathShape(depth: 2, biases: false)
    let scratch = Scratch((0..<64).map { Float($0) })
    let parameters = UnsafeParameters(scratch.memory, shape: shape, count: 4)
    let samples = try UnsafeSamples(
      inputs: scratch.frames(8), targets: scratch.frames(16), weights: scratch.frames(32),
      lengths: UnsafeBufferPointer(scratch.bytes(4 * 44, as: UInt32.self)))
    for (place, other) in [(39, Argument.weights), (44, Argument.lengths)] {
      #expect(throws: SinglePathError.overlap(.costs, other)) {
        try kernel.sumCosts(parameters, of: samples, into: scratch.from(place))
      }
    }
    for (place, other) in [
      (7, Argument.parameters), (15, .inputs), (23, .targets), (30, .weights), (46, .lengths),
    ] {
      // Four rows follow each other from here.
      #expect(throws: SinglePathError.overlap(.examination, other)) {
        try kernel.examine(parameters, on: samples, into: scratch.from(place))
      }
    }
    #expect(scratch.values == (0..<64).map { Float($0) })
  }

  @Test func theStrideOfAnExamination() throws {
    let bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 4)
    let error = SinglePathError.stride(.examination, 3, least: 4)
    var rows = values
    #expect(throws: error) {
      var span = rows.mutableSpan
      try bank.examine(
        on: Samples(
          inputs: .perPath(values.span, frames: 1), targets: .perPath(values.span, frames: 1)),
        into: &span, stride: 3)
    }
    #expect(rows == values)
    #expect(error.description == "the stride of the examination is 3; it must be 4 or more")
  }
}

@Suite("A monitor with rules that mean nothing is refused")
struct MonitorRefusalTests {
  private func expect(
    _ error: SinglePathError, _ message: String, spoil: (inout ConvergenceMonitor.Rules) -> Void
  ) throws {
    let bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 2)
    var rules = ConvergenceMonitor.Rules()
    spoil(&rules)
    #expect(throws: error) { _ = try ConvergenceMonitor(bank, rules: rules) }
    #expect(error.description == message)
  }

  @Test func rules() throws {
    for value: Float in [1, -0.1, .infinity] {
      try expect(
        .tolerance(value), "the relative tolerance is \(value); it must be 0 or more and below 1"
      ) { $0.relativeTolerance = value }
    }
    for value: Float in [0, -1, .infinity] {
      try expect(
        .setting(.retreatThreshold, value),
        "the retreat threshold is \(value); it must be finite and above 0"
      ) { $0.retreatThreshold = value }
    }
    for value: Float in [-1, .infinity] {
      try expect(
        .setting(.absoluteTolerance, value),
        "the absolute tolerance is \(value); it must be finite and 0 or more"
      ) { $0.absoluteTolerance = value }
    }
    let most = Int(clamping: UInt32.max - 1)
    for value in [0, -1, most + 1, .max] {
      try expect(
        .size(.patience, value, allowed: 1...most),
        "the patience is \(value); it must be 1 to 4294967294"
      ) { $0.patience = value }
    }
    for value in [-1, 1 << 24 + 1, .max] {
      try expect(
        .size(.minimumSamples, value, allowed: 0...1 << 24),
        "the minimum of samples is \(value); it must be 0 to 16777216"
      ) { $0.minimumSamples = value }
    }
  }

  @Test func rulesAtTheirEnds() throws {
    let bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 2)
    var rules = ConvergenceMonitor.Rules()
    rules.patience = Int(clamping: UInt32.max - 1)
    rules.minimumSamples = 1 << 24
    rules.relativeTolerance = 0
    rules.retreatThreshold = .leastNonzeroMagnitude
    #expect(try ConvergenceMonitor(bank, rules: rules).rules == rules)
  }

  @Test func anotherBank() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1, 1], inputs: [1, 1],
      targets: [0, 0])
    var bank = try fixture.bank()
    for (shape, count) in [
      (fixture.shape, 3), (try PathShape(depth: 1, biases: true), 2),
      (try PathShape(depth: 1, biases: false, output: .tanh), 2),
    ] {
      var monitor = try ConvergenceMonitor(PathBank(shape: shape, count: count))
      #expect(throws: SinglePathError.otherBank) {
        _ = try fixture.reviewed(by: &monitor, &bank, after: [.trained, .trained])
      }
    }
    #expect(
      SinglePathError.otherBank.description
        == "the bank has another shape or number of paths than the one that is monitored")
  }

  @Test func noRatesToHalve() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1], inputs: [1], targets: [0])
    var bank = try fixture.bank()
    var rules = ConvergenceMonitor.Rules()
    rules.retreatThreshold = 0.5
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    #expect(throws: SinglePathError.missing(.rates)) {
      _ = try fixture.reviewed(by: &monitor, &bank, after: [.diverged])
    }
    #expect(monitor.bestCosts.array == [.infinity] && bank[weight: 1, path: 0] == 1)
  }

  @Test func tooFewVerdictsOrRates() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1, 1], inputs: [1, 1],
      targets: [0, 0])
    var bank = try fixture.bank()
    var monitor = try ConvergenceMonitor(bank)
    let layout = SinglePathError.Layout(rows: 1, width: 2, stride: 0)
    #expect(throws: SinglePathError.tooShort(.verdicts, count: 1, needed: 2, layout)) {
      _ = try fixture.reviewed(by: &monitor, &bank, after: [.trained])
    }
    var rate: [Float] = [1]
    #expect(throws: SinglePathError.tooShort(.rates, count: 1, needed: 2, layout)) {
      _ = try rate.withUnsafeMutableBufferPointer {
        try fixture.reviewed(by: &monitor, &bank, after: [.trained, .trained], rates: $0)
      }
    }
    #expect(monitor.bestCosts.array == [.infinity, .infinity])
  }
}
