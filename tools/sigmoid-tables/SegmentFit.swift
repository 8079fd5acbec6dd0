/// One segment of the register form: P on t ∈ `range`, best for ½ + x · P(t), first as real numbers,
/// then as floats.
struct SegmentFit {
  let range: ClosedRange<Double>
  /// The largest error of the real polynomial.
  let error: Double
  private let degree: Int
  private let offset: Double
  private let x: [Double]
  private let t: [Double]
  /// σ(x) − ½ where the answer is not held back, see `init`.
  private let targets: [Double]

  private static let pointCount = 200
  private static let floatPointCount = 4000

  /// - Parameters:
  ///   - offset: c of t = x² + c.
  ///   - lift: added to the target.
  init(range: ClosedRange<Double>, offset: Double, degree: Int, lift: Double) {
    self.range = range
    self.offset = offset
    self.degree = degree
    // Crowded at the ends like Chebyshev's points, without a cosine.
    t = (0..<Self.pointCount).map { i in
      let s = Double(i) / Double(Self.pointCount - 1)
      return range.lowerBound + (range.upperBound - range.lowerBound) * (s * s * (3 - 2 * s))
    }
    x = t.map { max(0, $0 - offset).squareRoot() }
    let goal = x.map { Sigmoid.precise($0).high - 0.5 + lift }
    let free = Self.minimax(t, x, goal, degree)
    // Training needs a(1 − a) ≥ 0: where the error would carry the answer past 1, aim lower.
    let excess = (goal.last ?? 0) + free.error * 1.01 - (0.5 - 0x1p-24)
    targets = excess > 0 ? goal.map { $0 - excess } : goal
    error = free.error + max(0, excess) + lift
  }

  private static func minimax(
    _ t: [Double], _ x: [Double], _ targets: [Double], _ degree: Int
  ) -> (leading: Double, error: Double) {
    let middle = (t[0] + t[t.count - 1]) / 2
    let half = (t[t.count - 1] - t[0]) / 2
    let fit = Minimax(
      locals: t.map { ($0 - middle) / half }, weights: x, targets: targets, degree: degree)
    let scale = (0..<degree).reduce(1.0) { power, _ in power * half }
    return (fit.leading / scale, fit.error)
  }

  private struct Candidate {
    var coefficients: [Float]
    var residuals: [Double]
    var error: Double { residuals.reduce(0) { max($0, $1.magnitude) } }
  }

  /// The float coefficients c₀...: each is rounded in turn, from the highest, and the lower ones are
  /// fitted anew to what is left; of these and their neighbours the best in float evaluation wins.
  func rounded() -> [Float] {
    var candidates = [Candidate(coefficients: [], residuals: targets)]
    for k in (0...degree).reversed() {
      let neighbours = k == degree && degree > 0 ? -4...4 : -1...1
      candidates = candidates.flatMap { candidate in
        let leading = Float(Self.minimax(t, x, candidate.residuals, k).leading)
        return neighbours.map { neighbour in
          let coefficient = leading + Float(neighbour) * leading.ulp
          return Candidate(
            coefficients: [coefficient] + candidate.coefficients,
            residuals: candidate.residuals.indices.map { i in
              let power = (0..<k).reduce(x[i]) { power, _ in power * t[i] }
              return candidate.residuals[i] - Double(coefficient) * power
            })
        }
      }
    }
    let ranked = candidates.enumerated().map { ($1.error, $0, $1.coefficients) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    let samples = floatSamples()
    var best = (error: Double.infinity, coefficients: [Float]())
    for (_, _, coefficients) in ranked.prefix(48) {
      let error = samples.reduce(0) { max($0, floatError(coefficients, $1)) }
      if error < best.error { best = (error, coefficients) }
    }
    return best.coefficients
  }

  private func floatSamples() -> [(x: Float, target: Double)] {
    let low = Float(x[0])
    let high = Float(x[x.count - 1])
    let lift = targets[targets.count - 1] - (Sigmoid.precise(x[x.count - 1]).high - 0.5)
    return (1..<Self.floatPointCount).map { i in
      let sample = low + (high - low) * (Float(i) / Float(Self.floatPointCount))
      return (sample, Sigmoid.quick(Double(sample)) + lift)
    }
  }

  private func floatError(
    _ coefficients: [Float], _ sample: (x: Float, target: Double)
  ) -> Double {
    let t = Float(offset).addingProduct(sample.x, sample.x)
    let p = coefficients.dropLast().reversed().reduce(coefficients[degree]) {
      $1.addingProduct($0, t)
    }
    let right = (0.5 as Float).addingProduct(sample.x, p)
    let left = (0.5 as Float).addingProduct(-sample.x, p)
    return max(
      (Double(right) - sample.target).magnitude, (Double(left) - (1 - sample.target)).magnitude)
  }
}
