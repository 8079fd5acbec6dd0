import SinglePath
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

/// A job that asks for everything.
func asked(_ shape: PathShape, count: Int, frames: Int) -> Job {
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
