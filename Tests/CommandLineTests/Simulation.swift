import Foundation

@testable import single_path

/// Simulated measurements of logistic curves.
struct Simulation {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// In 0 to 1, without the ends: SplitMix64.
  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Box and Muller's normal deviate.
  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }

  /// Errors with a standard deviation of 1 and no curve.
  mutating func noise(_ count: Int) -> Series {
    var series = Series(name: "noise")
    for t in 0..<count {
      series.x.append(Double(t))
      series.y.append(normal())
    }
    return series
  }
}

/// lower + (upper − lower) / (1 + exp(−slope (x − midpoint))), where x may be a logarithm.
struct Logistic {
  var lower = 0.0
  var upper = 1.0
  var midpoint = 0.0
  var slope = 1.0

  func value(_ x: Double) -> Double {
    lower + (upper - lower) / (1 + exp(-slope * (x - midpoint)))
  }

  /// Samples of it at each x.
  func series(
    _ name: String = "A", at x: [Double], noise: Double = 0, using simulation: inout Simulation
  ) -> Series {
    Series(name: name, x: x, y: x.map { value($0) + noise * simulation.normal() })
  }
}

/// Values from low to high, at equal distances.
func evenly(_ count: Int, from low: Double, to high: Double) -> [Double] {
  (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
}

/// The text of a file with these series.
func file(_ series: [Series]) -> String {
  "s,x,y\n"
    + series.flatMap { one in zip(one.x, one.y).map { "\(one.name),\($0),\($1)\n" } }.joined()
}
