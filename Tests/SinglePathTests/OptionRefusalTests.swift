import SinglePath
import Testing

@Suite("Options that mean nothing are refused before anything is touched")
struct OptionRefusalTests {
  private let kernel = Kernel()
  private let values: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]

  /// Trains four paths of two weights on two frames with options that a test spoils.
  private func expect(
    _ error: SinglePathError, _ message: String, weights: Frames? = nil,
    cost: CostFunction = .squaredError, spoil: (inout TrainingOptions) -> Void = { _ in }
  ) throws {
    let shape = try PathShape(depth: 2, biases: false, cost: cost)
    var options = TrainingOptions()
    spoil(&options)
    withMemory(values, values, values) { memory in
      #expect(throws: error) {
        try kernel.train(
          Parameters(memory[0], shape: shape, count: 4, stride: 4),
          inputs: Frames(memory[1], frames: 2, stride: 4),
          targets: Frames(memory[2], frames: 2, stride: 4), weights: weights, rate: 0.5,
          options: options)
      }
      #expect(values.indices.allSatisfy { memory[0][$0] == values[$0] })
    }
    #expect(error.description == message)
  }

  @Test func sampleWeights() throws {
    try withMemory(values) { memory in
      try expect(
        .weights(frames: 2, weights: 1),
        "there are 2 frames of samples but 1 frames of sample weights",
        weights: Frames(memory[0], frames: 1, stride: 4))
      try expect(
        .size("the stride of the sample weights", -1, least: 0),
        "the stride of the sample weights is -1; it must be 0 or more",
        weights: Frames(memory[0], frames: 2, stride: -1))
    }
    try expect(
      .missing("the sample weights"), "the sample weights has no memory: the pointer is nil",
      weights: Frames(nil, frames: 2, stride: 4))
    try expect(
      .missing("the sample weights"), "the sample weights has no memory: the pointer is nil",
      weights: Frames(shared: nil, frames: 2))
  }

  @Test(arguments: [0, -1, -Float.infinity])
  func settings(value: Float) throws {
    let rest = " is \(value); it must be finite and above 0"
    try expect(
      .setting("the limit of the gradient", value), "the limit of the gradient" + rest
    ) { $0.gradientLimit = value }
    try expect(
      .setting("the threshold of Huber's cost", value), "the threshold of Huber's cost" + rest,
      cost: .huber(threshold: value))
  }

  @Test func settingsThatAreNotFinite() throws {
    try expect(
      .setting("the threshold of Huber's cost", .infinity),
      "the threshold of Huber's cost is inf; it must be finite and above 0",
      cost: .huber(threshold: .infinity))
    // NaN equals nothing, so that the error can only be known by its kind.
    var options = TrainingOptions()
    options.gradientLimit = .nan
    for shape in [
      try PathShape(depth: 1, biases: false),
      try PathShape(depth: 1, biases: false, cost: .huber(threshold: .nan)),
    ] {
      withMemory(values, values, values) { memory in
        let error = #expect(throws: SinglePathError.self) {
          try kernel.train(
            Parameters(memory[0], shape: shape, count: 4, stride: 4),
            inputs: Frames(memory[1], frames: 1, stride: 4),
            targets: Frames(memory[2], frames: 1, stride: 4), rate: 0.5,
            options: shape.cost == .squaredError ? options : TrainingOptions())
        }
        #expect(error?.description.contains(" is nan; it must be finite and above 0") == true)
        #expect(values.indices.allSatisfy { memory[0][$0] == values[$0] })
      }
    }
  }

  @Test(arguments: [0, -3])
  func batches(frames: Int) throws {
    try expect(
      .size("the frames of a batch", frames, least: 1),
      "the frames of a batch is \(frames); it must be 1 or more"
    ) { $0.batch = frames }
  }

  @Test func bounds() throws {
    try withMemory(values) { memory in
      let base = UnsafePointer(memory[0])
      for (lower, upper, name) in [(base, nil, "upper"), (nil, base, "lower")] {
        for bounds in [Bounds(shared: lower, upper), Bounds(lower, upper, stride: 4)] {
          try expect(
            .missing("the \(name) bounds"), "the \(name) bounds has no memory: the pointer is nil"
          ) { $0.bounds = bounds }
        }
      }
      try expect(
        .size("the stride of the lower bounds", 3, least: 4),
        "the stride of the lower bounds is 3; it must be 4 or more"
      ) { $0.bounds = Bounds(base, base, stride: 3) }
      try expect(
        .overflow("the lower bounds"), "the lower bounds would reach beyond the address space"
      ) { $0.bounds = Bounds(base, base, stride: .max) }
    }
  }

  /// Each array that a call may be given, against what the call writes.
  @Test func overlaps() throws {
    let shape = try PathShape(depth: 2, biases: false)
    withMemory((0..<64).map { Float($0) }) { memory in
      let base = memory[0]
      let parameters = Parameters(base, shape: shape, count: 4, stride: 4)
      let (x, y) = (Frames(base + 8, frames: 2, stride: 4), Frames(base + 16, frames: 2, stride: 4))
      func refuses(_ what: String, _ other: String, _ body: () throws -> Void) {
        #expect(throws: SinglePathError.overlap(what, other)) { try body() }
        #expect((0..<64).allSatisfy { base[$0] == Float($0) })
      }
      func training(
        _ other: String, weights: Frames? = nil, lengths: UnsafePointer<UInt32>? = nil,
        spoil: (inout TrainingOptions) -> Void = { _ in }
      ) {
        var options = TrainingOptions()
        spoil(&options)
        refuses("the parameters", other) {
          try kernel.train(
            parameters, inputs: x, targets: y, weights: weights, lengths: lengths, rate: 1,
            options: options)
        }
      }
      let raw = UnsafeRawPointer(base + 7)
      training("the sample weights", weights: Frames(base + 7, frames: 2, stride: 4))
      training("the sample weights", weights: Frames(shared: base + 7, frames: 2))
      training("the lengths", lengths: raw.assumingMemoryBound(to: UInt32.self))
      training("the masks of frozen parameters") {
        $0.frozen = .perPath(raw.assumingMemoryBound(to: ParameterMask.self))
      }
      training("the lower bounds") { $0.bounds = Bounds(base + 7, base + 32, stride: 4) }
      training("the upper bounds") { $0.bounds = Bounds(shared: base + 32, base + 7) }
      let weights = Frames(base + 32, frames: 2, stride: 4)
      let lengths = UnsafeRawPointer(base + 44).assumingMemoryBound(to: UInt32.self)
      for (place, other) in [(39, "the sample weights"), (44, "the lengths")] {
        refuses("the costs", other) {
          try kernel.costs(
            parameters, inputs: x, targets: y, weights: weights, lengths: lengths,
            into: base + place)
        }
      }
      for (place, other) in [
        (7, "the parameters"), (15, "the inputs"), (23, "the targets"), (30, "the sample weights"),
        (46, "the lengths"),
      ] {
        // Up to four rows and four of the gradient follow each other from here.
        refuses("the examination", other) {
          try kernel.examine(
            parameters, inputs: x, targets: y, weights: weights, lengths: lengths,
            into: base + place, stride: 4)
        }
      }
    }
  }

  @Test func theStrideOfAnExamination() throws {
    let shape = try PathShape(depth: 1, biases: false)
    let error = SinglePathError.size("the stride of the examination", 3, least: 4)
    withMemory(values, values) { memory in
      _ = #expect(throws: error) {
        try kernel.examine(
          Parameters(memory[0], shape: shape, count: 4, stride: 4),
          inputs: Frames(memory[1], frames: 1, stride: 4),
          targets: Frames(memory[1], frames: 1, stride: 4), into: nil, stride: 3)
      }
    }
    #expect(error.description == "the stride of the examination is 3; it must be 4 or more")
  }
}

