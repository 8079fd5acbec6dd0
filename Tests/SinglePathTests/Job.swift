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

  init(
    depth: Int, biases: Bool, sigmoid: Sigmoid = .polynomial, count: Int, frames: Int,
    stream: UInt64 = 0
  ) throws {
    shape = try PathShape(depth: depth, biases: biases, sigmoid: sigmoid)
    self.count = count
    self.frames = frames
    var generator = Generator(stream)
    parameters = generator.floats(count * shape.parameterCount, 2)
    inputs = generator.floats(count * frames, 2)
    targets = generator.floats(count * frames)
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

  func trained(_ kernel: Kernel = Kernel(), threads: Int = 1) throws -> Result {
    try withMemory(parameters, inputs, targets, rates) { memory in
      var verdicts = [Verdict](repeating: .untouched, count: count)
      let diverged = try kernel.train(
        Parameters(memory[0], shape: shape, count: count, stride: count),
        inputs: Frames(memory[1], frames: frames, stride: count),
        targets: Frames(memory[2], frames: frames, stride: count), rate: .perPath(memory[3]),
        verdicts: &verdicts, threads: threads)
      return Result(
        parameters: parameters.indices.map { memory[0][$0].bitPattern }, verdicts: verdicts,
        diverged: diverged)
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
      try kernel.costs(
        Parameters(memory[0], shape: shape, count: count, stride: count),
        inputs: Frames(memory[1], frames: frames, stride: count),
        targets: Frames(memory[2], frames: frames, stride: count), into: &sums, threads: threads)
    }
    return sums.map(\.bitPattern)
  }

  /// The job of some of its paths alone.
  func restricted(to paths: [Int]) -> Job {
    var job = self
    job.count = paths.count
    job.parameters = pick(parameters, paths)
    job.inputs = pick(inputs, paths)
    job.targets = pick(targets, paths)
    job.rates = pick(rates, paths)
    return job
  }

  private func pick(_ rows: [Float], _ paths: [Int]) -> [Float] {
    stride(from: 0, to: rows.count, by: count).flatMap { row in paths.map { rows[row + $0] } }
  }
}

/// Every instruction set of this machine.
let kernels = InstructionSet.available

/// Every depth, with biases and without.
let shapes = PathShape.depths.flatMap { [($0, false), ($0, true)] }

/// Every form of the sigmoid on every instruction set.
let formsAndKernels = Sigmoid.allCases.flatMap { form in kernels.map { (form, $0) } }
