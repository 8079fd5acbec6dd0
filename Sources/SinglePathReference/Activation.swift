/// What a unit does with its weighted input: a⁽ˡ⁾ = activation(z⁽ˡ⁾), (6).
public enum Activation: Sendable {
  /// σ of the hidden units, (1) and (5).
  case sigmoid
  /// g of the output, g(z) = z with g′(z) = 1, (6).
  case identity

  /// a, the value for the weighted input z.
  public func value(_ z: Double) -> Double {
    switch self {
    case .sigmoid: SinglePathReference.sigmoid(z)
    case .identity: z
    }
  }

  /// da/dz at the weighted input z.
  public func slope(_ z: Double) -> Double {
    switch self {
    case .sigmoid: sigmoidSlope(z)
    case .identity: 1
    }
  }
}
