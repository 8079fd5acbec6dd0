import SinglePath

/// Trains or fits a bank of one shape on one kind of samples with the AVX2 kernel, for an instruction counter.
@main
struct InstructionCount {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count == 2 else { fatalError("give a kind of samples and a shape") }
    let (kind, shapeName) = (words[0], words[1])
    if kind == "fit" { return try fit(shapeName) }
    let count = 1_003
    let frames = 6
    var inputs = (0..<count * frames).map { Float($0 % 17) / 8 - 1 }
    var targets = (0..<count * frames).map { Float($0 % 13) / 13 }
    var rate: Float = 0.1
    switch kind {
    case "ordinary": break
    case "saturated": for i in inputs.indices { inputs[i] *= 1e6 }
    case "missing": for i in stride(from: 0, to: targets.count, by: 2) { targets[i] = .nan }
    case "infinite": for i in stride(from: 0, to: inputs.count, by: 3) { inputs[i] = .infinity }
    case "diverging": rate = 3e38
    default: fatalError("unknown kind \(kind)")
    }
    var options = TrainingOptions()
    let shape: PathShape
    switch shapeName {
    case "derivation": shape = try PathShape(depth: 3, biases: true)
    case "table": shape = try PathShape(depth: 3, biases: true, hidden: .sigmoid(.table))
    case "tanh":
      // The general kernel, with every option.
      shape = try PathShape(
        depth: 3, biases: true, hidden: .tanh, output: .sigmoid, cost: .crossEntropy)
      options.batch = 2
      options.gradientLimit = 1e30
      options.frozen = .shared(.weight(2))
    default: fatalError("unknown shape \(shapeName)")
    }
    var bank = try PathBank(shape: shape, count: count, kernel: Kernel(.avx2))
    bank.randomize(seed: 1)
    var verdicts = [Verdict](repeating: .untouched, count: count)
    let ones = [Float](repeating: 1, count: frames)
    var found = verdicts.mutableSpan
    let summary = try bank.train(
      on: Samples(
        inputs: .perPath(inputs.span, frames: frames),
        targets: .perPath(targets.span, frames: frames),
        weights: shape.hidden == .tanh ? .shared(ones.span) : nil),
      rate: rate, options: options, verdicts: &found)
    print("\(kind): \(summary.divergedCount) of \(count) diverged")
  }

  /// Passes of one model over curves, from a start that the samples do not choose.
  private static func fit(_ model: String) throws {
    let shape: PathShape
    switch model {
    case "logistic": shape = .fourParameterLogistic
    case "chain": shape = try PathShape(depth: 3, biases: true)
    default: fatalError("unknown model \(model)")
    }
    let (count, frames) = (1_003, 25)
    let inputs = (0..<frames).map { Float($0) / 12 - 1 }
    let targets = (0..<count * frames).map { i in
      let (t, path) = (i / count, i % count)
      let z = (1 + Float(path % 7)) * (inputs[t] - Float(path % 11) / 20)
      return z / (1 + abs(z)) + 0.03 * Float(i % 13)
    }
    let planes = (0..<shape.parameterCount * count).map { $0 < shape.depth * count ? Float(1) : 0 }
    var bank = try PathBank(
      shape: shape, count: count, parameters: planes.span, kernel: Kernel(.avx2))
    var verdicts = [Verdict](repeating: .untouched, count: count)
    var found = verdicts.mutableSpan
    try bank.fit(
      to: Samples(
        inputs: .shared(inputs.span), targets: .perPath(targets.span, frames: frames)),
      start: .given, maximumPasses: 6, verdicts: &found)
    print("fit: \(verdicts.count { $0 == .converged }) of \(count) converged")
  }
}
