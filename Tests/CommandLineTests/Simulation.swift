import Foundation
import SeededRandom

@testable import single_path

/// Simulated measurements of logistic curves.
struct Simulation {
  private var generator: SplitMix64

  init(stream: UInt64) { generator = SplitMix64(stream: stream) }

  /// In 0 to 1, without the ends.
  mutating func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }

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
