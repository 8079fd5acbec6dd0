import SinglePath

/// Trains a bank on one kind of samples with the AVX2 kernel, for an instruction counter.
@main
struct InstructionCount {
  static func main() throws {
    let kind = CommandLine.arguments.dropFirst().first ?? "ordinary"
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
    var bank = try PathBank(
      shape: PathShape(depth: 3, biases: true), count: count, kernel: Kernel(.avx2))
    bank.initialize(seed: 1)
    var verdicts = [Verdict](repeating: .untouched, count: count)
    let diverged = try inputs.withUnsafeBufferPointer { x in
      try targets.withUnsafeBufferPointer { y in
        try bank.train(
          inputs: Frames(x.baseAddress, frames: frames, stride: count),
          targets: Frames(y.baseAddress, frames: frames, stride: count), rate: .shared(rate),
          verdicts: &verdicts)
      }
    }
    print("\(kind): \(diverged) of \(count) diverged")
  }
}
