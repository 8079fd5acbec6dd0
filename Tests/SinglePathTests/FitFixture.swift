import Foundation
import SeededRandom
import SinglePath
import SinglePathReference

/// Curves of depth 2 with biases and their samples in plain arrays, and what a fit makes of them.
struct FitFixture {
  static let shape = try? PathShape(depth: 2, biases: true)

  let count: Int
  let frames: Int
  /// Frames × count.
  var inputs: [Float]
  var targets: [Float]
  var weights: [Float]?
  var lengths: [UInt32]?
  /// Planes of `count`.
  var parameters: [Float]

  /// What a call writes.
  struct Result: Equatable {
    var parameters: [UInt32]
    var verdicts: [Verdict]
    /// Rows of `count`: those of `FitRow`, then the standard errors.
    var rows: [UInt32]

    func row(_ row: Int, _ path: Int) -> Float {
      Float(bitPattern: rows[row * verdicts.count + path])
    }

    /// All that there is of one path.
    func path(_ i: Int) -> [UInt32] {
      let planes = [parameters, rows].flatMap { plane in
        stride(from: i, to: plane.count, by: verdicts.count).map { plane[$0] }
      }
      return planes + [UInt32(verdicts[i].rawValue)]
    }
  }

  /// Sigmoid curves over x in −2…2 with noise: height about 1, slopes 1 to 6, midpoints within the data.
  init(count: Int, frames: Int = 25, noise: Float = 0.03, stream: UInt64 = 0) {
    var generator = SplitMix64(stream: stream)
    self.count = count
    self.frames = frames
    inputs = []
    targets = []
    let curves = (0..<count).map { _ in
      (
        lower: 0.1 + generator.float(0.1), upper: 1 + generator.float(0.2),
        slope: (3.5 + generator.float(2.5)) * (generator.float() < 0 ? -1 : 1),
        midpoint: generator.float(1.2)
      )
    }
    for t in 0..<frames {
      let x = frames == 1 ? 0 : -2 + 4 * Float(t) / Float(frames - 1)
      for curve in curves {
        let rise = 1 / (1 + exp(-curve.slope * (x - curve.midpoint)))
        // A sum of four uniform numbers, of variance 4/3.
        let error = (0..<4).reduce(Float(0)) { sum, _ in sum + generator.float() } * 0.866
        inputs.append(x)
        targets.append(curve.lower + (curve.upper - curve.lower) * rise + noise * error)
      }
    }
    parameters = [Float](repeating: 0.5, count: 4 * count)
  }

  /// One curve in every path, with these samples.
  init(count: Int, x: [Float], y: [Float]) {
    self.count = count
    frames = x.count
    inputs = x.flatMap { [Float](repeating: $0, count: count) }
    targets = y.flatMap { [Float](repeating: $0, count: count) }
    parameters = [Float](repeating: 0.5, count: 4 * count)
  }

  func fitted(
    _ kernel: Kernel, start: FitStart = .drawn, threads: Int = 1
  ) throws -> Result {
    guard let shape = Self.shape else { throw SinglePathError.depth(2) }
    func memory(_ values: [Float]) -> GuardedMemory<Float> {
      GuardedMemory(values, width: count, around: .nan)
    }
    let planes = memory(parameters)
    let (x, y, w) = (memory(inputs), memory(targets), weights.map(memory))
    let rows = memory([Float](repeating: -1, count: (FitRow.count + 4) * count))
    let verdicts = GuardedMemory([UInt8](repeating: 0, count: count), width: count, around: 0xA5)
    let lengths = lengths.map { GuardedMemory($0, width: count, around: .max) }
    try kernel.fit(
      UnsafeParameters(planes.buffer, shape: shape, count: count),
      to: UnsafeSamples(
        inputs: UnsafeFrames(x.readOnly, frames: frames),
        targets: UnsafeFrames(y.readOnly, frames: frames),
        weights: w.map { UnsafeFrames($0.readOnly, frames: frames) }, lengths: lengths?.readOnly),
      start: start, verdicts: verdicts.buffer, into: rows.buffer, standardErrors: true,
      threads: threads)
    return Result(
      parameters: planes.values.map(\.bitPattern),
      verdicts: verdicts.values.compactMap(Verdict.init(rawValue:)),
      rows: rows.values.map(\.bitPattern))
  }

  /// The samples of one path, for the reference.
  func samples(_ path: Int) -> [Sample] {
    (0..<frames).map { t in
      let i = t * count + path
      return Sample(
        x: Double(inputs[i]), y: Double(targets[i]), weight: weights.map { Double($0[i]) } ?? 1)
    }
  }

  func reference(_ result: Result, _ path: Int) -> ReferencePath {
    let p = (0..<4).map { Float(bitPattern: result.parameters[$0 * count + path]) }
    return ReferencePath(weights: [p[0], p[1]], biases: [p[2], p[3]])
  }
}
