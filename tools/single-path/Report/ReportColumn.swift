import Foundation

/// A number about each series: a fact with its interval, or what every curve has. NaN where there is none.
struct ReportColumn: Encodable {
  private let key: String
  private let title: String
  private let values: Data
  /// Nil for values in single precision, without intervals.
  private let intervals: Intervals?

  /// Standard errors, and the ends of the intervals by their distance from the values.
  private struct Intervals: Encodable {
    let errors: Data
    /// The distance is the logarithm of a ratio: an end near 0 keeps its digits.
    let areRatios: Bool
    let low: Data
    let high: Data
    /// What is known of a series' fact without a value, such as "> 100", by the series' index.
    let bounds: [String: String]
  }

  /// A fact of the curves.
  init(_ name: FactName, of fits: [FittedCurve]) {
    (key, title) = (name.rawValue, name.title)
    let facts = fits.map { fit in fit.facts?.facts.first { $0.name == name } }
    let estimates = facts.map { $0?.estimate }
    values = packed(estimates.map { $0?.value ?? .nan })
    let areRatios = estimates.allSatisfy { estimate in
      estimate.map { $0.value > 0 && $0.low >= 0 } ?? true
    }
    func distances(_ end: KeyPath<Estimate, Double>) -> Data {
      packed(
        estimates.map { estimate in
          guard let estimate else { return .nan }
          let (end, value) = (estimate[keyPath: end], estimate.value)
          return Float(areRatios ? log(end / value) : end - value)
        })
    }
    let bounds = facts.enumerated().compactMap { index, fact in
      fact?.estimate == nil ? fact?.bound.map { ("\(index)", $0) } : nil
    }
    intervals = Intervals(
      errors: packed(estimates.map { Float($0?.standardError ?? .nan) }), areRatios: areRatios,
      low: distances(\.low), high: distances(\.high),
      bounds: Dictionary(uniqueKeysWithValues: bounds))
  }

  /// A number without an interval.
  init(_ key: String, _ title: String, _ values: [Double]) {
    (self.key, self.title, intervals) = (key, title, nil)
    self.values = packed(values.map { Float($0) })
  }
}
