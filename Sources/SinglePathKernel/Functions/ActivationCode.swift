import SinglePathShims

/// The functions there are, numbered as SP_HIDDEN_* numbers them.
enum ActivationCode: UInt8 {
  case sigmoid = 0
  case tanh = 1
  case relu = 2
  case leakyReLU = 3
  case softplus = 4
  case identity = 5

  /// f of the hidden units of a valid call.
  @inline(__always)
  init(hiddenOf call: UnsafePointer<sp_call>) {
    self = Self(rawValue: call.pointee.hidden) ?? .identity
  }

  /// g of the output of a valid call.
  @inline(__always)
  init(outputOf call: UnsafePointer<sp_call>) {
    self =
      switch Int(call.pointee.output) {
      case SP_OUTPUT_SIGMOID: .sigmoid
      case SP_OUTPUT_TANH: .tanh
      case SP_OUTPUT_SOFTPLUS: .softplus
      default: .identity
      }
  }
}

/// Something that is done with a function which is chosen when the code runs.
protocol ActivationTask {
  associatedtype Result
  func run<Function: ActivationFunction>(_: Function.Type) -> Result
}

extension ActivationTask {
  @inline(__always)
  func run(_ code: ActivationCode) -> Result {
    switch code {
    case .sigmoid: run(PolynomialSigmoid.self)
    case .tanh: run(HyperbolicTangent.self)
    case .relu: run(ReLU.self)
    case .leakyReLU: run(LeakyReLU.self)
    case .softplus: run(Softplus.self)
    case .identity: run(Identity.self)
    }
  }
}
