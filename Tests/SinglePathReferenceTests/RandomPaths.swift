import SeededRandom
import SinglePathReference

/// A random path with one random sample.
struct RandomCase: CustomStringConvertible {
  let path: ReferencePath
  let x: Double
  let y: Double
  let description: String
}

/// Weights and targets in −2...2, biases and inputs in −1...1.
func randomCases(_ count: Int, depth: Int, biases: Bool) -> [RandomCase] {
  var generator = SplitMix64()
  return (0..<count).map { index in
    let weights = (0..<depth).map { _ in Double.random(in: -2...2, using: &generator) }
    let offsets = (0..<depth).map { _ in Double.random(in: -1...1, using: &generator) }
    return RandomCase(
      path: ReferencePath(weights: weights, biases: biases ? offsets : nil),
      x: Double.random(in: -1...1, using: &generator),
      y: Double.random(in: -2...2, using: &generator),
      description: "case \(index)")
  }
}
