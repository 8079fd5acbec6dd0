import SinglePath
import Testing

@Suite("The same bits of general calls")
struct GeneralSameBitsTests {
  @Test(arguments: someShapes)
  func anyInstructionSetAndAnyNumberOfThreads(shape: PathShape) throws {
    let each = asked(shape, count: 1_237, frames: 5)
    // What paths can share, they share.
    var shared = each
    shared.weights = [1, 0.5, 0, 2, 0.25]
    shared.frozen = [.weight(1)]
    shared.lower = [Float](repeating: -0.5, count: shape.parameterCount)
    shared.upper = [Float](repeating: 0.75, count: shape.parameterCount)
    for job in [each, shared] {
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
      }
    }
  }

  @Test(arguments: someShapesAndKernels)
  func anyOrderOfThePaths(shape: PathShape, set: InstructionSet) throws {
    let job = asked(shape, count: 401, frames: 5)
    var generator = Generator(6)
    let order = (0..<401).shuffled(using: &generator)
    let plain = try job.trained(Kernel(set))
    let shuffled = try job.restricted(to: order).trained(Kernel(set))
    for (place, path) in order.enumerated() {
      #expect(shuffled.path(place, of: 401) == plain.path(path, of: 401), "\(Generator.seed)")
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
        SinglePathTests.spread(rows, of: 37, offset: offset, gap: gap)
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
