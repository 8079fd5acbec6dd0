import SinglePath
import SinglePathReference

/// The curve of one series: a path and the scaling around it. A series that cannot be fitted has none.
struct FittedCurve {
  let series: Series
  /// θ⁽¹⁾ … θ⁽ᴸ⁾; empty if the series cannot be fitted.
  let weights: [Float]
  /// b⁽¹⁾ … b⁽ᴸ⁾; empty for paths without.
  let biases: [Float]
  /// Nil if the series cannot be fitted.
  let scaling: Scaling?
  /// The root of the weighted mean square error, in the unit of y; infinite if ŷ overflows after
  /// diverging, not a number if there is no curve.
  let rmse: Double
  /// What became of the path that was chosen; diverged only if every start did, and then the parameters
  /// are the last finite ones.
  let verdict: Verdict
  /// The verdict's reasons in words, if there are any.
  let reasons: [String]
  private let path: ReferencePath?

  /// Computes the error in `Double`.
  ///
  /// - Parameter predictions: ŷ for each sample of the series, as the kernel computed it.
  init(
    series: Series, weights: [Float], biases: [Float], shape: PathShape, scaling: Scaling,
    predictions: [Float], verdict: Verdict
  ) {
    (self.series, self.weights, self.biases) = (series, weights, biases)
    (self.scaling, self.verdict) = (scaling, verdict)
    reasons = []
    let path = ReferencePath(weights: weights, biases: biases, shape: shape)
    // Scaled errors are squared: those in the user's unit may overflow or vanish. ŷ of a sample of weight
    // 0 may be anything.
    let squares = series.y.indices.map { t in
      let error = Double(predictions[t]) - scaling.scaledY(series.y[t])
      return series.weights.isEmpty || series.weights[t] > 0 ? error * error : 0
    }
    rmse = scaling.yScale * mean(squares, weights: series.weights).squareRoot()
    self.path = path
  }

  /// A series that cannot be fitted.
  init(_ series: Series, unfitted verdict: Verdict, reason: String) {
    (self.series, self.verdict, reasons) = (series, verdict, [reason])
    (weights, biases, scaling, path, rmse) = ([], [], nil, nil, .nan)
  }

  var isFitted: Bool { path != nil }

  /// The mean cross-entropy of the samples by their weights, in natural logarithms.
  var logLoss: Double {
    guard let path, let scaling else { return .nan }
    let losses = series.y.indices.map { t in
      path.cost(x: scaling.scaledX(series.x[t]), y: scaling.scaledY(series.y[t]))
    }
    return mean(losses, weights: series.weights)
  }

  /// The curve at x, both in the user's units.
  func value(at x: Double) -> Double {
    guard let path, let scaling else { return .nan }
    return scaling.userY(path.predict(scaling.scaledX(x)))
  }

  /// Whether y never changes, so that there is no range to compare the error with.
  var isConstant: Bool { range(series.counted.y) == 0 }

  /// The error in percent of the range of y; 0 for a constant series, which is fitted exactly.
  var rmsePercent: Double { isFitted && isConstant ? 0 : 100 * rmse / range(series.counted.y) }
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
