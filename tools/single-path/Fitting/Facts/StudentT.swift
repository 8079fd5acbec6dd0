import Foundation
import SinglePathReference

/// How many standard errors a 95 % interval reaches to each side: by Student's t where the samples' errors
/// estimate their own size, by the normal distribution with the cross-entropy, whose dispersion is known.
func intervalReach(_ cost: Cost, degreesOfFreedom: Int) -> Double {
  cost == .crossEntropy ? StudentT.z95 : StudentT.quantile95(max(1, degreesOfFreedom))
}

/// Student's t distribution, for the intervals of estimates whose error is itself estimated.
enum StudentT {
  /// The t that |T| stays within with a probability of 95 % or 99 %. Relative error below 10⁻⁹.
  ///
  /// - Parameter ν: the degrees of freedom, 1 or more.
  static func quantile95(_ ν: Int) -> Double {
    ν > most ? expansion(z95, Double(ν)) : of95[max(1, ν)]
  }
  static func quantile99(_ ν: Int) -> Double {
    ν > most ? expansion(z99, Double(ν)) : of99[max(1, ν)]
  }

  /// The same of the normal distribution.
  fileprivate static let (z95, z99) = (1.959963984540054, 2.5758293035489004)
  /// Up to so many degrees of freedom quantiles are searched for, once.
  private static let most = 100
  private static let of95 = (0...most).map { $0 == 0 ? .nan : bisected(0.95, $0) }
  private static let of99 = (0...most).map { $0 == 0 ? .nan : bisected(0.99, $0) }

  private static func bisected(_ share: Double, _ ν: Int) -> Double {
    var (low, high) = (1.9, 64.0)
    while high - low > 1e-11 {
      let middle = (low + high) / 2
      if probability(within: middle, ν) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(|T| ≤ t), by the finite sums of Abramowitz and Stegun, "Handbook of Mathematical Functions",
  /// 26.7.3 and 26.7.4.
  static func probability(within t: Double, _ ν: Int) -> Double {
    let θ = atan(t / Double(ν).squareRoot())
    let (sine, cosine) = (sin(θ), cos(θ))
    let isOdd = !ν.isMultiple(of: 2)
    if ν == 1 { return 2 * θ / .pi }
    var term = isOdd ? cosine : 1
    var sum = term
    for k in stride(from: isOdd ? 3 : 2, to: ν, by: 2) {
      term *= Double(k - 1) / Double(k) * cosine * cosine
      sum += term
    }
    return isOdd ? 2 / .pi * (θ + sine * sum) : sine * sum
  }

  /// The Cornish-Fisher expansion, 26.7.5 there.
  private static func expansion(_ z: Double, _ ν: Double) -> Double {
    let z2 = z * z
    let terms = [
      z * (z2 + 1) / 4,
      z * ((5 * z2 + 16) * z2 + 3) / 96,
      z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
      z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
    ]
    return z + terms.reversed().reduce(0) { ($0 + $1) / ν }
  }
}
