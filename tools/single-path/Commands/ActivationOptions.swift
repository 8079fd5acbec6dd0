import CommandLineSupport
import SinglePath
import SinglePathReference

extension Arguments {
  /// The activation of hidden units that an option names; a sigmoid is the polynomial.
  func hidden(_ name: String) throws(Failure) -> HiddenActivation {
    HiddenActivation(try choice(name, default: Activation.sigmoid))
  }

  /// The activation of the output that an option names; a sigmoid is the polynomial.
  func output(_ name: String) throws(Failure) -> OutputActivation {
    OutputActivation(try choice(name, default: Output.identity))
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
