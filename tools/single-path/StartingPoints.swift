import SinglePath

/// The smallest and the largest |θ⁽ˡ⁾| of a hidden unit to start from.
private let startingSteepness: ClosedRange<Float> = 3...12

extension PathBank {
  /// Gives every path a start of its own: copy k of series s is path s · starts + k.
  ///
  /// A path is monotone, and rises if the product of its weights is positive. So each copy takes
  /// another pattern of signs for the hidden weights, and the sign of θ⁽ᴸ⁾ makes the product that of
  /// the series' trend. How steep the hidden units are, and where the first has its middle, is drawn
  /// from the seed.
  ///
  /// - Parameter series: scaled samples, y in 0...2.
  mutating func placeStarts(_ series: [(x: [Float], y: [Float])], starts: Int, seed: UInt64) {
    initialize(seed: seed, range: 0...1)
    for (index, samples) in series.enumerated() {
      let trend = Trend(samples)
      for copy in 0..<starts {
        placeStart(path: index * starts + copy, signs: copy, trend: trend)
      }
    }
  }

  private mutating func placeStart(path: Int, signs: Int, trend: Trend) {
    let depth = shape.depth
    var product: Float = 1
    for l in 1..<max(1, depth) {
      let sign: Float = (signs >> (l - 1)) & 1 == 0 ? -1 : 1
      product *= sign
      let share = self[weight: l, path: path]
      let (least, most) = (startingSteepness.lowerBound, startingSteepness.upperBound)
      self[weight: l, path: path] = sign * (least + (most - least) * share)
      guard shape.hasBiases else { continue }
      // The middle of unit 1 lies within ±1 of the mean x, that of the others where a⁽ˡ⁾ is ½.
      let middle = l == 1 ? 2 * self[bias: 1, path: path] - 1 : 0.5
      self[bias: l, path: path] = -self[weight: l, path: path] * middle
    }
    // The output spans the data: from 0 to 2 if θ⁽ᴸ⁾ is positive, else from 2 down to 0.
    let last = trend.sign * product * 2
    self[weight: depth, path: path] = last
    if shape.hasBiases { self[bias: depth, path: path] = depth > 1 && last < 0 ? 2 : 0 }
  }
}

/// Whether a scaled series rises or falls.
private struct Trend {
  /// 1 or −1, or 0 for a series whose y never changes: with θ⁽ᴸ⁾ = 0 its path is exact from the start.
  let sign: Float

  init(_ samples: (x: [Float], y: [Float])) {
    let middle = samples.y.reduce(0, +) / Float(max(1, samples.y.count))
    let covariance = zip(samples.x, samples.y).reduce(Float(0)) { $0 + $1.0 * ($1.1 - middle) }
    sign = samples.y.allSatisfy { $0 == samples.y.first } ? 0 : covariance < 0 ? -1 : 1
  }
}
