import MachineProbes
import SinglePath
import TestSupport
import Testing

extension Job {
  /// Weights, lengths, batches, a limit, frozen parameters and bounds, each of each path.
  mutating func askForEverything() {
    weights = (0..<count * frames).map { Float($0 % 5) / 2 }
    lengths = (0..<count).map { UInt32($0 % (frames + 2)) }
    batch = 2
    gradientLimit = 0.75
    frozen = (0..<count).map { ParameterMask(rawValue: UInt16(truncatingIfNeeded: $0 * 5)) }
    lower = parameters.indices.map { $0 % 7 == 0 ? -0.5 : -8 }
    upper = parameters.indices.map { $0 % 5 == 0 ? 0.5 : 8 }
  }
}

private func asked(_ shape: PathShape, count: Int, frames: Int) -> Job {
  var job = Job(shape, count: count, frames: frames)
  job.askForEverything()
  return job
}

/// Memory with a zone of a value before and after, so that a step beyond shows.
private struct Guarded<Value> {
  static var zone: Int { 64 }
  let base: UnsafeMutablePointer<Value>
  private let zoneValue: Value
  let count: Int

  init(_ values: [Value], around zoneValue: Value) {
    (self.zoneValue, count) = (zoneValue, values.count)
    let block = UnsafeMutablePointer<Value>.allocate(capacity: values.count + 2 * Self.zone)
    block.initialize(repeating: zoneValue, count: values.count + 2 * Self.zone)
    base = block + Self.zone
    base.update(from: values, count: values.count)
  }

  func deallocate() { (base - Self.zone).deallocate() }

  var values: [Value] { (0..<count).map { base[$0] } }

  /// Whether the zones are as they were.
  var isWhole: Bool {
    func bytes(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value, Array.init) }
    return (0..<Self.zone).allSatisfy {
      bytes(base[-1 - $0]) == bytes(zoneValue) && bytes(base[count + $0]) == bytes(zoneValue)
    }
  }
}

@Suite("Any size of general calls, and nothing beyond it")
struct GeneralSizeTests {
  /// Around every width, and around a block of each width at depth 3 with biases and a batch: 224, 256
  /// and 272 paths.
  static let sizes = [
    0, 1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 63, 64, 65, 223, 224, 225, 255, 256, 257, 271, 272, 273,
    1_153,
  ]

  @Test(arguments: kernels)
  func guardZonesStayAsTheyAreAndAreNeverRead(set: InstructionSet) throws {
    let kernel = try Kernel(set)
    for shape in someShapes {
      for count in Self.sizes {
        let job = asked(shape, count: count, frames: 3)
        let expected = try job.everything(set)
        // What lies around would show in a result if it were read.
        let parameters = Guarded(job.parameters, around: .nan)
        let inputs = Guarded(job.inputs, around: .nan)
        let targets = Guarded(job.targets, around: .infinity)
        let rates = Guarded(job.rates, around: .nan)
        let weights = Guarded(job.weights ?? [], around: .infinity)
        let lengths = Guarded(job.lengths ?? [], around: .max)
        let masks = Guarded(job.frozen ?? [], around: ParameterMask(rawValue: .max))
        let lower = Guarded(job.lower ?? [], around: 1e30)
        let upper = Guarded(job.upper ?? [], around: -1e30)
        let verdicts = Guarded([Verdict](repeating: .dead, count: count), around: .saturated)
        let costs = Guarded([Float](repeating: 0, count: count), around: -5)
        let rows = Examination.rowCount + shape.parameterCount
        let examined = Guarded([Float](repeating: 0, count: count * rows), around: -5)
        let floats = [parameters, inputs, targets, rates, weights, lower, upper, costs, examined]
        defer {
          for block in floats { block.deallocate() }
          lengths.deallocate()
          masks.deallocate()
          verdicts.deallocate()
        }
        let paths = Parameters(parameters.base, shape: shape, count: count, stride: count)
        let x = Frames(inputs.base, frames: 3, stride: count)
        let y = Frames(targets.base, frames: 3, stride: count)
        let w = Frames(weights.base, frames: 3, stride: count)
        try kernel.costs(
          paths, inputs: x, targets: y, weights: w, lengths: lengths.base, into: costs.base)
        try kernel.examine(
          paths, inputs: x, targets: y, weights: w, lengths: lengths.base, into: examined.base,
          stride: count, gradients: true)
        var options = TrainingOptions()
        options.batch = job.batch
        options.gradientLimit = job.gradientLimit
        options.frozen = .perPath(masks.base)
        options.bounds = Bounds(lower.base, upper.base, stride: count)
        try kernel.train(
          paths, inputs: x, targets: y, weights: w, lengths: lengths.base,
          rate: .perPath(rates.base), options: options, verdicts: verdicts.base)
        let found = [
          parameters.values.map(\.bitPattern), verdicts.values.map { UInt32($0.rawValue) },
          costs.values.map(\.bitPattern), examined.values.map(\.bitPattern),
        ]
        #expect(found == expected, "\(count) paths of \(shape)")
        #expect(floats.allSatisfy { $0.isWhole }, "\(count) paths of \(shape)")
        #expect(lengths.isWhole && masks.isWhole && verdicts.isWhole, "\(count) paths of \(shape)")
      }
    }
  }
}

