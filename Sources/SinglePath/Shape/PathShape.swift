import SinglePathShims

/// What every path of a bank looks like. Shapes that compute the same are equal.
public struct PathShape: Sendable, BitwiseCopyable {
  /// The depths there are.
  public static let depths = 1...8

  /// L, the number of weights. The network of the derivation has three.
  public var depth: Int { Int(codes.depth) }

  /// Whether each weight θ⁽ˡ⁾ has a bias b⁽ˡ⁾: z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾. Without, a path is the
  /// derivation's to the letter, pinned at x = 0.
  public var hasBiases: Bool { codes.hasBiases != 0 }

  /// The activation of the hidden units.
  public let hidden: HiddenActivation

  /// The activation of the output.
  public let output: OutputActivation

  /// The cost of a sample.
  public let cost: CostFunction

  /// The same as numbers, for a call to copy.
  let codes: Codes

  /// A shape; except for depth and biases the defaults are the derivation's.
  ///
  /// - Throws: `SinglePathError.depth` if the depth is not in `depths`, `.setting` if the threshold of
  ///   Huber's cost is not finite and above 0, `.sigmoidMethods` if hidden units and output compute their
  ///   sigmoids by different methods.
  public init(
    depth: Int, biases: Bool, hidden: HiddenActivation = .sigmoid,
    output: OutputActivation = .identity, cost: CostFunction = .squaredError
  ) throws(SinglePathError) {
    guard Self.depths.contains(depth) else { throw .depth(depth) }
    // By its bits: a comparison of subnormal numbers depends on the host's floating-point state.
    if case .huber(let threshold) = cost, !(1..<Float.infinity.bitPattern ~= threshold.bitPattern) {
      throw .setting(.huberThreshold, threshold)
    }
    if depth > 1, let method = hidden.sigmoidMethod, let other = output.sigmoidMethod,
      method != other
    {
      throw .sigmoidMethods(hidden: method, output: other)
    }
    self.init(unchecked: depth, biases, hidden, output, cost)
  }

  private init(
    unchecked depth: Int, _ biases: Bool, _ hidden: HiddenActivation, _ output: OutputActivation,
    _ cost: CostFunction
  ) {
    self.hidden = hidden
    self.output = output
    self.cost = cost
    codes = Codes(depth, biases, hidden, output, cost)
  }

  /// The four-parameter logistic curve of assay software: depth 2 with biases.
  public static let fourParameterLogistic = PathShape(
    unchecked: 2, true, .sigmoid, .identity, .squaredError)

  /// Platt's calibration of a classifier's scores: σ(θ x + b) with cross-entropy.
  public static let plattCalibration = PathShape(
    unchecked: 1, true, .sigmoid, .sigmoid, .crossEntropy)

  /// L weights, and as many biases if there are any.
  public var parameterCount: Int { hasBiases ? 2 * depth : depth }
}

extension PathShape: Hashable {
  public static func == (one: PathShape, other: PathShape) -> Bool { one.codes == other.codes }

  public func hash(into hasher: inout Hasher) { hasher.combine(codes) }
}

extension PathShape {
  /// What the kernel is told, with one value for choices that make no difference.
  struct Codes: Hashable {
    let depth: UInt8
    let hasBiases: UInt8
    let sigmoid: UInt8
    let hidden: UInt8
    let output: UInt8
    let cost: UInt8
    let threshold: Float

    init(
      _ depth: Int, _ biases: Bool, _ hidden: HiddenActivation, _ output: OutputActivation,
      _ cost: CostFunction
    ) {
      // Without hidden units their activation does not matter, and without sigmoids their method.
      let hidden = depth == 1 ? .sigmoid : hidden
      let method = output.sigmoidMethod ?? hidden.sigmoidMethod
      self.depth = UInt8(depth)
      hasBiases = biases ? 1 : 0
      sigmoid = UInt8(method == .table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL)
      self.hidden = UInt8(hidden.code)
      self.output = UInt8(output.code)
      self.cost = UInt8(cost.code)
      threshold = cost.threshold
    }
  }
}

extension HiddenActivation {
  fileprivate var code: Int {
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

extension OutputActivation {
  fileprivate var code: Int {
    switch self {
    case .identity: SP_OUTPUT_IDENTITY
    case .sigmoid, .softmax: SP_OUTPUT_SIGMOID
    case .tanh: SP_OUTPUT_TANH
    case .softplus: SP_OUTPUT_SOFTPLUS
    }
  }
}

extension CostFunction {
  fileprivate var code: Int {
    switch self {
    case .squaredError: SP_COST_SQUARED_ERROR
    case .crossEntropy: SP_COST_CROSS_ENTROPY
    case .huber: SP_COST_HUBER
    }
  }

  fileprivate var threshold: Float {
    if case .huber(let threshold) = self { threshold } else { 0 }
  }
}
