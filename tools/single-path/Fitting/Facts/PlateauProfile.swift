import Foundation
import SinglePathReference

/// Whether the samples can do without a plateau.
///
/// A standard error trusts in a bend that may be noise. So the curve is fitted once more with a height that
/// is held twenty times as large, as if it rose or fell on without an end; if its residuals are not worse
/// than F with 1 degree of freedom allows in 95 % of cases, the plateau is not seen: a point of the profile
/// likelihood (Bates and Watts, Nonlinear Regression Analysis and Its Applications, 1988, section 6.1).
struct PlateauProfile {
  private let fit: LeastSquaresFit
  private let samples: [Sample]

  init(_ fit: LeastSquaresFit, samples: [Sample]) { (self.fit, self.samples) = (fit, samples) }

  /// - Parameter isHigh: whether it is the plateau at the high end of the hidden unit, or at its low end.
  func canDoWithout(endAt isHigh: Bool) -> Bool {
    let stretch = 20.0
    // A deeper curve has other ways to a plateau.
    guard fit.path.depth == 2, fit.path.biases != nil, fit.degreesOfFreedom > 0 else {
      return false
    }
    let (low, high, rate) = fit.path.hidden == .tanh ? (-1.0, 1.0, 2.0) : (0.0, 1.0, 1.0)
    var p = fit.path.parameters
    let (weight, bias, shift) = (1, 3, 2)
    guard !fit.frozen[weight], !fit.frozen[bias], !fit.frozen[shift] else { return false }
    // The other end stays where it is, and so does the beginning of the rise from there.
    p[bias] += p[weight] * (isHigh ? low : high) * (1 - stretch)
    p[weight] *= stretch
    p[shift] += (isHigh ? -1 : 1) * log(stretch) / rate
    var open = fit.path
    open.parameters = p
    var frozen = fit.frozen
    frozen[weight] = true
    let other = open.fitted(to: samples, frozen: frozen, passes: 60)
    // With the sign of the slope turned, the open end would be the other one.
    guard other.path.weights[1] * fit.path.weights[1] > 0 else { return false }
    let isEntropy = fit.path.cost == .crossEntropy
    let variance = isEntropy ? 1 : 2 * fit.cost / Double(fit.degreesOfFreedom)
    let t = intervalReach(fit.path.cost, degreesOfFreedom: fit.degreesOfFreedom)
    return 2 * (other.cost - fit.cost) <= t * t * variance
  }
}
