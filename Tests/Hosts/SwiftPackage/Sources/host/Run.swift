import SinglePath

/// The run that DigestTests.swift describes.
struct Run {
  private let count = 67
  private let frames = 9
  private var state: UInt32 = 1

  private mutating func numbers(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(Int32(state >> 8) - 0x80_0000) * 0x1p-22
    }
  }

  mutating func addResults(of shape: PathShape, to digest: inout Digest) throws {
    var bank = try PathBank(shape: shape, count: count)
    for layer in 1...shape.depth {
      for (path, value) in numbers(count).enumerated() { bank[weight: layer, path: path] = value }
    }
    for layer in 1...shape.depth where shape.hasBiases {
      for (path, value) in numbers(count).enumerated() { bank[bias: layer, path: path] = value }
    }
    var inputs = numbers(count * frames)
    var targets = numbers(count * frames)
    for i in stride(from: 0, to: targets.count, by: 11) { targets[i] = .nan }
    inputs[5] = .infinity
    var verdicts = [Verdict](repeating: .untouched, count: count)
    var outputs = [Float](repeating: 0, count: count * frames)
    var costs = [Float](repeating: 0, count: count)
    try inputs.withUnsafeBufferPointer { x in
      try targets.withUnsafeBufferPointer { y in
        let x = Frames(x.baseAddress, frames: frames, stride: count)
        let y = Frames(y.baseAddress, frames: frames, stride: count)
        _ = try bank.train(inputs: x, targets: y, rate: 0.25, verdicts: &verdicts)
        try bank.predict(inputs: x, into: &outputs, stride: count)
        try bank.costs(inputs: x, targets: y, into: &costs)
      }
    }
    digest.add(bank)
    for verdict in verdicts { digest.add(verdict.rawValue) }
    for value in outputs + costs { digest.add(value) }
  }
}