@Suite("The same bits of general calls")
struct GeneralSameBitsTests {
  @Test(arguments: someShapes)
  func anyInstructionSetAnyNumberOfThreadsAnyOrder(shape: PathShape) throws {
    let job = asked(shape, count: 1_237, frames: 5)
    let expected = try job.everything(kernels[0])
    for set in kernels {
      let kernel = try Kernel(set)
      for threads in 1...5 {
        let trained = try job.trained(kernel, threads: threads)
        let found = [
          trained.parameters, trained.verdicts.map { UInt32($0.rawValue) },
          try job.costs(kernel, threads: threads), try job.examined(kernel, threads: threads),
        ]
        #expect(found == expected, "\(threads) threads on \(set)")
      }
      var generator = Generator(6)
      let order = (0..<1_237).shuffled(using: &generator)
      let plain = try job.trained(kernel)
      let shuffled = try job.restricted(to: order).trained(kernel)
      #expect(
        order.enumerated().allSatisfy {
          shuffled.path($0, of: 1_237) == plain.path($1, of: 1_237)
        }, "seed \(Generator.seed)")
    }
  }

  @Test func aPathAloneAndInTheMiddleOfAMillion() throws {
    let count = 1_000_003
    let shape = try PathShape(
      depth: 2, biases: false, hidden: .tanh, output: .softplus, cost: .huber(threshold: 0.5))
    var job = Job(shape, count: 7, frames: 1)
    job.weights = [1, 0.5, 0, 2, 0.25, 3, 1]
    job.batch = 2
    var many = Job(shape, count: 0, frames: 1)
    func spread(_ rows: [Float]) -> [Float] {
      stride(from: 0, to: rows.count, by: 7).flatMap { row in
        var copies: [Float] = []
        copies.reserveCapacity(count + 7)
        while copies.count < count { copies += rows[row..<row + 7] }
        return copies.prefix(count)
      }
    }
    many.count = count
    many.parameters = spread(job.parameters)
    many.inputs = spread(job.inputs)
    many.targets = spread(job.targets)
    many.rates = spread(job.rates)
    many.weights = spread(job.weights ?? [])
    many.batch = 2
    let crowd = try many.trained()
    for i in 0..<7 {
      let alone = try job.restricted(to: [i]).trained().path(0, of: 1)
      for copy in [i, 500_003 / 7 * 7 + i, (count - 7) / 7 * 7 + i] {
        #expect(crowd.path(copy, of: count) == alone)
      }
    }
  }

  @Test(arguments: someShapesAndKernels)
  func anyStrideAndAnyAlignment(shape: PathShape, set: InstructionSet) throws {
    let job = asked(shape, count: 37, frames: 5)
    let plain = try job.trained(Kernel(set))
    for (offset, gap) in [(1, 0), (3, 1), (7, 4_096)] {
      func spread(_ rows: [Float]) -> [Float] {
        var memory = [Float](repeating: -9, count: offset)
        for row in stride(from: 0, to: rows.count, by: 37) {
          memory += rows[row..<row + 37] + [Float](repeating: -9, count: gap)
        }
        return memory
      }
      try withMemory(
        spread(job.parameters), spread(job.inputs), spread(job.targets), spread(job.rates),
        spread(job.weights ?? []), spread(job.lower ?? []), spread(job.upper ?? [])
      ) { memory in
        let at = memory.map { UnsafePointer($0 + offset) }
        let spacing = 37 + gap
        try job.withOptions { _, lengths, options in
          var options = options
          options.bounds = Bounds(at[5], at[6], stride: spacing)
          try Kernel(set).train(
            Parameters(memory[0] + offset, shape: shape, count: 37, stride: spacing),
            inputs: Frames(at[1], frames: 5, stride: spacing),
            targets: Frames(at[2], frames: 5, stride: spacing),
            weights: Frames(at[4], frames: 5, stride: spacing), lengths: lengths,
            rate: .perPath(at[3]), options: options)
        }
        let expected = spread(plain.parameters.map(Float.init(bitPattern:)))
        #expect(expected.indices.allSatisfy { memory[0][$0].bitPattern == expected[$0].bitPattern })
      }
    }
  }
}

