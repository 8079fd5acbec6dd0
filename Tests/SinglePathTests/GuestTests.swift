import MachineProbes
import SinglePath
import TestSupport
import Testing

@Suite("A guest in the host's process")
struct GuestTests {
  /// Every operation once, on memory that is there already.
  private func runAll(
    _ kernel: Kernel, _ job: Job, _ memory: [UnsafeMutablePointer<Float>],
    _ verdicts: UnsafeMutablePointer<Verdict>
  ) throws {
    let parameters = Parameters(memory[0], shape: job.shape, count: job.count, stride: job.count)
    let x = Frames(memory[1], frames: job.frames, stride: job.count)
    let y = Frames(memory[2], frames: job.frames, stride: job.count)
    try kernel.train(parameters, inputs: x, targets: y, rate: 0.1, verdicts: verdicts)
    try kernel.train(parameters, inputs: x, targets: y, rate: .perPath(memory[3]))
    // A subnormal rate is finite and above 0 whatever the host's state makes of it.
    try kernel.train(parameters, inputs: x, targets: y, rate: .shared(.leastNonzeroMagnitude))
    try kernel.predict(parameters, inputs: x, into: memory[4], stride: job.count)
    try kernel.costs(parameters, inputs: x, targets: y, into: memory[5])
  }

  private func withJob(
    _ body: (Job, [UnsafeMutablePointer<Float>], UnsafeMutablePointer<Verdict>) throws -> Void
  ) throws {
    let job = try Job(depth: 3, biases: true, count: 1_603, frames: 4)
    var verdicts = [Verdict](repeating: .untouched, count: job.count)
    let results = [Float](repeating: 0, count: job.count * job.frames)
    try withMemory(
      job.parameters, job.inputs, job.targets, job.rates, results, job.rates
    ) { memory in
      try verdicts.withUnsafeMutableBufferPointer {
        try body(job, memory, #require($0.baseAddress))
      }
    }
  }

  // A sanitizer brings its own allocator, which cannot be counted; the plain runs count.
  @Test(.enabled(if: mp_allocations_of_thread() >= 0), arguments: kernels)
  func nothingIsAllocated(set: InstructionSet) throws {
    try withJob { job, memory, verdicts in
      let kernel = try Kernel(set)
      try runAll(kernel, job, memory, verdicts)
      let before = mp_allocations_of_thread()
      try runAll(kernel, job, memory, verdicts)
      let after = mp_allocations_of_thread()
      #expect(after == before)
      // The counter counts.
      _ = try PathBank(shape: job.shape, count: 3)
      #expect(mp_allocations_of_thread() > after)
    }
  }

  @Test(arguments: kernels)
  func theFloatingPointStateIsTheHostsAndDoesNotMatter(set: InstructionSet) throws {
    let kernel = try Kernel(set)
    var expected: [UInt32] = []
    try withJob { job, memory, verdicts in
      try runAll(kernel, job, memory, verdicts)
      expected = (0..<job.count * 6).map { memory[0][$0].bitPattern }
    }
    for state in [ts_unusual_float_state(), ts_trapping_float_state()] {
      try withJob { job, memory, verdicts in
        // A path that overflows, and one with subnormal numbers, would trap or be flushed.
        let standard = ts_float_state()
        ts_set_float_state(state)
        let result = Result { try runAll(kernel, job, memory, verdicts) }
        let left = ts_float_state()
        ts_set_float_state(standard)
        try result.get()
        #expect(left == state)
        #expect(expected.indices.allSatisfy { memory[0][$0].bitPattern == expected[$0] })
      }
    }
  }

  @Test func banksOfDifferentThreadsDoNotMeet() async throws {
    let job = try Job(depth: 3, biases: true, count: 700, frames: 3)
    let expected = try job.trained()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for thread in 0..<64 {
        group.addTask { try job.trained(threads: 1 + thread % 2) == expected }
      }
      for try await same in group { #expect(same) }
    }
  }
}
