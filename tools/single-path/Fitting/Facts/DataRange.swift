import Foundation
import SinglePathReference

/// Where the x of a series lie that have a place: those of the limit have none.
struct DataRange {
  /// In the scaled unit.
  let scaled: ClosedRange<Double>
  /// In the user's.
  let user: ClosedRange<Double>

  init(_ series: Series, _ scaling: Scaling) {
    let x = series.counted.withoutLimit.x
    let (low, high) = (x.min() ?? 0, x.max() ?? 0)
    user = low...high
    scaled = scaling.scaledX(low)...scaling.scaledX(high)
  }

  var halfWidth: Double { (scaled.upperBound - scaled.lowerBound) / 2 }

  /// On which side of the data a place lies, in words.
  func bound(_ place: Double) -> String {
    let width = user.upperBound - user.lowerBound
    return place > scaled.upperBound
      ? "> " + short(user.upperBound, to: width) : "< " + short(user.lowerBound, to: width)
  }

  /// ∫ y dx, by Simpson's rule on 64 pieces.
  func area(_ path: ReferencePath, _ scaling: Scaling) -> Double {
    let pieces = 64
    let step = (scaled.upperBound - scaled.lowerBound) / Double(pieces)
    let sum = (0...pieces).reduce(0.0) { sum, k in
      let weight: Double = k == 0 || k == pieces ? 1 : k.isMultiple(of: 2) ? 2 : 4
      return sum + weight * path.predict(scaled.lowerBound + Double(k) * step)
    }
    return scaling.xScale
      * (scaling.yScale * step / 3 * sum
        + scaling.yOffset * (scaled.upperBound - scaled.lowerBound))
  }
}

/// Σ w (ŷ − y)² in the scaled unit.
func squares(_ path: ReferencePath, _ series: Series, _ scaling: Scaling) -> Double {
  let counted = series.counted
  return counted.x.indices.reduce(0) { sum, t in
    let error = path.predict(scaling.scaledX(counted.x[t])) - scaling.scaledY(counted.y[t])
    return sum + (counted.weights.isEmpty ? 1 : counted.weights[t]) * error * error
  }
}

/// Why labels of 0 and 1 leave a monotone curve no end: a place in x parts them, or all but those at that place
/// (complete and quasi-complete separation). Of a probability, a fraction stands for labels of both kinds.
func separation(_ series: Series, _ path: ReferencePath) -> String? {
  let counted = series.counted
  guard path.cost == .crossEntropy,
    path.output.isSigmoid || counted.y.allSatisfy({ $0 == 0 || $0 == 1 })
  else { return nil }
  let zeros = counted.x.indices.filter { counted.y[$0] < 1 }.map { counted.x[$0] }
  let ones = counted.x.indices.filter { counted.y[$0] > 0 }.map { counted.x[$0] }
  guard let zeroLow = zeros.min(), let zeroHigh = zeros.max(), let oneLow = ones.min(),
    let oneHigh = ones.max()
  else { return "all labels are the same: the intercept has no end" }
  return zeroHigh <= oneLow || oneHigh <= zeroLow
    ? "x parts the labels: the slope has no end" : nil
}

extension Output {
  /// Whether ŷ is a probability, σ(z).
  var isSigmoid: Bool { self == .sigmoid || self == .softmax }
}
