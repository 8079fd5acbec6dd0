import SinglePath
import SinglePathReference

// The same choices in the kernel's words and in those of the reference, which stands apart.

extension ReferencePath {
  /// The path of a shape with these parameters.
  init(weights: [Float], biases: [Float], shape: PathShape) {
    guard let hidden = Activation(rawValue: shape.hidden.name),
      let output = Output(rawValue: shape.output.name)
    else { preconditionFailure("the reference has every activation of the kernel") }
    self.init(
      weights: weights, biases: shape.hasBiases ? biases : nil, hidden: hidden, output: output,
      cost: Cost(shape.cost))
  }
}

extension HiddenActivation {
  /// A sigmoid is the polynomial.
  init(_ activation: Activation) {
    self =
      switch activation {
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      case .relu: .relu
      case .leakyRelu: .leakyReLU
      case .softplus: .softplus
      case .identity: .identity
      }
  }
}

extension OutputActivation {
  /// A sigmoid is the polynomial.
  init(_ output: Output) {
    self =
      switch output {
      case .identity: .identity
      case .sigmoid: .sigmoid
      case .softmax: .softmax
      case .tanh: .tanh
      case .softplus: .softplus
      }
  }
}

extension Cost {
  init(_ cost: CostFunction) {
    switch cost {
    case .squaredError: self = .squaredError
    case .crossEntropy: self = .crossEntropy
    case .huber(let threshold): self = .huber(threshold: Double(threshold))
    }
  }
}
