import Foundation
import SinglePath
import Testing

/// SplitMix64, seeded; the same numbers on every machine.
struct Generator: RandomNumberGenerator {
  private var state: UInt64

  /// Tests draw from this seed unless SINGLE_PATH_SEED says otherwise.
  static let seed =
    UInt64(ProcessInfo.processInfo.environment["SINGLE_PATH_SEED"] ?? "") ?? 20_180_320

  init(_ stream: UInt64 = 0) { state = Self.seed &+ stream &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in −scale…scale, a multiple of 2⁻²³ times the scale.
  mutating func float(_ scale: Float = 1) -> Float {
    Float(Int32(truncatingIfNeeded: next() >> 32) >> 8) * 0x1p-23 * scale
  }

  mutating func floats(_ count: Int, _ scale: Float = 1) -> [Float] {
    (0..<count).map { _ in float(scale) }
  }
}

/// Lends copies of arrays as memory blocks of exactly their size, so that an address sanitizer sees a
/// step beyond.
func withMemory<Result>(
  _ arrays: [Float]..., body: ([UnsafeMutablePointer<Float>]) throws -> Result
) rethrows -> Result {
  let blocks = arrays.map { array in
    let block = UnsafeMutablePointer<Float>.allocate(capacity: array.count)
    block.initialize(from: array, count: array.count)
    return block
  }
  defer { for block in blocks { block.deallocate() } }
  return try body(blocks)
}

/// Lends a copy of an array, if there is one, likewise.
private func lend<Element, Result>(
  _ array: [Element]?, body: (UnsafePointer<Element>?) throws -> Result
) rethrows -> Result {
  guard let array else { return try body(nil) }
  let block = UnsafeMutablePointer<Element>.allocate(capacity: array.count)
  block.initialize(from: array, count: array.count)
  defer { block.deallocate() }
  return try body(block)
}

/// A bank with its samples in plain arrays, and what a call makes of it.
struct Job {
  var shape: PathShape
  var count: Int
  var frames: Int
  /// Planes of `count`.
  var parameters: [Float]
  /// Rows of `count`.
  var inputs: [Float]
  var targets: [Float]
  var rates: [Float]
  /// Rows of `count`, or one value a frame, for all.
  var weights: [Float]?
  var lengths: [UInt32]?
  var batch = 1
  var gradientLimit: Float?
  /// `count` masks, or one for all.
  var frozen: [ParameterMask]?
  /// Planes of `count`, or one value a parameter, for all.
  var lower: [Float]?
  var upper: [Float]?

  init(
    depth: Int, biases: Bool, sigmoid: Sigmoid = .polynomial, count: Int, frames: Int,
    stream: UInt64 = 0
  ) throws {
    self.init(
      try PathShape(depth: depth, biases: biases, sigmoid: sigmoid), count: count, frames: frames,
      stream: stream)
  }

  init(_ shape: PathShape, count: Int, frames: Int, stream: UInt64 = 0) {
    self.shape = shape
    self.count = count
    self.frames = frames
    var generator = Generator(stream)
    parameters = generator.floats(count * shape.parameterCount, 2)
    inputs = generator.floats(count * frames, 2)
    targets = generator.floats(count * frames)
    if shape.cost == .crossEntropy { targets = targets.map(abs) }
    rates = generator.floats(count).map { 0.15 + abs($0) / 8 }
  }

  struct Result: Equatable {
    var parameters: [UInt32]
    var verdicts: [Verdict]
    var diverged: Int

    /// The bits of one path.
    func path(_ i: Int, of count: Int) -> [UInt32] {
      stride(from: i, to: parameters.count, by: count).map { parameters[$0] }
        + [UInt32(verdicts[i].rawValue)]
    }
  }

  /// - Parameter wantsVerdicts: false leaves them `.untouched` in the result.
  func trained(
    _ kernel: Kernel = Kernel(), threads: Int = 1, wantsVerdicts: Bool = true
  ) throws -> Result {
    try withMemory(parameters, inputs, targets, rates) { memory in
      try withOptions { weights, lengths, options in
        var verdicts = [Verdict](repeating: .untouched, count: count)
        let diverged = try verdicts.withUnsafeMutableBufferPointer { verdicts in
          try kernel.train(
            Parameters(memory[0], shape: shape, count: count, stride: count),
            inputs: Frames(memory[1], frames: frames, stride: count),
            targets: Frames(memory[2], frames: frames, stride: count), weights: weights,
            lengths: lengths, rate: .perPath(memory[3]), options: options,
            verdicts: wantsVerdicts ? verdicts.baseAddress : nil, threads: threads)
        }
        return Result(
          parameters: parameters.indices.map { memory[0][$0].bitPattern }, verdicts: verdicts,
          diverged: diverged)
      }
    }
  }

