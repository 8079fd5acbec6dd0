/// What every path of a bank looks like.
public struct PathShape: Hashable, Sendable {
  /// The depths there are.
  public static let depths = 1...8

  /// L, the number of weights. The network of the derivation has three.
  public let depth: Int

  /// Whether each weight θ⁽ˡ⁾ has a bias b⁽ˡ⁾ beside it: z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾. Without, a path is
  /// the derivation's to the letter, pinned at x = 0.
  public let hasBiases: Bool

  /// - Throws: `SinglePathError.depth` if the depth is not in `depths`.
  public init(depth: Int, biases: Bool) throws(SinglePathError) {
    guard Self.depths.contains(depth) else { throw .depth(depth) }
    self.depth = depth
    hasBiases = biases
  }

  /// L weights, and as many biases if there are any.
  public var parameterCount: Int { hasBiases ? 2 * depth : depth }
}
