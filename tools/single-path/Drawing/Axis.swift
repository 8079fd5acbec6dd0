import Foundation

/// One axis of a panel: from the least to the most of its values, with round numbers to show.
struct Axis {
  private let low: Double
  private let high: Double
  private let isLogarithmic: Bool

  init(_ values: [Double], isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    let places = isLogarithmic ? values.map { log10($0) } : values
    let (least, most) = (places.min() ?? 0, places.max() ?? 0)
    // A single value stands in the middle of an axis of some length.
    let margin = least == most ? max(abs(least), 1e-300) / 2 : 0
    (low, high) = (least - margin, most + margin)
  }

  /// Where a value lies: 0 at the beginning of the axis, 1 at its end.
  func share(_ value: Double) -> Double {
    ((isLogarithmic ? log10(value) : value) - low) / (high - low)
  }

  /// The value that lies there.
  func value(_ share: Double) -> Double {
    let place = low + share * (high - low)
    return isLogarithmic ? pow(10, place) : place
  }

  /// One to four round values on the axis; on a logarithmic one powers of ten if there are enough.
  var ticks: [Double] {
    if isLogarithmic {
      let step = max(1, ((high - low) / 3).rounded())
      let powers = multiples(of: step, from: low, to: high).map { pow(10, $0) }
      return powers.count > 1 ? powers : roundTicks(from: value(0), to: value(1))
    }
    return roundTicks(from: low, to: high)
  }

  /// The numbers at the ticks, all distinct: with as few digits as tell them exactly. Where that takes
  /// many, as for dates, the first is written out and the others are what is added to it.
  var labels: [String] {
    let ticks = ticks
    guard let first = ticks.first else { return [] }
    let gap = zip(ticks.dropFirst(), ticks).map { $0 - $1 }.min() ?? abs(first)
    let digits = (4...17).first { digits in
      ticks.allSatisfy { abs((Double(label($0, digits: digits)) ?? .nan) - $0) <= 1e-6 * gap }
    }
    let whole = ticks.map { label($0, digits: digits ?? 17) }
    guard whole.contains(where: { $0.count > 7 }), ticks.count > 1 else { return whole }
    return [whole[0]] + ticks.dropFirst().map { "+" + label($0 - first, digits: 4) }
  }

  private func label(_ tick: Double, digits: Int) -> String { String(format: "%.\(digits)g", tick) }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func roundTicks(from low: Double, to high: Double) -> [Double] {
    let rough = (high - low) / 4
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5].map { $0 * power }.first { $0 >= rough } ?? 10 * power
    return multiples(of: step, from: low, to: high)
  }

  private func multiples(of step: Double, from low: Double, to high: Double) -> [Double] {
    let (first, last) = ((low / step).rounded(.up), (high / step).rounded(.down))
    guard first <= last, last - first < 20 else { return [] }
    // Adding 0 turns −0 into 0.
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }
}