  func predicted(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    var outputs = [Float](repeating: -7, count: count * frames)
    try withMemory(parameters, inputs) { memory in
      try kernel.predict(
        Parameters(memory[0], shape: shape, count: count, stride: count),
        inputs: Frames(memory[1], frames: frames, stride: count), into: &outputs, stride: count,
        threads: threads)
    }
    return outputs.map(\.bitPattern)
  }

  func costs(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    var sums = [Float](repeating: -7, count: count)
    try withMemory(parameters, inputs, targets) { memory in
      try withOptions { weights, lengths, _ in
        try kernel.costs(
          Parameters(memory[0], shape: shape, count: count, stride: count),
          inputs: Frames(memory[1], frames: frames, stride: count),
          targets: Frames(memory[2], frames: frames, stride: count), weights: weights,
          lengths: lengths, into: &sums, threads: threads)
      }
    }
    return sums.map(\.bitPattern)
  }

  /// The rows of `Examination`, then those of the gradient.
  func examined(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> [UInt32] {
    var rows = [Float](
      repeating: -7, count: count * (Examination.rowCount + shape.parameterCount))
    try withMemory(parameters, inputs, targets) { memory in
      try withOptions { weights, lengths, _ in
        try kernel.examine(
          Parameters(memory[0], shape: shape, count: count, stride: count),
          inputs: Frames(memory[1], frames: frames, stride: count),
          targets: Frames(memory[2], frames: frames, stride: count), weights: weights,
          lengths: lengths, into: &rows, stride: count, gradients: true, threads: threads)
      }
    }
    return rows.map(\.bitPattern)
  }

  /// Lends what a call may be given beside x, y and η.
  func withOptions<Result>(
    _ body: (Frames?, UnsafePointer<UInt32>?, TrainingOptions) throws -> Result
  ) rethrows -> Result {
    var options = TrainingOptions()
    options.batch = batch
    options.gradientLimit = gradientLimit
    return try lend(weights) { weights in
      try lend(lengths) { lengths in
        try lend(frozen) { masks in
          try lend(lower) { lower in
            try lend(upper) { upper in
              if let masks {
                options.frozen = frozen?.count == 1 ? .shared(masks[0]) : .perPath(masks)
              }
              if let lower, let upper {
                options.bounds =
                  self.lower?.count == shape.parameterCount
                  ? Bounds(shared: lower, upper) : Bounds(lower, upper, stride: count)
              }
              return try body(
                weights.map {
                  self.weights?.count == frames
                    ? Frames(shared: $0, frames: frames)
                    : Frames($0, frames: frames, stride: count)
                }, lengths, options)
            }
          }
        }
      }
    }
  }

  /// The job of some of its paths alone.
  func restricted(to paths: [Int]) -> Job {
    var job = self
    job.count = paths.count
    job.parameters = pick(parameters, paths)
    job.inputs = pick(inputs, paths)
    job.targets = pick(targets, paths)
    job.rates = pick(rates, paths)
    // What all paths share is not picked from.
    if let weights, weights.count != frames { job.weights = pick(weights, paths) }
    if let lower, lower.count != shape.parameterCount { job.lower = pick(lower, paths) }
    if let upper, upper.count != shape.parameterCount { job.upper = pick(upper, paths) }
    if let frozen, frozen.count != 1 { job.frozen = pick(frozen, paths) }
    job.lengths = lengths.map { pick($0, paths) }
    return job
  }

  private func pick<Value>(_ rows: [Value], _ paths: [Int]) -> [Value] {
    stride(from: 0, to: rows.count, by: count).flatMap { row in paths.map { rows[row + $0] } }
  }
}

/// Every instruction set of this machine.
let kernels = InstructionSet.available

/// Every depth, with biases and without.
let shapes = PathShape.depths.flatMap { [($0, false), ($0, true)] }

/// Every form of the sigmoid on every instruction set.
let formsAndKernels = Sigmoid.allCases.flatMap { form in kernels.map { (form, $0) } }
