/// What every path of a bank looks like.
public struct PathShape: Hashable, Sendable {
  /// The depths there are.
  public static let depths = 1...8

  /// L, the number of weights. The network of the derivation has three.
  public let depth: Int

  /// Whether each weight θ⁽ˡ⁾ has a bias b⁽ˡ⁾ beside it: z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾. Without, a path is
  /// the derivation's to the letter, pinned at x = 0.
  public let hasBiases: Bool

  /// How σ is computed.
  public let sigmoid: Sigmoid

  /// The activation of the hidden units.
  public let hidden: HiddenActivation

  /// The activation of the output.
  public let output: OutputActivation

  /// The cost of a sample.
  public let cost: CostFunction

  /// A shape; but for depth and biases it is the derivation's unless told.
  ///
  /// - Throws: `SinglePathError.depth` if the depth is not in `depths`.
  public init(
    depth: Int, biases: Bool, sigmoid: Sigmoid = .polynomial, hidden: HiddenActivation = .sigmoid,
    output: OutputActivation = .identity, cost: CostFunction = .squaredError
  ) throws(SinglePathError) {
    guard Self.depths.contains(depth) else { throw .depth(depth) }
    self.depth = depth
    hasBiases = biases
    self.sigmoid = sigmoid
    self.hidden = hidden
    self.output = output
    self.cost = cost
  }

  /// L weights, and as many biases if there are any.
  public var parameterCount: Int { hasBiases ? 2 * depth : depth }
}
