/// Bounds of the parameters: an update that leaves them ends at the bound. A parameter that does not move
/// keeps its bits, even beyond a bound; NaN is no bound; where they cross, the upper one holds.
public struct ParameterBounds: Hashable, Sendable {
  let lower: [Float]
  let upper: [Float]
  let isShared: Bool

  /// The same for all paths: one value a parameter, θ⁽¹⁾…θ⁽ᴸ⁾, then, if there are biases, b⁽¹⁾…b⁽ᴸ⁾.
  public static func shared(lower: [Float], upper: [Float]) -> ParameterBounds {
    ParameterBounds(lower: lower, upper: upper, isShared: true)
  }

  /// Bounds of each path: plane after plane of one value a path, in the same order.
  public static func perPath(lower: [Float], upper: [Float]) -> ParameterBounds {
    ParameterBounds(lower: lower, upper: upper, isShared: false)
  }
}
