import SeededRandom
import SinglePathReference

/// What a path does, apart from its parameters.
struct Shape: CustomStringConvertible {
  let hidden: Activation
  let output: Output
  let cost: Cost
  let depth: Int
  let hasBiases: Bool

  /// How far from a kink samples are drawn.
  private let margin = 1e-3

  static let costs: [Cost] = [.squaredError, .crossEntropy, .huber(threshold: 0.5)]

  /// Every output with every cost.
  static let heads = Output.allCases.flatMap { output in costs.map { (output, $0) } }

  var description: String {
    "\(hidden), \(output), \(cost), depth \(depth), \(hasBiases ? "" : "no ")biases"
  }

  /// A random path of this shape with a sample that a central difference can tell about, drawn until
  /// there is one.
  ///
  /// Weights are 0.5 to 1.3 in size and inputs 0.5 to 1.5, so that gradients neither vanish nor blow
  /// up over eight layers; biases are in −0.5...0.5; targets in −2...2, and 0...1 for cross-entropy.
  func tellingCase(_ index: Int, using generator: inout SplitMix64) -> RandomCase {
    while true {
      let path = path(using: &generator)
      let x = signed(0.5...1.5, using: &generator)
      let y = Double.random(in: cost == .crossEntropy ? 0...1 : -2...2, using: &generator)
      guard isTelling(path.forward(x), y: y) else { continue }
      return RandomCase(path: path, x: x, y: y, description: "\(self), case \(index)")
    }
  }

  func path(using generator: inout SplitMix64) -> ReferencePath {
    let weights = (0..<depth).map { _ in signed(0.5...1.3, using: &generator) }
    let biases = (0..<depth).map { _ in Double.random(in: -0.5...0.5, using: &generator) }
    return ReferencePath(
      weights: weights, biases: hasBiases ? biases : nil, hidden: hidden, output: output, cost: cost
    )
  }

  /// Whether every kink is so far away that a nudge of 1e-5 cannot reach it, and no more rectifiers
  /// are shut, or leak, than leave something to compare.
  private func isTelling(_ trace: ForwardTrace, y: Double) -> Bool {
    let z = trace.z.dropLast()
    let areHiddenTelling =
      switch hidden {
      case .relu: z.allSatisfy { $0 > margin }
      case .leakyRelu: z.allSatisfy { abs($0) > margin } && z.filter { $0 < 0 }.count <= 2
      default: true
      }
    let ŷ = trace.prediction
    let isCostTelling =
      switch cost {
      case .squaredError: true
      case .huber(let κ): abs(abs(ŷ - y) - κ) > margin
      case .crossEntropy where output == .sigmoid || output == .softmax: true
      // Near the ends the logarithms curve so much that a central difference sees it.
      case .crossEntropy:
        (0.4...0.6).contains(ŷ) || ŷ < crossEntropyMargin - margin
          || ŷ > 1 - crossEntropyMargin + margin
      }
    return areHiddenTelling && isCostTelling
  }

  private func signed(_ size: ClosedRange<Double>, using generator: inout SplitMix64) -> Double {
    let value = Double.random(in: size, using: &generator)
    return Bool.random(using: &generator) ? value : -value
  }
}
