import SinglePathKernel

/// How the sigmoid is computed: two arithmetics, each with bits of its own and one stated bound.
public enum Sigmoid: String, Hashable, Sendable, CaseIterable {
  /// By an exponential and a division; the error is at most 8.96 · 10⁻⁸.
  case polynomial
  /// By a table of 32 segments, without a division; the error is at most 2⁻²⁰ = 9.54 · 10⁻⁷, which
  /// vanishes in what single precision does to a training. Faster with AVX-512, slower elsewhere.
  case table

  /// The largest |σ(x) computed − σ(x) true| over every float x.
  public var maximumError: Double {
    switch self {
    case .polynomial: PolynomialSigmoid.maximumError
    case .table: TableSigmoid.maximumError
    }
  }
}

/// What every path of a bank looks like.
public struct PathShape: Hashable, Sendable {
  /// The depths there are.
  public static let depths = 1...8

  /// L, the number of weights. The network of the derivation has three.
  public let depth: Int

  /// Whether each weight θ⁽ˡ⁾ has a bias b⁽ˡ⁾ beside it: z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾. Without, a path is
  /// the derivation's to the letter, pinned at x = 0.
  public let hasBiases: Bool

  /// How the hidden units compute σ.
  public let sigmoid: Sigmoid

  /// - Throws: `SinglePathError.depth` if the depth is not in `depths`.
  public init(
    depth: Int, biases: Bool, sigmoid: Sigmoid = .polynomial
  ) throws(SinglePathError) {
    guard Self.depths.contains(depth) else { throw .depth(depth) }
    self.depth = depth
    hasBiases = biases
    self.sigmoid = sigmoid
  }

  /// L weights, and as many biases if there are any.
  public var parameterCount: Int { hasBiases ? 2 * depth : depth }
}
