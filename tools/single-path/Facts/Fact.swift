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
