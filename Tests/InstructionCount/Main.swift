import SinglePath

/// Trains a bank of one shape on one kind of samples with the AVX2 kernel, for an instruction counter.
@main
struct InstructionCount {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count == 2 else { fatalError("give a kind of samples and a shape") }
    let (kind, shapeName) = (words[0], words[1])
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
    var weights: Frames?
    var options = TrainingOptions()
    let shape: PathShape
    switch shapeName {
    case "derivation": shape = try PathShape(depth: 3, biases: true)
    case "table": shape = try PathShape(depth: 3, biases: true, sigmoid: .table)
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
    bank.initialize(seed: 1)
    var verdicts = [Verdict](repeating: .untouched, count: count)
    let ones = [Float](repeating: 1, count: frames)
    let diverged = try inputs.withUnsafeBufferPointer { x in
      try targets.withUnsafeBufferPointer { y in
        try ones.withUnsafeBufferPointer { ones in
          if shape.hidden == .tanh { weights = Frames(shared: ones.baseAddress, frames: frames) }
          return try bank.train(
            inputs: Frames(x.baseAddress, frames: frames, stride: count),
            targets: Frames(y.baseAddress, frames: frames, stride: count), weights: weights,
            rate: .shared(rate), options: options, verdicts: &verdicts)
        }
      }
    }
    print("\(kind): \(diverged) of \(count) diverged")
  }
}
