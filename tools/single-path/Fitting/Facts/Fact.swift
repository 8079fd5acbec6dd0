/// A number about a curve, in the user's units.
struct Fact: Equatable {
  /// As in the JSON.
  let name: FactName
  /// Nil where the samples do not determine it.
  var estimate: Estimate?
  /// What is known all the same, such as "> 100".
  var bound: String?
}

/// A value with its standard error and the ends of its 95 % interval.
struct Estimate: Equatable {
  let value: Double
  let standardError: Double
  let low: Double
  let high: Double

  /// - Parameters:
  ///   - value: on the scale on which the interval is even.
  ///   - error: its standard error there.
  ///   - t: how many of them the interval reaches to each side.
  ///   - transform: from that scale to the user's; its slope turns the standard error.
  init(_ value: Double, error: Double, t: Double, transform: Transform) {
    let (one, other) = (transform.value(value - t * error), transform.value(value + t * error))
    self.value = transform.value(value)
    standardError = abs(transform.slope(value)) * error
    // NaN stays NaN.
    (low, high) = one < other ? (one, other) : (other, one)
  }
}

/// The facts there are, in the order in which they are told.
enum FactName: String, CaseIterable {
  case intercept, lower, upper, midpoint, slope, steepness, steepestAt
  case maximumRate, doublingTime, lag, carryingCapacity

  /// As a column's title.
  var title: String {
    switch self {
    case .steepestAt: "steepest at"
    case .maximumRate: "maximum rate"
    case .doublingTime: "doubling time"
    case .carryingCapacity: "capacity"
    default: rawValue
    }
  }
}
