import Foundation

/// How a series is moved and stretched to where training is easy, and back.
///
/// x̂ = (x − xOffset) / xScale is centred and about 1 from 0 on average; with `logX` it is taken of
/// log₁₀ x. y = yOffset + yScale ŷ, with ŷ from 0 to 2 in the data.
struct Scaling: Codable, Equatable {
  let xOffset: Double
  let xScale: Double
  let yOffset: Double
  let yScale: Double
  let logX: Bool

  /// The scaling of a series.
  ///
  /// - Parameters:
  ///   - isLine: whether the curve is a straight line (depth 1), which without a bias passes through
  ///     ŷ = 0 at x̂ = 0; then y is centred, so that this is where the best line passes.
  /// - Throws: if numbers are so large or so close together that a scale is not a normal number.
  init(_ series: Series, logX: Bool, isLine: Bool) throws(Failure) {
    self.logX = logX
    let x = logX ? series.x.map { log10($0) } : series.x
    xOffset = mean(x)
    let xRange = range(x)
    let xMean = xOffset
    xScale = xRange == 0 ? 1 : mean(x.map { abs($0 - xMean) })
    let yRange = range(series.y)
    yOffset = isLine && yRange > 0 ? mean(series.y) : (series.y.min() ?? 0)
    yScale = yRange == 0 ? 1 : yRange / 2
    for (axis, offset, scale) in [("x", xOffset, xScale), ("y", yOffset, yScale)] {
      guard offset.isFinite, scale.isNormal else {
        throw .data(
          "series '\(series.name)': its \(axis) values are too large or too close together to be "
            + "scaled; give them in another unit")
      }
    }
  }

  func scaledX(_ x: Double) -> Double { ((logX ? log10(x) : x) - xOffset) / xScale }
  func scaledY(_ y: Double) -> Double { (y - yOffset) / yScale }
  func userY(_ scaled: Double) -> Double { yOffset + yScale * scaled }
}

/// The mean; 0 of nothing.
func mean(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

/// The largest less the smallest value; 0 of nothing.
func range(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }

/// The middle value, or the mean of the two in the middle; 0 of nothing.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.isEmpty
    ? 0 : sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
}
