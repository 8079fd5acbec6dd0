import SinglePathReference
import Testing

@Suite("Activations beyond the sigmoid")
struct ActivationTests {
  /// x, softplus(x), tanh(x), tanh′(x) to 20 digits, by decimal arithmetic with 60 digits.
  static let known: [(x: Double, softplus: Double, tanh: Double, tanhSlope: Double)] = [
    (-100, 3.7200759760208359630e-44, -1, 5.5355861069469501226e-87),
    (-40, 4.2483542552915889863e-18, -1, 7.2194055513816606892e-35),
    (-5, 6.7153484891180686164e-3, -9.9990920426259513121e-1, 1.8158323094380668413e-4),
    (-1, 3.1326168751822283405e-1, -7.6159415595576488812e-1, 4.1997434161402606939e-1),
    (-0.5, 4.7407698418010668087e-1, -4.6211715726000975850e-1, 7.8644773296592741015e-1),
    (0, 6.9314718055994530942e-1, 0, 1),
    (0.5, 9.7407698418010668087e-1, 4.6211715726000975850e-1, 7.8644773296592741015e-1),
    (1, 1.3132616875182228340, 7.6159415595576488812e-1, 4.1997434161402606939e-1),
    (5, 5.0067153484891180686, 9.9990920426259513121e-1, 1.8158323094380668413e-4),
    (20, 20.000000002061153620, 9.9999999999999999150e-1, 1.6993417021166355837e-17),
    (100, 100, 1, 5.5355861069469501226e-87),
    (10000, 10000, 1, 0),
  ]

  /// Two units in the last place of the library for `exp`, `log1p` or `tanh`, and one sum or product.
  private let relativeError = 0x1p-50

  @Test(arguments: known)
  func values(x: Double, softplus: Double, tanh: Double, tanhSlope: Double) {
    #expect(abs(Activation.softplus.value(x) - softplus) <= relativeError * softplus)
    #expect(abs(Activation.tanh.value(x) - tanh) <= relativeError * abs(tanh))
    #expect(abs(Activation.tanh.slope(x) - tanhSlope) <= relativeError * tanhSlope)
    #expect(Activation.softplus.slope(x) == sigmoid(x))
  }

  @Test
  func rectifiersBendAtZero() {
    let belowAndAbove = [-2, -0x1p-1000, -0.0, 0, 0x1p-1000, 3]
    #expect(belowAndAbove.map(Activation.relu.value) == [0, 0, 0, 0, 0x1p-1000, 3])
    #expect(belowAndAbove.map(Activation.relu.slope) == [0, 0, 0, 0, 1, 1])
    let leak = 0x1.47ae14p-7
    #expect(Float(leak) == 0.01)
    #expect(
      belowAndAbove.map(Activation.leakyRelu.value)
        == [-2 * leak, -0x1p-1000 * leak, 0, 0, 0x1p-1000, 3])
    #expect(belowAndAbove.map(Activation.leakyRelu.slope) == [leak, leak, leak, leak, 1, 1])
  }

  @Test
  func endsAreTheLimits() {
    let ends = [-Double.infinity, .infinity]
    #expect(ends.map(Activation.sigmoid.value) == [0, 1])
    #expect(ends.map(Activation.tanh.value) == [-1, 1])
    #expect(ends.map(Activation.relu.value) == [0, .infinity])
    #expect(ends.map(Activation.leakyRelu.value) == [-.infinity, .infinity])
    #expect(ends.map(Activation.softplus.value) == [0, .infinity])
    #expect(ends.map(Output.softmax.value) == [0, 1])
  }

  @Test(arguments: Activation.allCases)
  func nanGoesThrough(activation: Activation) {
    #expect(activation.value(.nan).isNaN)
  }

  /// The two-class softmax over (z, 0) is the sigmoid of z: both are within their bounds of the truth.
  @Test
  func softmaxIsTheSigmoid() {
    for z in stride(from: -700.0, through: 700, by: 0.125) {
      let (value, slope) = (sigmoid(z), sigmoidSlope(z))
      #expect(abs(Output.softmax.value(z) - value) <= 2 * sigmoidRelativeError * value, "z = \(z)")
      #expect(
        abs(Output.softmax.slope(z) - slope) <= 4.5 * sigmoidRelativeError * slope, "z = \(z)")
      // The two probabilities are those of (z, 0), and they sum to 1.
      #expect(abs(softmax(z) + softmax(-z) - 1) <= sigmoidRelativeError, "z = \(z)")
    }
  }
}
