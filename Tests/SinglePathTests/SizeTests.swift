import SinglePath
import Testing

@Suite("Any size, and nothing beyond it")
struct SizeTests {
  /// Around every width, and around a block of each width at depth 3: 1,488, 1,600 and 1,652 paths.
  static let sizes = [
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 35, 255, 257, 1_487, 1_488,
    1_489, 1_567, 1_568, 1_569, 1_585, 1_599, 1_600, 1_601, 1_651, 1_652, 1_653, 3_137,
  ]

  @Test(arguments: kernels)
  func guardZonesStayAsTheyAreAndAreNeverRead(set: InstructionSet) throws {
    let guarded = 64
    for count in Self.sizes {
      for (depth, biases) in [(3, false), (1, true), (8, true)] {
        let job = try Job(depth: depth, biases: biases, count: count, frames: 3)
        let plain = try job.trained(Kernel(set))
        let predicted = try job.predicted(Kernel(set))
        let costs = try job.costs(Kernel(set))
        // NaN around everything that is read shows in a result if it is read.
        func wrap(_ values: [Float], _ around: Float = .nan) -> [Float] {
          let zone = [Float](repeating: around, count: guarded)
          return zone + values + zone
        }
        let zone = [UInt8](repeating: 0xA5, count: guarded)
        var verdicts = zone + [UInt8](repeating: 0, count: count) + zone
        let results = [Float](repeating: 0, count: count * 3)
        try withMemory(
          wrap(job.parameters), wrap(job.inputs), wrap(job.targets, .infinity), wrap(job.rates),
          wrap(results, -5), wrap([Float](repeating: 0, count: count), -5)
        ) { memory in
          let at = memory.map { $0 + guarded }
          let kernel = try Kernel(set)
          let parameters = Parameters(at[0], shape: job.shape, count: count, stride: count)
          let x = Frames(at[1], frames: 3, stride: count)
          let y = Frames(at[2], frames: 3, stride: count)
          try kernel.predict(parameters, inputs: x, into: at[4], stride: count)
          try kernel.costs(parameters, inputs: x, targets: y, into: at[5])
          try verdicts.withUnsafeMutableBytes { bytes in
            let place = try #require(bytes.baseAddress) + guarded
            _ = try kernel.train(
              parameters, inputs: x, targets: y, rate: .perPath(at[3]),
              verdicts: place.assumingMemoryBound(to: Verdict.self))
          }
          func holds(_ block: Int, _ bits: [UInt32], _ around: Float) -> Bool {
            let expected = wrap(bits.map { Float(bitPattern: $0) }, around)
            return expected.indices.allSatisfy {
              memory[block][$0].bitPattern == expected[$0].bitPattern
            }
          }
          #expect(holds(0, plain.parameters, .nan), "\(count) paths")
          #expect(holds(4, predicted, -5), "\(count) paths")
          #expect(holds(5, costs, -5), "\(count) paths")
        }
        #expect(verdicts == zone + plain.verdicts.map(\.rawValue) + zone)
      }
    }
  }

  @Test(arguments: kernels)
  func noFramesTouchNothing(set: InstructionSet) throws {
    let job = try Job(depth: 3, biases: true, count: 21, frames: 0)
    let result = try job.trained(Kernel(set))
    #expect(result.parameters == job.parameters.map(\.bitPattern))
    #expect(result.verdicts.allSatisfy { $0 == .untouched })
    #expect(try job.costs(Kernel(set)).allSatisfy { $0 == 0 })
  }
}
