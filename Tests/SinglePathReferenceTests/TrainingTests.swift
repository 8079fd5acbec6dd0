import SeededRandom
import SinglePathReference
import Testing

@Suite("Training steps", .printsSeed)
struct TrainingTests {
  @Test(arguments: 1...8, [false, true])
  func equation17_updatesAreTheGradientsTimesTheRate(depth: Int, biases: Bool) throws {
    let η = 0.25  // A power of two: the product is exact, so that not one bit may differ.
    for sample in randomCases(50, depth: depth, biases: biases) {
      let gradients = sample.path.gradients(x: sample.x, y: sample.y)
      let step = try #require(sample.path.step(x: sample.x, y: sample.y, rate: η))
      var trained = sample.path
      trained.train(x: sample.x, y: sample.y, rate: η)
      #expect(trained == step.updated, "\(sample)")
      for l in 1...depth {
        #expect(
          trained.weights[l] == sample.path.weights[l] - η * gradients.weights[l], "\(sample)")
        #expect(step.weightUpdates[l] == -η * gradients.weights[l], "\(sample)")
      }
      guard let before = sample.path.biases else { continue }
      for l in 1...depth {
        let slope = try #require(gradients.biases?[l])
        #expect(trained.biases?[l] == before[l] - η * slope, "\(sample)")
        #expect(step.biasUpdates?[l] == -η * slope, "\(sample)")
      }
    }
  }

  /// For small η the cost falls by η |∇J|², to first order.
  @Test(arguments: 1...8, [false, true])
  func aSmallStepLowersTheCost(depth: Int, biases: Bool) {
    for sample in randomCases(200, depth: depth, biases: biases) {
      let η = 1e-5
      let gradients = sample.path.gradients(x: sample.x, y: sample.y)
      let squares = (Array(gradients.weights) + Array(gradients.biases ?? Numbered([], from: 1)))
        .map { $0 * $0 }.reduce(0, +)
      var trained = sample.path
      trained.train(x: sample.x, y: sample.y, rate: η)
      let before = sample.path.cost(x: sample.x, y: sample.y)
      let fall = before - trained.cost(x: sample.x, y: sample.y)
      #expect(abs(fall - η * squares) <= 1e-3 * η * squares + 0x1p-50 * before, "\(sample)")
    }
  }

  @Test(arguments: [false, true], [0.5, .nan, .infinity])
  func aMissingSampleLeavesEveryBit(biases: Bool, x: Double) {
    for sample in randomCases(10, depth: 3, biases: biases) {
      var path = sample.path
      path.weights[2] = -0.0
      let before = bits(path)
      path.train(x: x, y: .nan, rate: 0.5)
      #expect(bits(path) == before, "\(sample)")
      #expect(path.step(x: x, y: .nan, rate: 0.5) == nil)
      path.train(x: 0.5, y: sample.y, rate: 0.5)
      #expect(bits(path) != before, "\(sample)")
    }
  }

  @Test
  func parametersAreWidenedExactly() {
    let path = ReferencePath(
      weights: [Float(0.1), 3], biases: [Float(-0.7), .leastNonzeroMagnitude])
    #expect(Array(path.weights) == [0x1.99999ap-4, 3])
    #expect(path.biases.map { Array($0) } == [-0x1.666666p-1, 0x1p-149])
  }

  private func bits(_ path: ReferencePath) -> [UInt64] {
    path.weights.map(\.bitPattern) + (path.biases?.map(\.bitPattern) ?? [])
  }
}
