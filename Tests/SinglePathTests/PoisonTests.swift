import SinglePath
import Testing

/// Ways to spoil one path.
enum Poison: CaseIterable {
  case infiniteInput, nanInput, infiniteTarget, explodingRate, nanWeight, infiniteWeight

  func spoil(_ job: inout Job, path: Int, frame: Int) {
    let sample = frame * job.count + path
    switch self {
    case .infiniteInput: job.inputs[sample] = -.infinity
    case .nanInput: job.inputs[sample] = .nan
    case .infiniteTarget: job.targets[sample] = .infinity
    case .explodingRate: job.rates[path] = 3e38
    case .nanWeight: job.parameters[path] = .nan
    case .infiniteWeight: job.parameters[path] = .infinity
    }
  }
}

@Suite("One bad path hurts only itself")
struct PoisonTests {
  @Test(arguments: Poison.allCases)
  func itEndsDivergedAndUntouchedAndItsNeighboursDoNotNotice(poison: Poison) throws {
    // In the only frame, the first one, one between, and the last one; one step with a rate that explodes
    // is large and finite.
    let places = [(1, 0), (6, 0), (6, 3), (6, 5)]
    for (frames, frame) in places where poison != .explodingRate || frames > 1 {
      for set in kernels {
        for (depth, biases) in shapes {
          let healthy = try Job(depth: depth, biases: biases, count: 69, frames: frames)
          try check(healthy, poison, frame, Kernel(set))
        }
      }
    }
  }

  private func check(_ healthy: Job, _ poison: Poison, _ frame: Int, _ kernel: Kernel) throws {
    var sick = healthy
    for path in [0, 20, 68] { poison.spoil(&sick, path: path, frame: frame) }
    let before = sick.parameters.map(\.bitPattern)
    let expected = try healthy.trained(kernel)
    let result = try sick.trained(kernel)
    for i in 0..<69 {
      if [0, 20, 68].contains(i) {
        #expect(result.verdicts[i] == .diverged, "\(poison), \(sick.shape), frame \(frame)")
        for p in 0..<sick.shape.parameterCount {
          #expect(result.parameters[p * 69 + i] == before[p * 69 + i])
        }
      } else {
        #expect(result.path(i, of: 69) == expected.path(i, of: 69))
      }
    }
    #expect(result.diverged == expected.diverged + 3)
    let quiet = try sick.trained(kernel, wantsVerdicts: false)
    #expect(quiet.parameters == result.parameters)
    #expect(quiet.diverged == result.diverged)
  }

  @Test(arguments: kernels)
  func oneAmongAHundredThousand(set: InstructionSet) throws {
    let healthy = try Job(depth: 3, biases: true, count: 100_003, frames: 2)
    var sick = healthy
    Poison.nanInput.spoil(&sick, path: 51_234, frame: 1)
    let expected = try healthy.trained(Kernel(set))
    let result = try sick.trained(Kernel(set))
    var mended = result
    for p in 0..<6 {
      mended.parameters[p * 100_003 + 51_234] = expected.parameters[p * 100_003 + 51_234]
    }
    mended.verdicts[51_234] = .trained
    mended.diverged -= 1
    #expect(result.verdicts[51_234] == .diverged)
    #expect(mended == expected)
  }
}

@Suite("Missing samples")
struct MissingTests {
  @Test(arguments: shapes)
  func aPathKeepsItsBitsWhateverXIs(depth: Int, biases: Bool) throws {
    for set in kernels {
      var job = try Job(depth: depth, biases: biases, count: 40, frames: 5)
      let odd: [Float] = [-0.0, 0, .leastNonzeroMagnitude, -0x1p-140, .greatestFiniteMagnitude, 1]
      for i in job.parameters.indices { job.parameters[i] = odd[i % odd.count] }
      let anything: [Float] = [.nan, .infinity, -.infinity, 1e38, 0, -3]
      for i in job.inputs.indices { job.inputs[i] = anything[i % anything.count] }
      for i in job.targets.indices { job.targets[i] = i % 2 == 0 ? .nan : -.nan }
      let result = try job.trained(Kernel(set))
      #expect(result.parameters == job.parameters.map(\.bitPattern))
      #expect(result.verdicts.allSatisfy { $0 == .untouched })
      #expect(try job.costs(Kernel(set)).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: kernels)
  func framesWithMissingSamplesEqualThoseWithoutThem(set: InstructionSet) throws {
    let dense = try Job(depth: 3, biases: true, count: 33, frames: 4)
    var sparse = dense
    sparse.frames = 8
    sparse.inputs = []
    sparse.targets = []
    for t in 0..<4 {
      sparse.inputs += dense.inputs[t * 33..<(t + 1) * 33] + [Float](repeating: .nan, count: 33)
      sparse.targets += dense.targets[t * 33..<(t + 1) * 33] + [Float](repeating: .nan, count: 33)
    }
    #expect(try sparse.trained(Kernel(set)) == dense.trained(Kernel(set)))
    #expect(try sparse.costs(Kernel(set)) == dense.costs(Kernel(set)))
  }
}
