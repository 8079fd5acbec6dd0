/// What a least squares fit found, in the units of its samples.
///
/// Lists of parameters are θ⁽¹⁾ … θ⁽ᴸ⁾, then b⁽¹⁾ … b⁽ᴸ⁾ if there are biases.
public struct LeastSquaresFit: Equatable, Sendable {
  /// What became of a fit. A later case never hides an earlier one.
  public enum Verdict: String, CaseIterable, Sendable {
    /// An input, target, weight or parameter that counts is infinite or not a number, or so large that
    /// its range is. Nothing was fitted.
    case nonFiniteInput
    /// Too few samples for the free parameters: not one more than these, or as many where the cost is the
    /// cross-entropy, whose errors need no estimate. Nothing was fitted.
    case tooFewSamples
    /// The targets never change, so there is nothing that a curve could explain.
    case flat
    /// The samples leave at least one free parameter open: its standard error is NaN.
    case undetermined
    /// No step in any direction lowers the cost: the optimum, within rounding.
    case converged
    /// The steps became as short as they can be before the slope of the cost vanished.
    case stalled
    /// The passes were used up.
    case limit
  }

  /// The path with its fitted parameters; the one that was given where nothing was fitted.
  public let path: ReferencePath
  public let verdict: Verdict
  /// Σ w J over the samples that count; half the residual sum of squares for the squared error.
  public let cost: Double
  /// Σ w (y − ȳ)², where ȳ is the weighted mean; NaN for `nonFiniteInput`.
  public let totalSumOfSquares: Double
  /// Samples whose target is not NaN and whose weight is above 0.
  public let sampleCount: Int
  /// Samples that count, less the free parameters; below 1 it estimates no error.
  public let degreesOfFreedom: Int
  /// Evaluations of the cost with its slopes over all samples.
  public let passes: Int
  /// s² H⁻¹ for the free parameters, row by row, `count × count` for the `count` parameters, where H is
  /// the Gauss-Newton curvature of the cost and s² the variance of an error of weight 1: 2 cost /
  /// degreesOfFreedom, or 1 for the cross-entropy.
  ///
  /// NaN in the rows and columns of parameters that are frozen, or that the samples leave open.
  public let covariance: [Double]

  /// The square roots of the covariance's diagonal, one for each parameter, NaN as there: a frozen
  /// parameter is given, not estimated.
  public var standardErrors: [Double] {
    let count = path.parameterCount
    return (0..<count).map { covariance[$0 * count + $0].squareRoot() }
  }

  /// The variance of a quantity by the delta method: gᵀ covariance g.
  ///
  /// A frozen parameter adds nothing, because it is known. Parameters that the quantity does not depend
  /// on may be undetermined.
  ///
  /// - Parameters:
  ///   - g: the slopes of the quantity by the parameters, one for each.
  ///   - frozen: as in the fit.
  /// - Returns: NaN if the quantity depends on a parameter that the samples leave open.
  public func variance(along g: [Double], frozen: [Bool]? = nil) -> Double {
    let relevant = g.indices.filter { g[$0] != 0 && frozen?[$0] != true }
    return relevant.reduce(0) { sum, i in
      sum + relevant.reduce(0) { $0 + g[i] * covariance[i * g.count + $1] * g[$1] }
    }
  }
}

extension ReferencePath {
  /// How many parameters there are: L weights, and as many biases if any.
  public var parameterCount: Int { biases == nil ? depth : 2 * depth }

  /// θ⁽¹⁾ … θ⁽ᴸ⁾, then b⁽¹⁾ … b⁽ᴸ⁾ if there are biases.
  public var parameters: [Double] {
    get { Array(weights) + (biases.map { Array($0) } ?? []) }
    set {
      precondition(newValue.count == parameterCount, "As many parameters as before.")
      weights = numberedByWeight { newValue[$0 - 1] }
      if biases != nil { biases = numberedByWeight { newValue[depth + $0 - 1] } }
    }
  }
}

extension Gradients {
  /// ∂/∂θ⁽¹⁾ … ∂/∂θ⁽ᴸ⁾, then ∂/∂b⁽¹⁾ … ∂/∂b⁽ᴸ⁾ if there are biases.
  public var all: [Double] { Array(weights) + (biases.map { Array($0) } ?? []) }
}
