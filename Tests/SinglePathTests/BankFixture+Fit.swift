import Foundation
import SeededRandom
import SinglePath
import SinglePathReference

/// What a fit writes.
struct FitResult: Equatable {
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

extension BankFixture {
  /// Paths of a shape with samples of their own: what a random path of the shape makes of x in −2…2, with
  /// errors.
  init(curvesOf shape: PathShape, count: Int, frames: Int = 30, noise: Float = 0.03, stream: UInt64)
  {
    self.init(shape, count: count, frames: frames, stream: stream)
    var generator = SplitMix64(stream: stream &+ 1000)
    let truths = (0..<count).map { _ in
      shape.reference(
        (0..<shape.parameterCount).map { p in
          let value = Double(generator.float())
          let isWeight = p < shape.depth
          return isWeight ? (2 + value) * (p == 0 && value < 0 ? -1 : 1) : value
        })
    }
    for t in 0..<frames {
      let x = frames == 1 ? 0 : -2 + 4 * Float(t) / Float(frames - 1)
      for (i, truth) in truths.enumerated() {
        let ŷ = Float(truth.predict(Double(x)))
        let y = ŷ + noise * (generator.float() + generator.float() + generator.float())
        inputs[t * count + i] = x
        targets[t * count + i] = shape.cost == .crossEntropy ? min(max(y, 0.01), 0.99) : y
      }
    }
    parameters = [Float](repeating: 0.5, count: count * shape.parameterCount)
  }

  /// Sigmoid curves over x in −2…2 with noise: height about 1, slopes 1 to 6, midpoints within the data.
  init(
    logisticCurves count: Int, frames: Int = 25, noise: Float = 0.03, stream: UInt64 = 0
  ) {
    self.init(.fourParameterLogistic, count: count, frames: frames)
    var generator = SplitMix64(stream: stream)
    (inputs, targets) = ([], [])
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
    parameters = [Float](repeating: 0.5, count: shape.parameterCount * count)
  }

  /// The same samples in every path.
  init(_ shape: PathShape, count: Int, x: [Float], y: [Float]) {
    self.init(shape, count: count, frames: x.count)
    inputs = x.flatMap { [Float](repeating: $0, count: count) }
    targets = y.flatMap { [Float](repeating: $0, count: count) }
    parameters = [Float](repeating: 0.5, count: shape.parameterCount * count)
  }

  /// What a fit makes of it, with standard errors.
  func fitted(
    _ kernel: Kernel = Kernel(), start: FitStart = .drawn, maximumPasses: Int? = nil,
    threads: Int = 1
  ) throws -> FitResult {
    try fitted {
      try $0.fit(kernel, start: start, maximumPasses: maximumPasses, threads: threads)
    }
  }

  /// The same by a fit that returns its rows.
  func fitted(by fit: (LentFixture) throws -> [Float]) throws -> FitResult {
    let lent = try LentFixture(self)
    let rows = try fit(lent)
    return FitResult(
      parameters: lent.parameters.values.map(\.bitPattern), verdicts: lent.foundVerdicts,
      rows: rows.map(\.bitPattern))
  }

  /// The samples of one path that are not missing by their length, for the reference.
  func samples(_ path: Int) -> [Sample] {
    (0..<min(frames, lengths.map { Int($0[path]) } ?? frames)).map { t in
      let i = t * count + path
      return Sample(
        x: Double(inputs[i]), y: Double(targets[i]), weight: weights.map { Double($0[i]) } ?? 1)
    }
  }

  /// The path that a fit has found.
  func reference(_ result: FitResult, _ path: Int) -> ReferencePath {
    shape.reference(
      (0..<shape.parameterCount).map {
        Double(Float(bitPattern: result.parameters[$0 * count + path]))
      })
  }

  /// One flag a parameter.
  func isFrozen(_ path: Int) -> [Bool] {
    let mask = frozen.map { $0.count == 1 ? $0[0].rawValue : $0[path].rawValue } ?? 0
    return (0..<shape.parameterCount).map { mask >> UInt16($0) & 1 == 1 }
  }
}

extension ReferencePath {
  /// The weighted sum of J over the samples.
  func sumOfCosts(_ samples: [Sample]) -> Double {
    samples.filter { !$0.y.isNaN && $0.weight > 0 }
      .reduce(0) { $0 + $1.weight * cost(x: $1.x, y: $1.y) }
  }
}
