import Foundation
import SinglePathReference

/// Places and heights of a curve of given parameters, in the scaled units of the path: x̂ and ŷ.
///
/// With hidden units that have two plateaus, the curve of depth 2 or 3 has an S between two of its own.
struct CurveGeometry {
  private let depth: Int
  private let hasBiases: Bool
  private let hidden: Activation
  /// z⁽²⁾ where the curve is steepest, and the slope there of what is 0 there.
  private var steepest = (z: 0.0, slope: 1.0)

  /// Nil unless the path is a line or has an S.
  init?(_ path: ReferencePath) {
    let hasPlateaus = path.hidden == .sigmoid || path.hidden == .tanh
    guard path.depth == 1 || hasPlateaus && path.depth <= 3 && path.output == .identity else {
      return nil
    }
    (depth, hasBiases, hidden) = (path.depth, path.biases != nil, path.hidden)
    if depth == 3 { steepest = steepestPlace(path.parameters) }
  }

  /// θ⁽ˡ⁾ and b⁽ˡ⁾ of a list of parameters.
  private func weight(_ l: Int, _ p: [Double]) -> Double { p[l - 1] }
  private func bias(_ l: Int, _ p: [Double]) -> Double { hasBiases ? p[depth + l - 1] : 0 }

  // MARK: - Lines

  /// The slope of z by x̂, and z at a given x̂: a line.
  func lineSlope(_ p: [Double]) -> Double { weight(1, p) }
  func line(at x: Double, _ p: [Double]) -> Double { weight(1, p) * x + bias(1, p) }

  /// The x̂ at which z is 0: half way from 0 to 1 for a sigmoid output.
  func lineZero(_ p: [Double]) -> Double { -bias(1, p) / weight(1, p) }

  // MARK: - The S

  /// What a hidden unit gives at its ends.
  private var ends: (low: Double, high: Double) { hidden == .tanh ? (-1, 1) : (0, 1) }

  /// ŷ for what the first hidden unit gives.
  private func height(_ a: Double, _ p: [Double]) -> Double {
    let last = depth == 2 ? a : hidden.value(weight(2, p) * a + bias(2, p))
    return weight(depth, p) * last + bias(depth, p)
  }

  func lower(_ p: [Double]) -> Double { min(height(ends.low, p), height(ends.high, p)) }
  func upper(_ p: [Double]) -> Double { max(height(ends.low, p), height(ends.high, p)) }

  /// +1 for a curve that rises with x, −1 for one that falls.
  func direction(_ p: [Double]) -> Double {
    (1...depth).reduce(1) { $0 * (weight($1, p) < 0 ? -1 : 1) }
  }

  /// The x̂ half way between the plateaus.
  func midpoint(_ p: [Double]) -> Double {
    if depth == 2 { return -bias(1, p) / weight(1, p) }
    let (low, high) = (last(ends.low, p), last(ends.high, p))
    let a = (inverse((low + high) / 2) - bias(2, p)) / weight(2, p)
    return (inverse(a) - bias(1, p)) / weight(1, p)
  }

  /// The exponent of the curve's approach to the plateau before its rise: the slope of a logistic curve,
  /// with the sign of the direction.
  func logisticSlope(_ p: [Double]) -> Double {
    direction(p) * abs(weight(1, p)) * (hidden == .tanh ? 2 : 1)
  }

  /// The largest |dŷ/dx̂|, with the sign of the direction.
  func steepness(_ p: [Double]) -> Double {
    slope(atPreactivation: steepestPreactivation(p), p)
  }

  /// Where it is.
  func steepestAt(_ p: [Double]) -> Double {
    (steepestPreactivation(p) - bias(1, p)) / weight(1, p)
  }

  func height(at x: Double, _ p: [Double]) -> Double {
    height(hidden.value(weight(1, p) * x + bias(1, p)), p)
  }

  private func last(_ a: Double, _ p: [Double]) -> Double {
    hidden.value(weight(2, p) * a + bias(2, p))
  }

  private func inverse(_ a: Double) -> Double { hidden.inverse(a) ?? .nan }

  private func slope(atPreactivation z: Double, _ p: [Double]) -> Double {
    let a = hidden.value(z)
    let first = weight(1, p) * hidden.slope(z)
    if depth == 2 { return weight(2, p) * first }
    return weight(3, p) * weight(2, p) * hidden.slope(weight(2, p) * a + bias(2, p)) * first
  }

  /// d log |dŷ/dx̂| / dz⁽²⁾, at depth 3.
  private func bend(atPreactivation z: Double, _ p: [Double]) -> Double {
    let a = hidden.value(z)
    return logarithmicSlope(a) + logarithmicSlope(last(a, p)) * weight(2, p) * hidden.slope(z)
  }

  /// σ″/σ′ of what the unit gives.
  private func logarithmicSlope(_ a: Double) -> Double { hidden == .tanh ? -2 * a : 1 - 2 * a }

  /// The steepest of places on a grid, and the zero of the bend beside it by bisection.
  private func steepestPlace(_ p: [Double]) -> (z: Double, slope: Double) {
    let grid = (-60...60).map { Double($0) / 2 }
    let steepness = grid.map { abs(self.slope(atPreactivation: $0, p)) }
    let best = steepness.indices.max { steepness[$0] < steepness[$1] } ?? 0
    var (low, high) = (grid[max(best - 1, 0)], grid[min(best + 1, grid.count - 1)])
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if bend(atPreactivation: middle, p) > 0 { low = middle } else { high = middle }
    }
    let h = 1e-5
    let rise = bend(atPreactivation: low + h, p) - bend(atPreactivation: low - h, p)
    return (low, rise / (2 * h))
  }

  /// For parameters near those of the path: a few chord steps from its own place.
  private func steepestPreactivation(_ p: [Double]) -> Double {
    guard depth == 3 else { return 0 }
    var z = steepest.z
    for _ in 0..<6 { z -= bend(atPreactivation: z, p) / steepest.slope }
    return z
  }
}
