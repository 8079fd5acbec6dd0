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

  func value(_ quantity: ([Double]) -> Double) -> Double { quantity(parameters) }

  /// NaN if the quantity depends on a parameter that the samples leave open.
  func standardError(_ quantity: ([Double]) -> Double) -> Double {
    fit.covariance.variance(along: slopes(quantity)).squareRoot()
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

  /// - Parameter transform: from the quantity's scale to the user's.
  func estimate(_ quantity: ([Double]) -> Double, transform: Transform) -> Estimate {
    Estimate(value(quantity), error: standardError(quantity), t: t, transform: transform)
  }
}
