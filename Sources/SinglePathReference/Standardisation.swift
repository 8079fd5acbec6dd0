/// How samples are moved and stretched to where a fit is well conditioned, and parameters with them.
///
/// x′ = (x − xCentre) / xUnit and y′ = (y − yCentre) / yUnit. Units are powers of two, which change no
/// digit. x moves only where b⁽¹⁾ is free to take it up; y only where the output is linear, with
/// b⁽ᴸ⁾ free, under a cost that knows nothing but errors.
struct Standardisation {
  private(set) var xCentre = 0.0
  private(set) var xUnit = 1.0
  private(set) var yCentre = 0.0
  private(set) var yUnit = 1.0
  private let depth: Int
  private let frozen: [Bool]

  /// - Parameters:
  ///   - samples: at least one, none missing, all finite.
  ///   - frozen: one for each parameter of the path.
  /// - Returns: nil if a range is so large that it is not finite.
  init?(_ samples: [Sample], path: ReferencePath, frozen: [Bool]) {
    (depth, self.frozen) = (path.depth, frozen)
    func isFree(bias l: Int) -> Bool { path.biases != nil && !frozen[depth + l - 1] }
    guard let (xCentre, xUnit) = Self.axis(samples, moves: isFree(bias: 1), { $0.x }) else {
      return nil
    }
    (self.xCentre, self.xUnit) = (xCentre, xUnit)
    guard path.output == .identity, path.cost.isHomogeneous else { return }
    guard let (yCentre, yUnit) = Self.axis(samples, moves: isFree(bias: depth), { $0.y }) else {
      return nil
    }
    (self.yCentre, self.yUnit) = (yCentre, yUnit)
  }

  /// The middle of the values and a power of two near half their range; 0 and one near the largest size
  /// for an axis that does not move.
  private static func axis(
    _ samples: [Sample], moves: Bool, _ value: (Sample) -> Double
  ) -> (centre: Double, unit: Double)? {
    var (least, most) = (Double.infinity, -Double.infinity)
    for sample in samples {
      least = min(least, value(sample))
      most = max(most, value(sample))
    }
    let centre = moves ? least + (most - least) / 2 : 0
    let reach = max(abs(most - centre), abs(least - centre))
    guard reach.isFinite else { return nil }
    return (centre, reach == 0 ? 1 : Double(sign: .plus, exponent: reach.exponent, significand: 1))
  }

  /// What a cost of standardised errors is multiplied with: J = yUnit² J′.
  var costUnit: Double { yUnit * yUnit }

  func standardised(_ samples: [Sample]) -> [Sample] {
    samples.map {
      Sample(x: ($0.x - xCentre) / xUnit, y: ($0.y - yCentre) / yUnit, weight: $0.weight)
    }
  }

  /// The path of the standardised samples.
  func standardised(_ path: ReferencePath) -> ReferencePath {
    var (p, path) = (path.parameters, path)
    if xCentre != 0 { p[depth] += p[0] * xCentre }
    p[0] *= xUnit
    p[depth - 1] /= yUnit
    if path.biases != nil { p[2 * depth - 1] = (p[2 * depth - 1] - yCentre) / yUnit }
    path.parameters = p
    if case .huber(let κ) = path.cost { path.cost = .huber(threshold: κ / yUnit) }
    return path
  }

  /// The path of the samples as they were given, with the frozen parameters and the cost of `original`.
  func original(_ path: ReferencePath, of original: ReferencePath) -> ReferencePath {
    var p = path.parameters
    if path.biases != nil { p[2 * depth - 1] = yCentre + yUnit * p[2 * depth - 1] }
    p[depth - 1] *= yUnit
    p[0] /= xUnit
    // Frozen parameters come first: b⁽¹⁾ makes up for the θ⁽¹⁾ that is returned.
    for (i, given) in original.parameters.enumerated() where frozen[i] { p[i] = given }
    if xCentre != 0 { p[depth] -= p[0] * xCentre }
    var fitted = original
    fitted.parameters = p
    return fitted
  }

  /// The covariance of all parameters in the samples' units, from that of the standardised.
  func restored(_ covariance: ParameterCovariance) -> ParameterCovariance {
    let count = frozen.count
    var matrix = covariance.matrix
    for i in 0..<count {
      for j in 0..<count { matrix[i * count + j] *= unit(i) * unit(j) }
    }
    if bendsFirstBias {
      for k in 0..<count { matrix[depth * count + k] -= xCentre * matrix[k] }
      for k in 0..<count { matrix[k * count + depth] -= xCentre * matrix[k * count] }
    }
    return ParameterCovariance(
      matrix: matrix, openDirections: covariance.openDirections.map(restored))
  }

  /// A move of all parameters in the samples' units, from that of the standardised.
  func restored(_ direction: [Double]) -> [Double] {
    var direction = direction
    for i in direction.indices { direction[i] *= unit(i) }
    if bendsFirstBias { direction[depth] -= xCentre * direction[0] }
    return direction
  }

  /// What a standardised parameter is multiplied with.
  private func unit(_ parameter: Int) -> Double {
    var unit = parameter == 0 ? 1 / xUnit : 1
    if parameter == depth - 1 || parameter == 2 * depth - 1 { unit *= yUnit }
    return unit
  }

  /// Whether b⁽¹⁾ = b′⁽¹⁾ − xCentre θ⁽¹⁾ varies with θ⁽¹⁾: a frozen one does not vary.
  private var bendsFirstBias: Bool { xCentre != 0 && !frozen[0] }
}

extension Cost {
  /// Whether the cost of errors t times as large is t² times the cost, given that a threshold grows too.
  fileprivate var isHomogeneous: Bool { self != .crossEntropy }
}
