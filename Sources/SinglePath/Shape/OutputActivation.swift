/// g of the output, (6).
public enum OutputActivation: Hashable, Sendable, BitwiseCopyable {
  /// z, the derivation's.
  case identity
  /// (1), σ(z), by one of two methods: that of the hidden units, if those are sigmoids too.
  case sigmoid(SigmoidMethod)
  /// The probability of the first of two classes whose inputs are z and 0: eᶻ / (eᶻ + e⁰), which is
  /// σ(z), and computed as that.
  case softmax(SigmoidMethod)
  /// As of the hidden units.
  case tanh
  /// As of the hidden units.
  case softplus

  /// σ(z) by the more accurate method, the polynomial.
  public static var sigmoid: OutputActivation { .sigmoid(.polynomial) }

  /// The softmax by the more accurate method, the polynomial.
  public static var softmax: OutputActivation { .softmax(.polynomial) }

  /// The function as a word, whatever its method: `identity`, `sigmoid`, `softmax`, `tanh` or `softplus`.
  public var name: String {
    switch self {
    case .identity: "identity"
    case .sigmoid: "sigmoid"
    case .softmax: "softmax"
    case .tanh: "tanh"
    case .softplus: "softplus"
    }
  }

  /// How a sigmoid or softmax is computed; nil of other functions.
  public var sigmoidMethod: SigmoidMethod? {
    switch self {
    case .sigmoid(let method), .softmax(let method): method
    case .identity, .tanh, .softplus: nil
    }
  }
}

extension OutputActivation: CaseIterable {
  /// Every function, the sigmoid and the softmax by each method.
  public static let allCases: [OutputActivation] = [
    .identity, .sigmoid(.polynomial), .sigmoid(.table), .softmax(.polynomial), .softmax(.table),
    .tanh, .softplus,
  ]
}
