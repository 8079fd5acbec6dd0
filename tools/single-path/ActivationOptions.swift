import CommandLineSupport
import SinglePath
import SinglePathReference

extension Arguments {
  /// The activation of hidden units that an option names; a sigmoid is the polynomial.
  func hidden(_ name: String) throws(Failure) -> HiddenActivation {
    switch try choice(name, default: Activation.sigmoid) {
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .relu
    case .leakyRelu: .leakyReLU
    case .softplus: .softplus
    case .identity: .identity
    }
  }

  /// The activation of the output that an option names; a sigmoid is the polynomial.
  func output(_ name: String) throws(Failure) -> OutputActivation {
    switch try choice(name, default: Output.identity) {
    case .identity: .identity
    case .sigmoid: .sigmoid
    case .softmax: .softmax
    case .tanh: .tanh
    case .softplus: .softplus
    }
  }
}

extension HiddenActivation {
  /// The same function; a sigmoid is computed by this method.
  func computed(by method: SigmoidMethod) -> HiddenActivation {
    sigmoidMethod == nil ? self : .sigmoid(method)
  }
}

extension OutputActivation {
  /// The same function; a sigmoid or softmax is computed by this method.
  func computed(by method: SigmoidMethod) -> OutputActivation {
    switch self {
    case .sigmoid: .sigmoid(method)
    case .softmax: .softmax(method)
    case .identity, .tanh, .softplus: self
    }
  }
}
