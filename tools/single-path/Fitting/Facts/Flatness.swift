import Foundation
import SinglePathReference

/// A test of a curve against a constant line: F = ((SST − RSS) / (k − 1)) / (RSS / (n − k)) for k
/// parameters and n samples.
///
/// A curve can look for its step anywhere, so that F of pure noise exceeds what the F distribution says.
/// The thresholds are what F of noise stays below in 99 % of simulations of 8 to 100 samples: 4.3 + 19 /
/// (n − 4) at depth 2 and 2.8 + 3 / (n − 6) at depth 3, where most noise leaves parameters unused; tests
/// count on other seeds. At depth 1 it is the square of Student's t.
struct Flatness {
  let f: Double
  let threshold: Double

  init(_ fit: LeastSquaresFit) {
    let k = fit.frozen.count { !$0 }
    let rest = Double(fit.degreesOfFreedom)
    let gained = fit.totalSumOfSquares - 2 * fit.cost
    f = k > 1 ? gained / Double(k - 1) / (2 * fit.cost / rest) : .infinity
    threshold = Self.threshold(depth: fit.path.depth, degreesOfFreedom: fit.degreesOfFreedom)
  }

  private static func threshold(depth: Int, degreesOfFreedom: Int) -> Double {
    let rest = Double(degreesOfFreedom)
    switch depth {
    case 1: return pow(StudentT.quantile99(degreesOfFreedom), 2)
    case 2: return 4.3 + 19 / rest
    default: return 2.8 + 3 / rest
    }
  }

  /// Why the curve is no better than a line, or nil.
  var reason: String? {
    f < threshold
      ? String(
        format: "a constant explains the samples as well (F is %.3g, below %.3g)", f, threshold)
      : nil
  }
}

/// A test of a curve of depth 3 against that of depth 2, which it contains with two parameters less:
/// F = ΔJ / s², where s² is the variance of an error of weight 1.
struct SimplerCurve {
  let f: Double
  /// What F stays below in 99 % of series that have the simpler curve.
  let threshold: Double

  /// Nil where the cost is neither a sum of squares nor a likelihood, or the samples are not the same.
  init?(_ fit: LeastSquaresFit, _ simpler: LeastSquaresFit) {
    guard simpler.sampleCount == fit.sampleCount else { return nil }
    let gained = simpler.cost - fit.cost
    let rest = Double(fit.degreesOfFreedom)
    switch fit.path.cost {
    case .squaredError:
      f = gained / (2 * fit.cost / rest)
      // P(F > f) = (1 + 2 f / ν)^(−ν/2) for 2 and ν degrees of freedom, and e⁻ᶠ for ν without end.
      threshold = rest / 2 * (pow(0.01, -2 / rest) - 1)
    case .crossEntropy: (f, threshold) = (gained, -log(0.01))
    case .huber: return nil
    }
  }

  /// Why the curve is no better than the simpler one, or nil.
  var reason: String? {
    f < threshold
      ? String(format: "depth 2 explains the samples as well (F is %.3g, below %.3g)", f, threshold)
      : nil
  }
}
