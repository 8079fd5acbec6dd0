import SinglePathKernel
import SinglePathShims

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

  var code: Int { self == .table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL }
}

/// f of the hidden units, (6). Each is an arithmetic of its own, the same bits on every machine.
public enum HiddenActivation: String, Hashable, Sendable, CaseIterable {
  /// (1), σ(z), the derivation's.
  case sigmoid
  /// (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ).
  case tanh
  /// z above 0, else 0. Its slope at 0 is 0. Without biases a path of them is a ray from the origin,
  /// not a curve: biases make the bend.
  case relu
  /// z above 0, else 0.01 z. Its slope at 0 is 0.01.
  case leakyReLU = "leaky-relu"
  /// ln(1 + eᶻ).
  case softplus
  /// z.
  case identity

  /// The largest |computed − true| / max(1, |true|) over every finite z; of the sigmoid by its form.
  public func maximumError(_ form: Sigmoid = .polynomial) -> Double {
    switch self {
    case .sigmoid: form.maximumError
    case .tanh: HyperbolicTangent.maximumError
    case .relu: ReLU.maximumError
    case .leakyReLU: LeakyReLU.maximumError
    case .softplus: Softplus.maximumError
    case .identity: Identity.maximumError
    }
  }

  var code: Int {
    switch self {
    case .sigmoid: SP_HIDDEN_SIGMOID
    case .tanh: SP_HIDDEN_TANH
    case .relu: SP_HIDDEN_RELU
    case .leakyReLU: SP_HIDDEN_LEAKY_RELU
    case .softplus: SP_HIDDEN_SOFTPLUS
    case .identity: SP_HIDDEN_IDENTITY
    }
  }
}

/// g of the output, (6).
public enum OutputActivation: String, Hashable, Sendable, CaseIterable {
  /// z, the derivation's.
  case identity
  /// (1), σ(z).
  case sigmoid
  /// The probability of the first of two classes whose inputs are z and 0: eᶻ / (eᶻ + e⁰), which is
  /// σ(z), and computed as that.
  case softmax
  /// As of the hidden units.
  case tanh
  /// As of the hidden units.
  case softplus

  var code: Int {
    switch self {
    case .identity: SP_OUTPUT_IDENTITY
    case .sigmoid, .softmax: SP_OUTPUT_SIGMOID
    case .tanh: SP_OUTPUT_TANH
    case .softplus: SP_OUTPUT_SOFTPLUS
    }
  }
}

/// J of one sample. Any goes with any output; the error signal (13) is ∂J/∂z.
public enum CostFunction: Hashable, Sendable {
  /// ½ (ŷ − y)², (7), the derivation's.
  case squaredError
  /// −y ln ŷ − (1 − y) ln(1 − ŷ) for targets in 0…1, which need not be 0 or 1.
  ///
  /// Of a sigmoid or softmax output it is computed from z, without overflow, and (13) is ŷ − y. Other
  /// outputs may leave 0…1; there, from 2⁻¹⁰ and 1 − 2⁻¹⁰ on, it goes on as its tangent. A target of
  /// exactly 1 (or 0) then pulls such an output up (or down) without end, as it does the z of a sigmoid.
  case crossEntropy
  /// ½ (ŷ − y)² up to the threshold κ of |ŷ − y|, beyond it κ (|ŷ − y| − ½ κ): outliers pull no harder
  /// than κ (Huber, "Robust estimation of a location parameter", Ann. Math. Statist. 35, 1964).
  ///
  /// The threshold is finite and above 0.
  case huber(threshold: Float)

  var code: Int {
    switch self {
    case .squaredError: SP_COST_SQUARED_ERROR
    case .crossEntropy: SP_COST_CROSS_ENTROPY
    case .huber: SP_COST_HUBER
    }
  }

  var threshold: Float {
    if case .huber(let threshold) = self { threshold } else { 0 }
  }
}
