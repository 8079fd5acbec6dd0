import SinglePath
import SinglePathReference

/// The curve of one series: a path and the scaling around it.
struct FittedCurve {
  let series: Series
  /// θ⁽¹⁾ … θ⁽ᴸ⁾.
  let weights: [Float]
  /// b⁽¹⁾ … b⁽ᴸ⁾; empty for paths without.
  let biases: [Float]
  let scaling: Scaling
  /// The root of the weighted mean square error, in the unit of y; infinite if ŷ overflows after
  /// diverging.
  let rmse: Double
  /// What became of the path that was chosen; diverged only if every start did, and then the parameters
  /// are the last finite ones.
  let verdict: Verdict
  private let path: ReferencePath

  /// Computes the error in `Double`.
  ///
  /// - Parameter predictions: ŷ for each sample of the series, as the kernel computed it.
  init(
    series: Series, weights: [Float], biases: [Float], shape: PathShape, scaling: Scaling,
    predictions: [Float], verdict: Verdict
  ) {
    (self.series, self.weights, self.biases) = (series, weights, biases)
    (self.scaling, self.verdict) = (scaling, verdict)
    path = ReferencePath(weights: weights, biases: biases, shape: shape)
    // Scaled errors are squared: those in the user's unit may overflow or vanish. ŷ of a sample of weight
    // 0 may be anything.
    let squares = series.y.indices.map { t in
      let error = Double(predictions[t]) - scaling.scaledY(series.y[t])
      return series.weights.isEmpty || series.weights[t] > 0 ? error * error : 0
    }
    rmse = scaling.yScale * mean(squares, weights: series.weights).squareRoot()
  }

  /// The curve at x, both in the user's units.
  func value(at x: Double) -> Double { scaling.userY(path.predict(scaling.scaledX(x))) }

  /// Whether y never changes, so that there is no range to compare the error with.
  var isConstant: Bool { range(series.counted.y) == 0 }

  /// The error in percent of the range of y; 0 for a constant series, which is fitted exactly.
  var rmsePercent: Double { isConstant ? 0 : 100 * rmse / range(series.counted.y) }
}

extension Verdict {
  /// The verdict in words.
  var name: String {
    switch self {
    case .untouched: "untouched"
    case .trained: "trained"
    case .diverged: "diverged"
    case .converged: "converged"
    case .stalled: "stalled"
    case .nonFiniteInput: "non-finite input"
    case .dead: "dead"
    case .saturated: "saturated"
    case .tooFewSamples: "too few samples"
    case .limit: "limit"
    case .undetermined: "undetermined"
    case .flat: "flat"
    }
  }
}
