/// What a hidden unit does with its weighted input: a⁽ˡ⁾ = activation(z⁽ˡ⁾), (6).
public enum Activation: String, CaseIterable, Sendable {
  /// σ, (1) and (5): the derivation's.
  case sigmoid
  case tanh
  case relu
  /// `leak` times z below 0.
  case leakyRelu = "leaky-relu"
  case softplus
  case identity

  /// a, the value for the weighted input z.
  public func value(_ z: Double) -> Double {
    switch self {
    case .sigmoid: SinglePathReference.sigmoid(z)
    case .tanh: hyperbolicTangent(z)
    case .relu: rectifier(z)
    case .leakyRelu: leakyRectifier(z)
    case .softplus: SinglePathReference.softplus(z)
    case .identity: z
    }
  }

  /// da/dz at the weighted input z; at the kink of a rectifier, z = 0, the slope of the left side.
  public func slope(_ z: Double) -> Double {
    switch self {
    case .sigmoid: sigmoidSlope(z)
    case .tanh: hyperbolicTangentSlope(z)
    case .relu: rectifierSlope(z)
    case .leakyRelu: rectifierSlope(z, leak: leak)
    case .softplus: softplusSlope(z)
    case .identity: 1
    }
  }

  /// `value` and `slope` at once, within roundings of both.
  func valueAndSlope(_ z: Double) -> (value: Double, slope: Double) {
    self == .sigmoid ? sigmoidAndSlope(z) : (value(z), slope(z))
  }

  /// The largest size of `slope`.
  var steepestSlope: Double { self == .sigmoid ? 0.25 : 1 }
}

/// What the output does with its weighted input: ŷ = g(z⁽ᴸ⁺¹⁾), (6).
public enum Output: String, CaseIterable, Sendable {
  /// g(z) = z with g′(z) = 1: the derivation's.
  case identity
  case sigmoid
  /// The first of the two probabilities that the softmax gives to (z, 0): the sigmoid in other words.
  case softmax
  case tanh
  case softplus

  /// ŷ for the weighted input z.
  public func value(_ z: Double) -> Double {
    switch self {
    case .identity: Activation.identity.value(z)
    case .sigmoid: Activation.sigmoid.value(z)
    case .softmax: SinglePathReference.softmax(z)
    case .tanh: Activation.tanh.value(z)
    case .softplus: Activation.softplus.value(z)
    }
  }

  /// dŷ/dz at the weighted input z.
  public func slope(_ z: Double) -> Double {
    switch self {
    case .identity: Activation.identity.slope(z)
    case .sigmoid: Activation.sigmoid.slope(z)
    case .softmax: softmaxSlope(z)
    case .tanh: Activation.tanh.slope(z)
    case .softplus: Activation.softplus.slope(z)
    }
  }
  /// `value` and `slope` at once, within roundings of both.
  func valueAndSlope(_ z: Double) -> (value: Double, slope: Double) {
    self == .sigmoid || self == .softmax ? sigmoidAndSlope(z) : (value(z), slope(z))
  }

  /// The largest size of `slope`.
  var steepestSlope: Double { isProbability ? 0.25 : 1 }
}
