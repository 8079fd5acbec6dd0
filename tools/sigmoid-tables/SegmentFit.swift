/// One segment of the register form: P on t ∈ `range`, best for ½ + x · P(t), first as real numbers,
/// then as floats.
struct SegmentFit {
  let range: ClosedRange<Double>
  /// The largest error of the real polynomial, without the lift of the tail.
  let inherentError: Double
  private let lift: Double
  private let degree: Int
  private let offset: Double
  private let x: [Double]
  private let t: [Double]
  /// σ(x) − ½ where the answer is not held back, see `init`.
  private let targets: [Double]

  private static let pointCount = 200

  /// - Parameters:
  ///   - offset: c of t = x² + c.
  ///   - lift: added to the target.
  init(range: ClosedRange<Double>, offset: Double, degree: Int, lift: Double) {
    self.range = range
    self.offset = offset
    self.degree = degree
    self.lift = lift
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
    inherentError = free.error + max(0, excess)
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
  }

  /// How many floats near the rounded coefficients are tried, at how many places of the segment.
  enum Search {
    case none, near, thorough

    func neighbours(of k: Int, degree: Int) -> ClosedRange<Int> {
      switch self {
      case .none: 0...0
      case .near: k <= 1 ? -1...1 : 0...0
      case .thorough: k == degree ? -16...16 : -1...1
      }
    }

    /// With 2²¹ every float of a segment as long as the default table's hardest one.
    var sampleCount: Int {
      switch self {
      case .none: 1 << 8
      case .near: 1 << 12
      case .thorough: 1 << 21
      }
    }
  }

  /// The largest error of the plainly rounded coefficients, in float evaluation.
  var roundedError: Double { lift + best(.none).error }

  /// The float coefficients c₀...: each is rounded in turn, from the highest, and the lower ones are
  /// fitted anew to what is left; of these and their neighbours the best in float evaluation wins.
  func rounded(_ search: Search) -> [Float] { best(search).coefficients }

  private func best(_ search: Search) -> (error: Double, coefficients: [Float]) {
    var candidates = [Candidate(coefficients: [], residuals: targets)]
    for k in (0...degree).reversed() {
      let neighbours = search.neighbours(of: k, degree: degree)
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
    // The best at a few places are looked at everywhere.
    let samples = floatSamples(count: search.sampleCount)
    let ranked = candidates.enumerated().map { rank, candidate in
      (largestError(candidate.coefficients, samples, step: 97), rank, candidate.coefficients)
    }
    var best = (error: Double.infinity, coefficients: [Float]())
    for (_, _, coefficients) in ranked.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }).prefix(24) {
      let error = largestError(coefficients, samples, step: 1)
      if error < best.error { best = (error, coefficients) }
    }
    return best
  }

  private func floatSamples(count: Int) -> [(x: Float, target: Double)] {
    let low = Float(x[0])
    let high = Float(x[x.count - 1])
    let lift = targets[targets.count - 1] - (Sigmoid.precise(x[x.count - 1]).high - 0.5)
    return (1..<count).map { i in
      let sample = low + (high - low) * (Float(i) / Float(count))
      return (sample, Sigmoid.quick(Double(sample)) + lift)
    }
  }

  private func largestError(
    _ coefficients: [Float], _ samples: [(x: Float, target: Double)], step: Int
  ) -> Double {
    var largest = 0.0
    for i in stride(from: 0, to: samples.count, by: step) {
      let (x, target) = samples[i]
      let t = Float(offset).addingProduct(x, x)
      var p = coefficients[degree]
      for k in stride(from: degree - 1, through: 0, by: -1) {
        p = coefficients[k].addingProduct(p, t)
      }
      let right = (0.5 as Float).addingProduct(x, p)
      let left = (0.5 as Float).addingProduct(-x, p)
      let error = max((Double(right) - target).magnitude, (Double(left) - (1 - target)).magnitude)
      largest = max(largest, error)
    }
    return largest
  }
}
