import SinglePath
import Testing

@Suite("The same bits")
struct SameBitsTests {
  @Test(arguments: shapes)
  func anyInstructionSetGivesThem(depth: Int, biases: Bool) throws {
    for form in Sigmoid.allCases {
      var job = try Job(depth: depth, biases: biases, sigmoid: form, count: 533, frames: 7)
      for i in stride(from: 3, to: job.targets.count, by: 11) { job.targets[i] = .nan }
      job.inputs[5] = .infinity
      let first = try (
        job.trained(Kernel(kernels[0])), job.predicted(Kernel(kernels[0])),
        job.costs(Kernel(kernels[0]))
      )
      for set in kernels.dropFirst() {
        #expect(try job.trained(Kernel(set)) == first.0, "training on \(set)")
        #expect(try job.predicted(Kernel(set)) == first.1, "prediction on \(set)")
        #expect(try job.costs(Kernel(set)) == first.2, "costs on \(set)")
      }
    }
  }

  @Test(arguments: kernels)
  func aPathAloneAndInTheMiddleOfAMillion(set: InstructionSet) throws {
    let count = 1_000_003
    let job = try Job(depth: 3, biases: true, count: 7, frames: 3)
    // The seven paths over and over.
    var many = try Job(depth: 3, biases: true, count: 0, frames: 3)
    many.count = count
    func spread(_ rows: [Float]) -> [Float] {
      stride(from: 0, to: rows.count, by: 7).flatMap { row in
        (0..<count).lazy.map { rows[row + $0 % 7] }
      }
    }
    many.parameters = spread(job.parameters)
    many.inputs = spread(job.inputs)
    many.targets = spread(job.targets)
    many.rates = spread(job.rates)
    let crowd = try many.trained(Kernel(set))
    for i in 0..<7 {
      let alone = try job.restricted(to: [i]).trained(Kernel(set)).path(0, of: 1)
      for copy in [i, 500_003 / 7 * 7 + i, (count - 7) / 7 * 7 + i] {
        #expect(crowd.path(copy, of: count) == alone)
      }
    }
  }

  @Test(arguments: kernels)
  func anyOrderOfThePaths(set: InstructionSet) throws {
    let job = try Job(depth: 5, biases: true, count: 401, frames: 4)
    var generator = Generator(4)
    let order = (0..<401).shuffled(using: &generator)
    let plain = try job.trained(Kernel(set))
    let shuffled = try job.restricted(to: order).trained(Kernel(set))
    for (place, path) in order.enumerated() {
      #expect(shuffled.path(place, of: 401) == plain.path(path, of: 401))
    }
  }

  @Test(arguments: kernels)
  func anyNumberOfThreads(set: InstructionSet) throws {
    let job = try Job(depth: 3, biases: true, count: 10_007, frames: 3)
    let one = try (job.trained(Kernel(set)), job.predicted(Kernel(set)), job.costs(Kernel(set)))
    for threads in [2, 3, 64] {
      #expect(try job.trained(Kernel(set), threads: threads) == one.0)
      #expect(try job.predicted(Kernel(set), threads: threads) == one.1)
      #expect(try job.costs(Kernel(set), threads: threads) == one.2)
    }
  }

  @Test(arguments: kernels)
  func framesInOneCallOrInSeveral(set: InstructionSet) throws {
    let whole = try Job(depth: 3, biases: true, count: 45, frames: 9)
    var parts = whole
    for length in [1, 1, 2, 5] {
      var part = parts
      part.frames = length
      part.inputs = Array(parts.inputs.prefix(length * 45))
      part.targets = Array(parts.targets.prefix(length * 45))
      parts.parameters = try part.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
      parts.inputs.removeFirst(length * 45)
      parts.targets.removeFirst(length * 45)
    }
    #expect(try parts.parameters.map(\.bitPattern) == whole.trained(Kernel(set)).parameters)
  }

  @Test(arguments: kernels)
  func anyStrideAndAnyAlignment(set: InstructionSet) throws {
    let job = try Job(depth: 3, biases: true, count: 37, frames: 5)
    let plain = try job.trained(Kernel(set))
    for (offset, gap) in [(1, 0), (0, 3), (3, 1), (7, 4096)] {
      let spacing = 37 + gap
      func spread(_ rows: [Float]) -> [Float] {
        SinglePathTests.spread(rows, of: 37, offset: offset, gap: gap)
      }
      try withMemory(
        spread(job.parameters), spread(job.inputs), spread(job.targets), spread(job.rates)
      ) { memory in
        _ = try Kernel(set).train(
          Parameters(memory[0] + offset, shape: job.shape, count: 37, stride: spacing),
          inputs: Frames(memory[1] + offset, frames: 5, stride: spacing),
          targets: Frames(memory[2] + offset, frames: 5, stride: spacing),
          rate: .perPath(memory[3] + offset))
        let expected = spread(plain.parameters.map { Float(bitPattern: $0) })
        #expect(expected.indices.allSatisfy { memory[0][$0].bitPattern == expected[$0].bitPattern })
      }
    }
  }
}
