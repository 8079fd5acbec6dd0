import SeededRandom
import SinglePathReference
import Testing

@Suite("Rows and curvatures of least squares", .printsSeed)
struct LeastSquaresTermsTests {
  private let h = 3e-6
  /// Error of a central difference with this step; up to 2.5e-10 was seen over 25 seeds.
  private let tolerance = 5e-10

  /// z of the output is what a path with the identity as its output predicts.
  @Test(arguments: Activation.allCases, [false, true])
  func equations15And16_rowsAreTheMeasuredSlopes(hidden: Activation, hasBiases: Bool) {
    var generator = SplitMix64()
    for depth in 1...8 {
      let shape = Shape(
        hidden: hidden, output: .identity, cost: .squaredError, depth: depth, hasBiases: hasBiases)
      for index in 0..<10 {
        let sample = shape.tellingCase(index, using: &generator)
        let row = sample.path.jacobianRow(sample.x).all
        #expect(row.count == sample.path.parameterCount)
        for (i, computed) in row.enumerated() {
          func z(_ nudge: Double) -> Double {
            var path = sample.path
            path.parameters[i] += nudge
            return path.predict(sample.x)
          }
          let measured = (z(h) - z(-h)) / (2 * h)
          let scale = max(1, abs(sample.path.predict(sample.x)))
          #expect(abs(computed - measured) <= tolerance * scale, "\(sample), parameter \(i)")
        }
        #expect(row[depth - 1] != 0, "\(sample)")
      }
    }
  }

  /// The error signal divided by g′ is the slope of the cost by ŷ; its own slope, times g′², is c.
  @Test(arguments: Shape.heads)
  func curvatureIsTheMeasuredSlopeOfTheErrorSignal(output: Output, cost: Cost) {
    var compared = 0
    for z in stride(from: -3.0, through: 3, by: 0.23) {
      for y in [0.0, 0.3, 1] {
        let ŷ = output.value(z)
        if case .huber(let κ) = cost, abs(abs(ŷ - y) - κ) < 1e-3 { continue }
        if cost == .crossEntropy, min(abs(ŷ - 0x1p-10), abs(ŷ - 1 + 0x1p-10)) < 1e-3 { continue }
        let isSimple = cost.isSimple(with: output)
        func slope(_ nudge: Double) -> Double {
          let δ = cost.errorSignal(z + nudge, output: output, target: y)
          return isSimple ? δ : δ / output.slope(z + nudge)
        }
        let measured = (slope(h) - slope(-h)) / (2 * h) * (isSimple ? 1 : output.slope(z))
        let c = cost.curvature(z, output: output, target: y)
        #expect(c >= 0)
        // The third derivative of the logarithm is up to 2 / ŷ³.
        let bound =
          tolerance * max(1, abs(slope(0)), c) + h * h * c / min(1, ŷ * ŷ, (1 - ŷ) * (1 - ŷ))
        #expect(abs(c - measured) <= bound, "z = \(z), y = \(y)")
        compared += c > 0 ? 1 : 0
      }
    }
    #expect(compared > 10)
  }

  @Test
  func curvaturesByHand() {
    #expect(Cost.squaredError.curvature(3, output: .identity, target: 1) == 1)
    #expect(Cost.squaredError.curvature(0, output: .sigmoid, target: 1) == 0.0625)
    #expect(Cost.crossEntropy.curvature(0, output: .sigmoid, target: 1) == 0.25)
    #expect(Cost.crossEntropy.curvature(0.5, output: .identity, target: 0.25) == 4)
    #expect(Cost.crossEntropy.curvature(2, output: .identity, target: 1) == 0)
    let huber = Cost.huber(threshold: 0.5)
    #expect(
      [0.5, 0.75, -1].map { huber.curvature($0, output: .identity, target: 0) } == [1, 0, 0])
  }
}
