import CSinglePath
import SeededRandom

/// A bank and its samples in plain memory, for calls of the C face; each stream has other numbers.
///
/// Threads may share one: each touches what its test says.
final class Bank: @unchecked Sendable {
  let shape: sp_shape
  let count: Int
  let frames: Int
  let parameters: UnsafeMutablePointer<Float>
  let inputs: UnsafeMutablePointer<Float>
  let targets: UnsafeMutablePointer<Float>
  let rates: UnsafeMutablePointer<Float>
  let outputs: UnsafeMutablePointer<Float>
  let costs: UnsafeMutablePointer<Float>
  let verdicts: UnsafeMutablePointer<UInt8>

  init(_ shape: sp_shape, count: Int, frames: Int, stream: UInt64 = 0) {
    self.shape = shape
    self.count = count
    self.frames = frames
    var generator = SplitMix64(stream: stream)
    func numbers(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: count)
      for i in 0..<count { memory[i] = generator.float(2) }
      return memory
    }
    parameters = numbers(sp_parameter_count(shape) * count)
    inputs = numbers(frames * count)
    targets = numbers(frames * count)
    rates = numbers(count)
    outputs = numbers(frames * count)
    costs = numbers(count)
    verdicts = .allocate(capacity: count)
    verdicts.initialize(repeating: 0xFF, count: count)
    for path in 0..<count { rates[path] = 0.25 + rates[path] * 0.0625 }
  }

  deinit {
    for memory in [parameters, inputs, targets, rates, outputs, costs] { memory.deallocate() }
    verdicts.deallocate()
  }

  func train(_ paths: Range<Int>, diverged: UnsafeMutablePointer<Int>? = nil) -> sp_status {
    let i = paths.lowerBound
    return sp_train(
      shape, paths.count, frames, parameters + i, count, inputs + i, count, 1, targets + i, count,
      rates + i, 1, verdicts + i, diverged, nil)
  }

  func predict(_ paths: Range<Int>) -> sp_status {
    let i = paths.lowerBound
    return sp_predict(
      shape, paths.count, frames, parameters + i, count, inputs + i, count, 1, outputs + i, count)
  }

  func cost(_ paths: Range<Int>) -> sp_status {
    let i = paths.lowerBound
    return sp_cost(
      shape, paths.count, frames, parameters + i, count, inputs + i, count, 1, targets + i, count,
      costs + i, nil)
  }

  /// Every call that works on samples, twice; whether all were done.
  func runAll(_ paths: Range<Int>) -> Bool {
    (0..<2).allSatisfy { _ in
      [train(paths), predict(paths), cost(paths)].allSatisfy { $0 == sp_status(SP_OK) }
    }
  }

  /// The bits of everything that calls write.
  var results: [UInt32] {
    func bits(_ memory: UnsafeMutablePointer<Float>, _ count: Int) -> [UInt32] {
      (0..<count).map { memory[$0].bitPattern }
    }
    return bits(parameters, sp_parameter_count(shape) * count) + bits(outputs, frames * count)
      + bits(costs, count) + (0..<count).map { UInt32(verdicts[$0]) }
  }
}

extension sp_shape {
  /// The derivation's activations and cost.
  init(depth: Int32, has_biases: Int32, sigmoid: Int32) {
    self.init()
    self.depth = depth
    self.has_biases = has_biases
    self.sigmoid = sigmoid
  }
}
