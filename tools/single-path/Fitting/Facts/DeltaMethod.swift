import SinglePathReference

/// Standard errors of quantities of a fit: gᵀ covariance g, with slopes g by differences.
struct DeltaMethod {
  let fit: LeastSquaresFit
  private let parameters: [Double]
  private let t: Double

  init(_ fit: LeastSquaresFit) {
    (self.fit, parameters) = (fit, fit.path.parameters)
    t = intervalReach(fit.path.cost, degreesOfFreedom: fit.degreesOfFreedom)
  }

  /// A quantity with its standard error, NaN if it depends on a parameter that the samples leave open.
  func callAsFunction(_ quantity: ([Double]) -> Double) -> Uncertain {
    let variance = fit.covariance.variance(along: slopes(quantity))
    return Uncertain(value: quantity(parameters), error: variance.squareRoot(), t: t)
  }

  /// Central differences of the fourth order: steps, and the share of each.
  private static let stencil = [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)]

  /// ∂quantity/∂p for each parameter p, by central differences of the fourth order. Steep units have large
  /// parameters of which only a sum counts: their slopes must cancel to many digits.
  private func slopes(_ quantity: ([Double]) -> Double) -> [Double] {
    var p = parameters
    return p.indices.map { k in
      let (here, h) = (p[k], max(1e-6, 1e-3 * min(1, abs(p[k]))))
      var sum = 0.0
      for (steps, share) in Self.stencil {
        p[k] = here + steps * h
        sum += share * quantity(p)
      }
      p[k] = here
      return sum / (12 * h)
    }
  }
}

/// A value on the scale on which its interval is even.
struct Uncertain {
  let value: Double
  let error: Double
  /// How many errors the 95 % interval reaches to each side.
  let t: Double

  var relativeError: Double { error / abs(value) }

  /// In the user's units.
  func estimate(_ transform: Transform) -> Estimate {
    Estimate(value, error: error, t: t, transform: transform)
  }
}
