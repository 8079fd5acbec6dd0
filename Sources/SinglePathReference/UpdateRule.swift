/// How a gradient moves the parameters: (17), and what holds them back.
///
/// Lists have one entry for each parameter, θ⁽¹⁾ … θ⁽ᴸ⁾ first, then b⁽¹⁾ … b⁽ᴸ⁾ if there are biases.
public struct UpdateRule: Equatable, Sendable {
  /// η.
  public var rate: Double
  /// Each component of a gradient is held to ± this before it is applied; infinity holds nothing.
  public var gradientLimit: Double
  /// The range of each parameter, applied after each of its updates; nil holds nothing.
  public var bounds: [ClosedRange<Double>]?
  /// Which parameters never move, not even into their bounds; nil for none.
  public var frozen: [Bool]?

  /// A rule that is (17) unless more than the rate is given.
  public init(
    rate η: Double, gradientLimit: Double = .infinity, bounds: [ClosedRange<Double>]? = nil,
    frozen: [Bool]? = nil
  ) {
    rate = η
    (self.gradientLimit, self.bounds, self.frozen) = (gradientLimit, bounds, frozen)
  }

  /// The new value of the parameter with this index.
  func updated(_ parameter: Double, index: Int, gradient: Double) -> Double {
    if let frozen, frozen[index] { return parameter }
    let limited = clamped(gradient, from: -gradientLimit, to: gradientLimit)
    let moved = parameter + update(rate: rate, gradient: limited)
    guard let range = bounds?[index] else { return moved }
    return clamped(moved, from: range.lowerBound, to: range.upperBound)
  }
}
