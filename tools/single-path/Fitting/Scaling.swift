import CommandLineSupport
import Foundation
import SinglePath

/// How a series is moved and stretched to where training is easy, and back.
///
/// x̂ = (x − xOffset) / xScale, where xScale is the mean distance from the mean x; with `logX` all
/// this is about log₁₀ x. y = yOffset + yScale ŷ, where the data's ŷ has a range of 2, from 0 on
/// (at depth 1, about the mean).
///
/// Arithmetic needs a finite x: where x = 0 has no logarithm, its place is `limit`. For descent that is
/// near, one range of the logarithms below the least of them (or one decade, if they are all the same):
/// a curve is flat there unless the data reach no plateau. For least squares it is so far away that every
/// sigmoid is at its end.
struct Scaling: Codable, Equatable {
  let xOffset: Double
  let xScale: Double
  let yOffset: Double
  let yScale: Double
  let logX: Bool
  /// The logarithm that stands for that of 0; nil if no sample needs one.
  var limit: Double?

  /// Where the logarithm of 0 is put.
  enum LimitPlace {
    case near, far
  }

  /// Where y may go.
  enum Place {
    /// Anywhere.
    case free
    /// Above 0, as what a softplus gives: stretched, not moved.
    case positive
    /// Nowhere: a probability, or what a tanh gives.
    case fixed

    init(of shape: PathShape) {
      switch (shape.output, shape.cost) {
      case (.sigmoid, _), (.softmax, _), (.tanh, _), (_, .crossEntropy): self = .fixed
      case (.softplus, _): self = .positive
      case (.identity, _): self = .free
      }
    }
  }

  /// The scaling of a series.
  ///
  /// - Parameters:
  ///   - logX: whether x is the logarithm of the series' x, which must be 0 or more.
  ///   - shape: of the path; see `pin`.
  /// - Throws: if numbers are so large or so close together that a scale is not a normal number.
  init(
    _ series: Series, logX: Bool, shape: PathShape, limit place: LimitPlace = .near
  ) throws(Failure) {
    self.logX = logX
    let series = series.counted
    let finite = series.withoutLimit
    let x = logX ? finite.x.map { log10($0) } : finite.x
    let xRange = range(x)
    let xMean = mean(x, weights: finite.weights)
    xScale = xRange == 0 ? 1 : mean(x.map { abs($0 - xMean) }, weights: finite.weights)
    xOffset = shape.hasBiases || shape.depth == 1 ? xMean : pin(x, finite.y, depth: shape.depth)
    limit = series.isLimit.contains(true) ? (x.min() ?? 0) - (xRange == 0 ? 1 : xRange) : nil
    if place == .far, limit != nil { limit = xOffset - Self.farLimit * xScale }
    let yRange = range(series.y)
    switch Place(of: shape) {
    case .free:
      // A line without bias passes through 0 at the mean x, and the best line through the mean y.
      yOffset =
        shape.depth == 1 && yRange > 0
        ? mean(series.y, weights: series.weights) : (series.y.min() ?? 0)
      yScale = yRange == 0 ? 1 : yRange / 2
    case .positive: (yOffset, yScale) = (0, yRange == 0 ? 1 : yRange / 2)
    case .fixed: (yOffset, yScale) = (0, 1)
    }
    for (axis, offset, scale) in [("x", xOffset, xScale), ("y", yOffset, yScale)] {
      guard offset.isFinite, scale.isNormal else {
        throw .data(
          "series '\(series.name)': its \(axis) values are too large or too close together to be "
            + "scaled; give them in another unit")
      }
    }
  }

  /// In scaled units: σ(θ x̂) is 0 or 1 there for any θ that samples of about ±1 could show. Farther away it
  /// would cost digits of all others.
  static let farLimit = 300.0

  func scaledX(_ x: Double) -> Double {
    guard logX else { return (x - xOffset) / xScale }
    let logarithm = x == 0 ? limit ?? log10(x) : log10(x)
    return (logarithm - xOffset) / xScale
  }
  func scaledY(_ y: Double) -> Double { (y - yOffset) / yScale }
  func scaled(_ series: Series) -> (x: [Float], y: [Float]) {
    (series.x.map { Float(scaledX($0)) }, series.y.map { Float(scaledY($0)) })
  }
  func userY(_ scaled: Double) -> Double { yOffset + yScale * scaled }
}

/// Where a path without biases should have its x̂ = 0: its height there is not free.
///
/// At depth 2 it is half way between the asymptotes. At depth 3 and more it depends on the weights;
/// with those of a curve that begins at 0, it is rather low.
private func pin(_ x: [Double], _ y: [Double], depth: Int) -> Double {
  let height = (y.min() ?? 0) + (depth == 2 ? 0.5 : 0.15) * range(y)
  let nearest = y.indices.min { abs(y[$0] - height) < abs(y[$1] - height) }
  return nearest.map { x[$0] } ?? 0
}

/// The mean; 0 of nothing. The weights are 0 or more, one a value, or none at all.
func mean(_ values: [Double], weights: [Double] = []) -> Double {
  if values.isEmpty { return 0 }
  if weights.isEmpty { return values.reduce(0, +) / Double(values.count) }
  return zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
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

extension PathShape {
  /// Whether every curve of the shape has a plateau at either end, where any sample has a finite cost. A
  /// probability of 0 or 1 has an infinite cross-entropy where anything else was observed.
  var hasPlateaus: Bool {
    let hasSaturatingUnits =
      switch hidden {
      case .sigmoid, .tanh: depth > 1
      case .relu, .leakyReLU, .softplus, .identity: false
      }
    let hasBoundedOutput =
      switch output {
      case .sigmoid, .softmax: cost != .crossEntropy
      case .tanh: true
      case .identity, .softplus: false
      }
    return hasSaturatingUnits || hasBoundedOutput
  }
}
