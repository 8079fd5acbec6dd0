import SinglePathReference

/// Standard errors of quantities of a fit: gᵀ covariance g, with slopes g by differences.
struct DeltaMethod {
  let fit: LeastSquaresFit
  private let parameters: [Double]
  private let t: Double

  init(_ fit: LeastSquaresFit) {
    (self.fit, parameters) = (fit, fit.path.parameters)
    t = StudentT.quantile95(max(1, fit.degreesOfFreedom))
  }

  /// A quantity with its standard error, NaN if it depends on a parameter that the samples leave open.
  func callAsFunction(_ quantity: ([Double]) -> Double) -> Uncertain {
    let variance = fit.covariance.variance(along: slopes(quantity))
    return Uncertain(value: quantity(parameters), error: variance.squareRoot(), t: t)
  }

  /// ∂quantity/∂p for each parameter p, by central differences of the fourth order. Steep units have large
  /// parameters of which only a sum counts: their slopes must cancel to many digits.
  private func slopes(_ quantity: ([Double]) -> Double) -> [Double] {
    var p = parameters
    return p.indices.map { k in
      let (here, h) = (p[k], max(1e-6, 1e-3 * min(1, abs(p[k]))))
      func difference(_ h: Double) -> Double {
        p[k] = here + h
        let above = quantity(p)
        p[k] = here - h
        return (above - quantity(p)) / (2 * h)
      }
      let slope = (4 * difference(h) - difference(2 * h)) / 3
      p[k] = here
      return slope
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