@Suite("A watch with rules that mean nothing is refused")
struct WatchRefusalTests {
  private func expect(
    _ error: SinglePathError, _ message: String, spoil: (inout Watch.Rules) -> Void
  ) throws {
    let bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 2)
    var rules = Watch.Rules()
    spoil(&rules)
    #expect(throws: error) { _ = try Watch(bank, rules: rules) }
    #expect(error.description == message)
  }

  @Test func rules() throws {
    for value: Float in [1, -0.1, .infinity] {
      try expect(
        .tolerance(value), "the tolerance is \(value); it must be 0 or more and below 1"
      ) { $0.tolerance = value }
    }
    for value: Float in [0, -1, .infinity] {
      try expect(
        .setting("the retreat threshold", value),
        "the retreat threshold is \(value); it must be finite and above 0"
      ) { $0.rise = value }
    }
    for value: Float in [-1, .infinity] {
      try expect(
        .setting("the absolute tolerance", value),
        "the absolute tolerance is \(value); it must be finite and above 0"
      ) { $0.floor = value }
    }
    for value in [0, -1] {
      try expect(
        .size("the window of a watch", value, least: 1),
        "the window of a watch is \(value); it must be 1 or more"
      ) { $0.window = value }
    }
  }

  @Test func anotherBank() throws {
    let job = try Reviewed(
      shape: PathShape(depth: 1, biases: false), parameters: [1, 1], inputs: [1, 1],
      targets: [0, 0])
    var bank = try job.bank()
    for (shape, count) in [
      (job.shape, 3), (try PathShape(depth: 1, biases: true), 2),
      (try PathShape(depth: 1, biases: false, output: .tanh), 2),
    ] {
      var watch = try Watch(PathBank(shape: shape, count: count))
      #expect(throws: SinglePathError.otherBank) {
        _ = try job.reviewed(by: &watch, &bank, after: [.trained, .trained])
      }
    }
    #expect(
      SinglePathError.otherBank.description
        == "the bank has another shape or number of paths than the one that is watched")
  }

  @Test func noRatesToHalve() throws {
    let job = try Reviewed(
      shape: PathShape(depth: 1, biases: false), parameters: [1], inputs: [1], targets: [0])
    var bank = try job.bank()
    var rules = Watch.Rules()
    rules.rise = 0.5
    var watch = try Watch(bank, rules: rules)
    #expect(throws: SinglePathError.missing("the learning rates")) {
      _ = try job.reviewed(by: &watch, &bank, after: [.diverged])
    }
    #expect(watch.bestCosts == [.infinity] && bank[weight: 1, path: 0] == 1)
  }
}
