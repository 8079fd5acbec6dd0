import SeededRandom
import SinglePathReference
import Testing

@Suite("The formulas written out and the recursion", .printsSeed)
struct WrittenOutTests {
  private let cases = randomCases(2000, depth: 3, biases: false)

  private func writtenOut(_ sample: RandomCase) -> WrittenOut {
    let θ = sample.path.weights
    return WrittenOut(weights: (θ[1], θ[2], θ[3]), x: sample.x, y: sample.y)
  }

  // Both multiply the same factors from left to right, so that not one bit may differ.

  @Test
  func equation9_gradientOfWeight3() {
    for sample in cases {
      let recursion = sample.path.gradients(x: sample.x, y: sample.y).weights[3]
      #expect(writtenOut(sample).gradientOfWeight3 == recursion, "\(sample)")
    }
  }

  @Test
  func equation10_gradientOfWeight2() {
    for sample in cases {
      let recursion = sample.path.gradients(x: sample.x, y: sample.y).weights[2]
      #expect(writtenOut(sample).gradientOfWeight2 == recursion, "\(sample)")
    }
  }

  @Test
  func equation11_gradientOfWeight1() {
    for sample in cases {
      let recursion = sample.path.gradients(x: sample.x, y: sample.y).weights[1]
      #expect(writtenOut(sample).gradientOfWeight1 == recursion, "\(sample)")
    }
  }

  @Test
  func equation12_equalsEquation17() throws {
    for sample in cases {
      let step = try #require(sample.path.step(x: sample.x, y: sample.y, rate: 0.1))
      #expect(writtenOut(sample).updates(rate: 0.1) == step.weightUpdates, "\(sample)")
    }
  }
}
