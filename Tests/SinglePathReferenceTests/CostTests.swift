import Foundation
import SinglePathReference
import Testing

@Suite("Costs beyond the squared error")
struct CostTests {
  /// The known values hold within this: two roundings of the library and up to three of our own.
  private let relativeError = 0x1p-50

  @Test(arguments: [Output.sigmoid, .softmax])
  func crossEntropyOfASigmoidIsALogarithm(output: Output) {
    for z in stride(from: -20.0, through: 20, by: 0.25) {
      for y in [0, 0.125, 0.5, 0.9, 1] {
        let written = -y * log(sigmoid(z)) - (1 - y) * log(sigmoid(-z))
        let cost = Cost.crossEntropy.value(z, output: output, target: y)
        // The logarithm turns the relative error of the sigmoid into an absolute one.
        let bound = sigmoidRelativeError + relativeError * written
        #expect(abs(cost - written) <= bound, "z = \(z), y = \(y)")
        let δ = Cost.crossEntropy.errorSignal(z, output: output, target: y)
        #expect(δ == output.value(z) - y, "z = \(z), y = \(y)")
      }
    }
  }

  /// J(z, y) = (1 − y) ln(1 + eᶻ) + y ln(1 + e⁻ᶻ), whose far ends are |z| on the wrong side and e⁻|ᶻ|
  /// on the right one, where e⁻¹⁰⁰⁰⁰ is 0 in `Double`.
  @Test(
    arguments: [Output.sigmoid, .softmax],
    [
      (50, 1.9287498479639177830e-22), (100, 3.7200759760208359630e-44),
      (700, 9.8596765437597708567e-305), (1e4, 0),
    ])
  func crossEntropyStaysFinite(output: Output, far: (z: Double, right: Double)) {
    for (z, right) in [(far.z, 1.0), (-far.z, 0.0)] {
      func cost(_ y: Double) -> Double { Cost.crossEntropy.value(z, output: output, target: y) }
      func δ(_ y: Double) -> Double { Cost.crossEntropy.errorSignal(z, output: output, target: y) }
      #expect(abs(cost(right) - far.right) <= relativeError * far.right)
      #expect(cost(1 - right) == far.z)
      #expect(cost(0.25) == (right == 1 ? 0.75 : 0.25) * far.z)
      #expect(abs(δ(right)) <= 0x1p-52)
      #expect(abs(δ(1 - right) - (2 * right - 1)) <= 0x1p-52)
      #expect(abs(δ(0.25) - (right - 0.25)) <= 0x1p-52)
    }
  }

  /// Between the margins the cost of any other output is the cross-entropy as it is written, beyond
  /// them it is a straight line through the same point with the same slope.
  @Test(arguments: [0, 0.3, 1])
  func crossEntropyGoesOnAlongItsTangent(y: Double) {
    let ε = crossEntropyMargin
    #expect(ε == 0x1p-10)
    func cost(_ ŷ: Double) -> Double { crossEntropy(prediction: ŷ, target: y) }
    func written(_ ŷ: Double) -> Double { -y * log(ŷ) - (1 - y) * log1p(-ŷ) }
    for ŷ in [ε, 0.1, 0.5, 0.75, 1 - ε] { #expect(cost(ŷ) == written(ŷ)) }
    for (end, outwards) in [(ε, -1.0), (1 - ε, 1.0)] {
      let slope = (end - y) / (end * (1 - end))
      for distance in [0x1p-20, 0.5, 1, 1000] {
        let ŷ = end + outwards * distance
        let line = written(end) + slope * outwards * distance
        // ŷ − p loses what ŷ has lost of the distance: 2⁻⁵³ |ŷ|, times the slope.
        #expect(abs(cost(ŷ) - line) <= 0x1p-50 * (abs(line) + abs(slope) * (1 + abs(ŷ))))
        #expect(crossEntropySlope(prediction: ŷ, target: y) == slope)
      }
    }
  }

  @Test
  func huberIsSquaredAndThenLinear() {
    func cost(_ ŷ: Double) -> Double { huber(prediction: ŷ, target: 1, threshold: 0.5) }
    func slope(_ ŷ: Double) -> Double { huberSlope(prediction: ŷ, target: 1, threshold: 0.5) }
    let predictions = [-3, 0.5, 0.75, 1, 1.25, 1.5, 5]
    #expect(predictions.map(cost) == [1.875, 0.125, 0.03125, 0, 0.03125, 0.125, 1.875])
    #expect(predictions.map(slope) == [-0.5, -0.5, -0.25, 0, 0.25, 0.5, 0.5])
    #expect(Cost.huber(threshold: 0.5).value(-3, output: .identity, target: 1) == 1.875)
  }

  /// (13) by the chain rule equals the simple forms where there are any.
  @Test
  func equation13_simpleForms() {
    for z in stride(from: -6.0, through: 6, by: 0.25) {
      for y in [0, 0.25, 1] {
        let ŷ = sigmoid(z)
        let chained = outputErrorSignal(
          costSlope: (ŷ - y) / (ŷ * (1 - ŷ)), slope: sigmoidSlope(z))
        let simple = Cost.crossEntropy.errorSignal(z, output: .sigmoid, target: y)
        // 1 − ŷ has lost up to 2⁻⁵³ of at least e⁻⁶ / 2.
        #expect(abs(simple - chained) <= 0x1p-43 * abs(chained), "z = \(z), y = \(y)")
        #expect(
          Cost.squaredError.errorSignal(z, output: .identity, target: y)
            == outputErrorSignal(costSlope: z - y, slope: 1))
      }
    }
  }
}
