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
    let parameters = numbers(count * shape.parameterCount)
    var bank = try PathBank(shape: shape, count: count, parameters: parameters.span)
    var inputs = numbers(count * frames)
    var targets = numbers(count * frames)
    for i in stride(from: 0, to: targets.count, by: 11) { targets[i] = .nan }
    inputs[5] = .infinity
    var verdicts = [Verdict](repeating: .untouched, count: count)
    var outputs = [Float](repeating: 0, count: count * frames)
    var costs = [Float](repeating: 0, count: count)
    let samples = try Samples(
      inputs: .perPath(inputs.span, frames: frames), targets: .perPath(targets.span, frames: frames)
    )
    var found = verdicts.mutableSpan
    try bank.train(on: samples, rate: 0.25, verdicts: &found)
    var predictions = outputs.mutableSpan
    try bank.predict(.perPath(inputs.span, frames: frames), into: &predictions)
    var sums = costs.mutableSpan
    try bank.sumCosts(of: samples, into: &sums)
    digest.add(bank)
    for verdict in verdicts { digest.add(verdict.rawValue) }
    for value in outputs + costs { digest.add(value) }
  }
}
