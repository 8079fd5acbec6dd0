import SinglePathReference
import Testing

@Suite("The sigmoid, (1) to (5)")
struct SigmoidTests {
  /// x, σ(x), σ′(x) to 23 digits, by decimal arithmetic with 60 digits.
  static let known: [(x: Double, value: Double, slope: Double)] = [
    (-700, 9.8596765437597708567054e-305, 9.8596765437597708567054e-305),
    (-100, 3.7200759760208359629597e-44, 3.7200759760208359629597e-44),
    (-40, 4.2483542552915889772807e-18, 4.2483542552915889592322e-18),
    (-20, 2.0611536181902035814309e-9, 2.0611536139418493436523e-9),
    (-5, 6.6928509242848555593620e-3, 6.6480566707901549139985e-3),
    (-1, 2.6894142136999512074884e-1, 1.9661193324148185253742e-1),
    (-0.5, 3.7754066879814543536110e-1, 2.3500371220159448906930e-1),
    (-0x1p-10, 4.9975585939440255178745e-1, 2.4999994039536469851124e-1),
    (0, 0.5, 0.25),
    (0x1p-10, 5.0024414060559744821255e-1, 2.4999994039536469851124e-1),
    (0.5, 6.2245933120185456463890e-1, 2.3500371220159448906930e-1),
    (1, 7.3105857863000487925116e-1, 1.9661193324148185253742e-1),
    (5, 9.9330714907571514444064e-1, 6.6480566707901549139985e-3),
    (20, 9.9999999793884638180980e-1, 2.0611536139418493436523e-9),
    (36, 9.9999999999999976804772e-1, 2.3195228302435683122750e-16),
    (40, 9.9999999999999999575165e-1, 4.2483542552915889592322e-18),
    (700, 1, 9.8596765437597708567054e-305),
  ]

  @Test(arguments: known)
  func equation1_sigmoid(x: Double, value: Double, slope: Double) {
    #expect(abs(sigmoid(x) - value) <= sigmoidRelativeError * value)
  }

  @Test
  func equation1_sigmoidAtTheEnds() {
    // e⁻⁷⁴⁵ = 2.8e-324 rounds to the least number above 0; e⁻⁷⁴⁶ rounds to 0.
    #expect(sigmoid(-745) == .leastNonzeroMagnitude)
    #expect(sigmoid(-746) == 0)
    #expect(sigmoid(-.infinity) == 0)
    #expect(sigmoid(746) == 1)
    #expect(sigmoid(.infinity) == 1)
    #expect(sigmoid(.nan).isNaN)
  }

  /// Two sigmoids and one product: 2 · 2⁻⁵¹ + 2⁻⁵³ < 2⁻⁴⁹·⁸.
  @Test(arguments: known)
  func equation5_sigmoidSlope(x: Double, value: Double, slope: Double) {
    #expect(abs(sigmoidSlope(x) - slope) <= 2.25 * sigmoidRelativeError * slope)
  }

  /// The subtraction 1 − σ costs up to 2⁻⁵³ and keeps the error of σ, both absolute.
  @Test
  func equation5_asWritten() {
    for x in stride(from: -50.0, through: 50, by: 0.125) {
      let σ = sigmoid(x)
      #expect(abs(sigmoidSlope(x) - σ * (1 - σ)) <= 2 * sigmoidRelativeError, "x = \(x)")
    }
  }

  /// (2)–(4) round seven times and (5) seven times, each within 2⁻⁵³: 14 · 2⁻⁵³ < 2⁻⁴⁹.
  @Test
  func equations2to4_giveEquation5() {
    for x in stride(from: -350.0, through: 350, by: 0.125) {
      let slope = sigmoidSlope(x)
      #expect(abs(sigmoidSlopeByRules(x) - slope) <= 0x1p-49 * slope, "x = \(x)")
    }
  }

  /// h² / 6 · |σ‴| with |σ‴| ≤ 1/8, plus the rounding of two sigmoids: 2 · 2⁻⁵¹ / 2h.
  @Test
  func equation5_isTheSlopeOfEquation1() {
    let h = 0x1p-17
    let bound = h * h / 48 + sigmoidRelativeError / h
    for x in stride(from: -40.0, through: 40, by: 0.125) {
      let measured = (sigmoid(x + h) - sigmoid(x - h)) / (2 * h)
      #expect(abs(sigmoidSlope(x) - measured) <= bound, "x = \(x)")
    }
  }
}
