import SeededRandom
import SinglePathReference
import Testing

@Suite("Gradients of every shape", .printsSeed)
struct ShapeGradientTests {
  /// A shorter step than usual: cross-entropy curves more than the squared error does.
  private let h = 3e-6
  /// Error of the central difference with this step, see `centralDifferences`: up to 2.8e-10 was seen
  /// for these paths over 25 seeds.
  private let tolerance = 5e-10

  /// A rectifier that is shut stops everything behind it, and nothing before it.
  @Test
  func aDeadUnitHasNoGradientBehindIt() {
    let path = ReferencePath(weights: [1, -2, 3, 0.5], biases: [0.25, 0.5, 1, -1], hidden: .relu)
    let gradients = path.gradients(x: 1, y: 0.25)
    let measured = path.centralDifferences(x: 1, y: 0.25)
    // z⁽²⁾ = 1.25; z⁽³⁾ = −2 is shut; z⁽⁴⁾ = 1; ŷ = −0.5, so that δ⁽⁵⁾ = −0.75 and δ⁽⁴⁾ = −0.375.
    #expect(Array(gradients.weights) == [0, 0, 0, -0.75])
    #expect(gradients.biases.map { Array($0) } == [0, 0, -0.375, -0.75])
    for (computed, seen) in zip(gradients.weights, measured.weights) {
      #expect(abs(computed - seen) <= tolerance)
    }
  }

  @Test(arguments: Activation.allCases, Shape.heads)
  func gradientsAreTheMeasuredSlopes(hidden: Activation, head: (Output, Cost)) {
    var generator = SplitMix64()
    for depth in 1...8 {
      for hasBiases in [false, true] {
        let shape = Shape(
          hidden: hidden, output: head.0, cost: head.1, depth: depth, hasBiases: hasBiases)
        let cases = (0..<10).map { shape.tellingCase($0, using: &generator) }
        let meaningful = cases.filter(compare).count
        // Zeros on both sides would agree too.
        #expect(meaningful > cases.count / 2, "\(shape)")
      }
    }
  }

  /// Compares both ways to all gradients and error signals of a case.
  ///
  /// - Returns: whether all gradients are far above the tolerance.
  private func compare(_ sample: RandomCase) -> Bool {
    let trace = sample.path.forward(sample.x)
    let δ = sample.path.errorSignals(trace, y: sample.y)
    let gradients = sample.path.gradients(x: sample.x, y: sample.y)
    let measured = sample.path.centralDifferences(x: sample.x, y: sample.y, h: h)
    let signals = sample.path.errorSignalsByDefinition(x: sample.x, y: sample.y, h: h)
    // The rounding of a difference grows with J, its curvature with the slope of J.
    let scale = max(1, abs(sample.path.cost(x: sample.x, y: sample.y)), abs(δ[δ.endIndex - 1]))

    let computed = Array(gradients.weights) + Array(gradients.biases ?? Numbered([], from: 1))
    let expected = Array(measured.weights) + Array(measured.biases ?? Numbered([], from: 1))
    #expect(computed.count == expected.count, "\(sample)")
    let errors = zip(computed + Array(δ), expected + Array(signals)).map { abs($0 - $1) }
    let worst = errors.max() ?? .infinity
    #expect(worst <= tolerance * scale, "\(sample)")
    return computed.allSatisfy { abs($0) > 100 * tolerance * scale }
  }
}