@Suite("General calls are guests too")
struct GeneralGuestTests {
  /// Every general operation, with every option, on memory that is there already.
  private func runAll(
    _ kernel: Kernel, _ job: Job, _ memory: [UnsafeMutablePointer<Float>],
    _ lengths: UnsafePointer<UInt32>?, _ options: TrainingOptions
  ) throws {
    let parameters = Parameters(memory[0], shape: job.shape, count: job.count, stride: job.count)
    let x = Frames(memory[1], frames: job.frames, stride: job.count)
    let y = Frames(memory[2], frames: job.frames, stride: job.count)
    let w = Frames(memory[3], frames: job.frames, stride: job.count)
    try kernel.train(
      parameters, inputs: x, targets: y, weights: w, lengths: lengths, rate: .perPath(memory[4]),
      options: options)
    try kernel.predict(parameters, inputs: x, into: memory[5], stride: job.count)
    try kernel.costs(
      parameters, inputs: x, targets: y, weights: w, lengths: lengths, into: memory[5])
    try kernel.examine(
      parameters, inputs: x, targets: y, weights: w, lengths: lengths, into: memory[5],
      stride: job.count, gradients: true)
  }

  private func withJob(
    _ shape: PathShape,
    _ body: (
      Job, [UnsafeMutablePointer<Float>], UnsafePointer<UInt32>?, TrainingOptions
    ) throws -> Void
  ) throws {
    let job = asked(shape, count: 603, frames: 3)
    let results = [Float](repeating: 0, count: job.count * (4 + shape.parameterCount))
    try withMemory(
      job.parameters, job.inputs, job.targets, job.weights ?? [], job.rates, results
    ) { memory in
      try job.withOptions { _, lengths, options in try body(job, memory, lengths, options) }
    }
  }

  @Test(.enabled(if: mp_allocations_of_thread() >= 0), arguments: someShapesAndKernels)
  func nothingIsAllocated(shape: PathShape, set: InstructionSet) throws {
    try withJob(shape) { job, memory, lengths, options in
      let kernel = try Kernel(set)
      try runAll(kernel, job, memory, lengths, options)
      let before = mp_allocations_of_thread()
      try runAll(kernel, job, memory, lengths, options)
      let after = mp_allocations_of_thread()
      #expect(after == before)
      // The counter counts.
      _ = try PathBank(shape: shape, count: 3)
      #expect(mp_allocations_of_thread() > after)
    }
  }

  @Test(arguments: someShapesAndKernels)
  func theFloatingPointStateIsTheHostsAndDoesNotMatter(
    shape: PathShape, set: InstructionSet
  ) throws {
    let kernel = try Kernel(set)
    var expected: [UInt32] = []
    try withJob(shape) { job, memory, lengths, options in
      try runAll(kernel, job, memory, lengths, options)
      expected = job.parameters.indices.map { memory[0][$0].bitPattern }
    }
    for state in [ts_unusual_float_state(), ts_trapping_float_state()] {
      try withJob(shape) { job, memory, lengths, options in
        let standard = ts_float_state()
        ts_set_float_state(state)
        let result = Result { try runAll(kernel, job, memory, lengths, options) }
        let left = ts_float_state()
        ts_set_float_state(standard)
        try result.get()
        #expect(left == state)
        #expect(expected.indices.allSatisfy { memory[0][$0].bitPattern == expected[$0] })
      }
    }
  }
}
