/// f of the hidden units, (6). Each is an arithmetic of its own, the same bits on every machine.
public enum HiddenActivation: Hashable, Sendable, BitwiseCopyable {
  /// (1), σ(z), the derivation's, by one of two methods.
  case sigmoid(SigmoidMethod)
  /// (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ).
  case tanh
  /// z above 0, else 0. Its slope at 0 is 0. Without biases a path of them is a ray from the origin,
  /// not a curve: biases make the bend.
  case relu
  /// z above 0, else 0.01 z. Its slope at 0 is 0.01.
  case leakyReLU
  /// ln(1 + eᶻ).
  case softplus
  /// z.
  case identity

  /// σ(z) by the more accurate method, the polynomial.
  public static var sigmoid: HiddenActivation { .sigmoid(.polynomial) }

  /// The largest |computed − true| / max(1, |true|) over every finite z.
  public var maximumError: Double {
    switch self {
    case .sigmoid(let method): method.maximumError
    case .tanh: 1.5e-7
    case .relu: 0
    case .leakyReLU: 0x1p-24
    case .softplus: 1.76e-7
    case .identity: 0
    }
  }

  /// The function as a word, whatever its method: `sigmoid`, `tanh`, `relu`, `leaky-relu`, `softplus` or
  /// `identity`.
  public var name: String {
    switch self {
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .relu: "relu"
    case .leakyReLU: "leaky-relu"
    case .softplus: "softplus"
    case .identity: "identity"
    }
  }

  /// How sigmoids are computed; nil of other functions.
  public var sigmoidMethod: SigmoidMethod? {
    if case .sigmoid(let method) = self { method } else { nil }
  }
}

extension HiddenActivation: CaseIterable {
  /// Every function, the sigmoid by each method.
  public static let allCases: [HiddenActivation] = [
    .sigmoid(.polynomial), .sigmoid(.table), .tanh, .relu, .leakyReLU, .softplus, .identity,
  ]
}
