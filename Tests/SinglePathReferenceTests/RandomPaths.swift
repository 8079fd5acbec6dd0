import Foundation
import SinglePathReference

/// Sebastiano Vigna's SplitMix64: the same numbers for the same seed, everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A random path with one random sample.
struct RandomCase: CustomStringConvertible {
  let path: ReferencePath
  let x: Double
  let y: Double
  let description: String
}

/// The seed of every random test: SINGLE_PATH_TEST_SEED of the environment, or 1.
let testSeed =
  ProcessInfo.processInfo.environment["SINGLE_PATH_TEST_SEED"].flatMap { UInt64($0) } ?? 1

/// Weights and targets in −2...2, biases and inputs in −1...1.
func randomCases(_ count: Int, depth: Int, biases: Bool) -> [RandomCase] {
  var generator = SplitMix64(seed: testSeed)
  return (0..<count).map { index in
    let weights = (0..<depth).map { _ in Double.random(in: -2...2, using: &generator) }
    let offsets = (0..<depth).map { _ in Double.random(in: -1...1, using: &generator) }
    return RandomCase(
      path: ReferencePath(weights: weights, biases: biases ? offsets : nil),
      x: Double.random(in: -1...1, using: &generator),
      y: Double.random(in: -2...2, using: &generator),
      description: "SINGLE_PATH_TEST_SEED=\(testSeed), case \(index)")
  }
}
