import SinglePath

extension HiddenActivation {
  /// The smallest and the largest |θ⁽ˡ⁾| of a hidden unit to start from.
  fileprivate var startingSteepness: ClosedRange<Float> {
    switch self {
    case .sigmoid: 3...12
    case .tanh: 1.5...6
    case .relu, .leakyReLU, .softplus, .identity: 0.5...2
    }
  }

  /// What the last hidden unit gives of the data, about.
  fileprivate var reach: ClosedRange<Float> { self == .tanh ? -1...1 : 0...1 }
}

extension PathShape {
  /// What the output should be given to span the scaled data, about.
  fileprivate var outputReach: ClosedRange<Float> {
    switch (output, cost) {
    case (.sigmoid, _), (.softmax, _): -2...2
    // The cross-entropy is steep where a prediction is not within 0 to 1.
    case (.identity, .crossEntropy), (.tanh, .crossEntropy): 0.25...0.75
    case (.softplus, .crossEntropy): -1...0
    case (.identity, _), (.softplus, _): 0...2
    case (.tanh, _): -1...1
    }
  }
}

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
    randomize(in: 0...1, seed: seed)
    for (index, samples) in series.enumerated() {
      let trend = Trend(samples)
      for copy in 0..<starts {
        placeStart(path: index * starts + copy, signs: copy, trend: trend)
      }
    }
  }

  /// Sets the frozen parameters that have a value, in every path.
  mutating func place(_ frozen: [FrozenParameter]) {
    for parameter in frozen {
      guard let value = parameter.value else { continue }
      for path in 0..<count {
        if parameter.isBias {
          self[bias: parameter.layer, path: path] = value
        } else {
          self[weight: parameter.layer, path: path] = value
        }
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
      let steepness = shape.hidden.startingSteepness
      let (least, most) = (steepness.lowerBound, steepness.upperBound)
      self[weight: l, path: path] = sign * (least + (most - least) * share)
      guard shape.hasBiases else { continue }
      // The middle of unit 1 lies within ±1 of the mean x, that of the others where a⁽ˡ⁾ is ½.
      let middle = l == 1 ? 2 * self[bias: 1, path: path] - 1 : 0.5
      self[bias: l, path: path] = -self[weight: l, path: path] * middle
    }
    // The output spans the data: from its lower end if θ⁽ᴸ⁾ is positive, else from its upper end down.
    let (from, to) = (shape.hidden.reach, shape.outputReach)
    let last =
      trend.sign * product * (to.upperBound - to.lowerBound) / (from.upperBound - from.lowerBound)
    self[weight: depth, path: path] = last
    guard shape.hasBiases else { return }
    let begin = last < 0 ? to.upperBound : to.lowerBound
    self[bias: depth, path: path] = depth > 1 ? begin - last * from.lowerBound : 0
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
