import MachineProbes
import SinglePath
import TestSupport
import Testing

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
