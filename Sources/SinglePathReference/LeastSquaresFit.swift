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
  /// Of the parameters.
  public let covariance: ParameterCovariance
  /// The undamped step −H⁻¹ g that would come next, one entry for each parameter; zeros where nothing was fitted.
  public let nextStep: [Double]
  /// How much that step would lower the cost if it were quadratic: ½ gᵀ H⁻¹ g.
  public let expectedGain: Double
  /// Which parameters keep their bits, one for each.
  public let frozen: [Bool]

  /// The standard error of each parameter; NaN if it is frozen, as it is given and not estimated, or if it
  /// moves in an open direction.
  public var standardErrors: [Double] {
    frozen.indices.map { i in
      let alone = frozen.indices.map { $0 == i ? 1.0 : 0 }
      return frozen[i] ? .nan : covariance.variance(along: alone).squareRoot()
    }
  }
}

/// What a fit leaves uncertain about the parameters together.
public struct ParameterCovariance: Equatable, Sendable {
  /// s² H⁻¹, row by row, `count × count` for the `count` parameters, where H is the Gauss-Newton curvature of
  /// the cost and s² the variance of an error of weight 1: 2 cost / degreesOfFreedom, or 1 for the
  /// cross-entropy.
  ///
  /// 0 in the rows and columns of frozen parameters, which are known; s² times the pseudoinverse where there
  /// are open directions.
  public let matrix: [Double]
  /// Moves of the parameters together, `count` numbers each, of which the samples say nothing.
  public let openDirections: [[Double]]

  public init(matrix: [Double], openDirections: [[Double]]) {
    (self.matrix, self.openDirections) = (matrix, openDirections)
  }

  /// The variance of a quantity by the delta method: gᵀ covariance g.
  ///
  /// - Parameter g: the slopes of the quantity by the parameters, one for each.
  /// - Returns: NaN if an open direction changes the quantity. What a direction's parts do to it may cancel,
  ///   to a share of 10⁻³.
  public func variance(along g: [Double]) -> Double {
    for direction in openDirections {
      var (change, size) = (0.0, 0.0)
      for (slope, move) in zip(g, direction) {
        change += slope * move
        size += abs(slope * move)
      }
      if abs(change) > 1e-3 * size { return .nan }
    }
    var variance = 0.0
    for i in g.indices {
      for j in g.indices { variance += g[i] * matrix[i * g.count + j] * g[j] }
    }
    return max(0, variance)
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
