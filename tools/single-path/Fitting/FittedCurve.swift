import SinglePath
import SinglePathReference

/// The curve of one series: a path and the scaling around it. A series that cannot be fitted has none.
final class FittedCurve: Sendable {
  let series: Series
  /// θ⁽¹⁾ … θ⁽ᴸ⁾; empty if the series cannot be fitted.
  let weights: [Double]
  /// b⁽¹⁾ … b⁽ᴸ⁾; empty for paths without.
  let biases: [Double]
  /// Nil if the series cannot be fitted.
  let scaling: Scaling?
  /// The root of the weighted mean square error, in the unit of y; infinite if ŷ overflows after
  /// diverging, not a number if there is no curve.
  let rmse: Double
  /// Of a path that was trained: diverged only if every start did, and then the parameters are the last
  /// finite ones.
  let verdict: CurveVerdict
  /// The verdict's reasons in words, if there are any.
  let reasons: [String]
  /// What least squares says about the samples; nil after descent.
  let facts: CurveFacts?
  /// In the scaled unit; nil after descent.
  let fit: LeastSquaresFit?
  private let path: ReferencePath?
  /// Of y, over the samples that count.
  private let yRange: Double

  /// A path that was trained. The error is computed in `Double`.
  ///
  /// - Parameter predictions: ŷ for each sample of the series, as the kernel computed it.
  init(
    series: Series, weights: [Float], biases: [Float], shape: PathShape, scaling: Scaling,
    predictions: [Float], verdict: Verdict
  ) {
    (self.series, self.scaling) = (series, scaling)
    (self.weights, self.biases) = (weights.map { Double($0) }, biases.map { Double($0) })
    self.verdict = CurveVerdict(verdict)
    (facts, fit, yRange) = (nil, nil, range(series.counted.y))
    path = ReferencePath(weights: weights, biases: biases, shape: shape)
    // Scaled errors are squared: those in the user's unit may overflow or vanish. ŷ of a sample of weight
    // 0 may be anything.
    let squares = series.y.indices.map { t in
      let error = Double(predictions[t]) - scaling.scaledY(series.y[t])
      return series.weights.isEmpty || series.weights[t] > 0 ? error * error : 0
    }
    rmse = scaling.yScale * mean(squares, weights: series.weights).squareRoot()
    let average = mean(series.y, weights: series.weights)
    let spread = mean(
      series.y.map { ($0 - average) * ($0 - average) }, weights: series.weights
    ).squareRoot()
    // Rows in the order of x pull the curve along with them, the more the higher the rate is.
    let isWorse = spread > 0 && !(rmse < spread)
    reasons =
      (isWorse
        ? ["a constant explains the samples better; lower --rate, or give --batch all"] : [])
      + series.remarks
  }

  /// A path that was fitted to the scaled samples by least squares.
  init(_ fit: LeastSquaresFit, series: Series, scaling: Scaling, facts: CurveFacts) {
    (self.series, self.scaling, path) = (series, scaling, fit.path)
    (weights, biases) = (Array(fit.path.weights), fit.path.biases.map { Array($0) } ?? [])
    (verdict, reasons, self.facts) = (facts.verdict, facts.reasons + series.remarks, facts)
    (self.fit, yRange) = (fit, range(series.counted.y))
    let weight = series.weights.isEmpty ? Double(fit.sampleCount) : series.weights.reduce(0, +)
    rmse = scaling.yScale * (facts.scaledSumOfSquares / weight).squareRoot()
  }

  /// A series that cannot be fitted.
  init(_ series: Series, unfitted verdict: CurveVerdict, reason: String) {
    (self.series, self.verdict, reasons) = (series, verdict, [reason] + series.remarks)
    (weights, biases, scaling, path, rmse) = ([], [], nil, nil, .nan)
    (facts, fit, yRange) = (nil, nil, range(series.counted.y))
  }

  var isFitted: Bool { path != nil }

  /// The least and the largest x that has a place; nil if the series cannot be fitted.
  var xRange: [Double]? {
    scaling.map { scaling in
      let range = DataRange(series, scaling).user
      return [range.lowerBound, range.upperBound]
    }
  }

  var verdictInWords: String {
    reasons.isEmpty ? verdict.name : verdict.name + ": " + reasons.joined(separator: "; ")
  }

  /// Σ w (ŷ − y)², in the unit of y squared.
  var residualSumOfSquares: Double {
    let weight = series.weights.isEmpty ? Double(series.x.count) : series.weights.reduce(0, +)
    return rmse * rmse * weight
  }

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
  var isConstant: Bool { yRange == 0 }

  /// The error in percent of the range of y; 0 for a constant series, which is fitted exactly.
  var rmsePercent: Double { isFitted && isConstant ? 0 : 100 * rmse / yRange }
}
