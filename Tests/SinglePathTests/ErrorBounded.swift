import Foundation
import SinglePath
import SinglePathReference

/// A quantity of one training step in double precision, beside a bound of what single precision and the
/// kernel's functions can add to it: `u` = 2⁻²⁴ for each rounding, and each function's maximum error.
struct ErrorBounded {
  var value: Double
  var error: Double

  static let u = 0x1p-24

  init(_ value: Double, _ error: Double = 0) {
    self.value = value
    self.error = error
  }

  /// The result of an operation, rounded once; an exact zero is not rounded.
  func rounded() -> ErrorBounded {
    if value == 0, error == 0 { return self }
    return ErrorBounded(value, error + Self.u * (abs(value) + error) + 0x1p-149)
  }

  static prefix func - (a: ErrorBounded) -> ErrorBounded { ErrorBounded(-a.value, a.error) }
  static func + (a: ErrorBounded, b: ErrorBounded) -> ErrorBounded {
    OperationRecorder.add(a.value, b.value)
    return ErrorBounded(a.value + b.value, a.error + b.error).rounded()
  }
  static func - (a: ErrorBounded, b: ErrorBounded) -> ErrorBounded { a + -b }
  static func * (a: ErrorBounded, b: ErrorBounded) -> ErrorBounded {
    OperationRecorder.multiply(a.value, b.value)
    return exactProduct(a, b).rounded()
  }
  static func / (a: ErrorBounded, b: ErrorBounded) -> ErrorBounded {
    OperationRecorder.divide(a.value, by: b.value)
    let quotient = a.value / b.value
    return ErrorBounded(
      quotient, (a.error + abs(quotient) * b.error) / (abs(b.value) - b.error)
    ).rounded()
  }

  static func exactProduct(_ a: ErrorBounded, _ b: ErrorBounded) -> ErrorBounded {
    ErrorBounded(
      a.value * b.value, abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)
  }

  /// a·b + c, rounded once.
  static func fused(_ a: ErrorBounded, _ b: ErrorBounded, _ c: ErrorBounded) -> ErrorBounded {
    OperationRecorder.fuse(a.value, b.value, c.value)
    let product = exactProduct(a, b)
    return ErrorBounded(product.value + c.value, product.error + c.error).rounded()
  }

  /// Held to a range, which takes no value further from another.
  func held(_ range: ClosedRange<Double>) -> ErrorBounded {
    ErrorBounded(min(max(value, range.lowerBound), range.upperBound), error)
  }
}

// MARK: - Functions

extension ErrorBounded {
  /// f(z) by the kernel, for this z.
  func activated(_ f: HiddenActivation) -> ErrorBounded {
    let truth = f.reference.value(value)
    return ErrorBounded(
      truth, error * steepest(f) + f.maximumError * max(1, abs(truth) + error))
  }

  /// The largest slope between the true z and the kernel's. A second derivative is below 1 in size.
  private func steepest(_ f: HiddenActivation) -> Double {
    switch f {
    case .relu, .leakyReLU: value < -error ? f.reference.slope(value) : 1
    case .sigmoid, .tanh, .softplus, .identity: min(1, f.reference.slope(value) + error)
    }
  }

  /// f′(z) by the kernel, from this activation a = f(z).
  func slope(_ f: HiddenActivation, z: ErrorBounded) -> ErrorBounded {
    switch f {
    case .sigmoid: return self * (ErrorBounded(1) - self)
    case .tanh: return (ErrorBounded(1) - self) * (ErrorBounded(1) + self)
    case .softplus:
      return ErrorBounded(
        f.reference.slope(z.value), error * (exp(-value) + error) + softplusSlopeError)
    case .relu, .leakyReLU, .identity:
      // Where the kernel's z may lie on the other side of the kink, the slope may be the other one.
      let isSure = f == .identity || z.error == 0 || abs(z.value) > z.error
      return ErrorBounded(f.reference.slope(z.value), isSure ? 0 : 1)
    }
  }

  /// The logarithm of the kernel: its roundings of whole terms, and a tenth of one for the coefficients and
  /// the roundings of small terms.
  func logarithm() -> ErrorBounded {
    let truth = log(value)
    return ErrorBounded(
      truth, error / (value - error) + (Double(logarithmRoundings) + 0.1) * Self.u * abs(truth))
  }
}

/// What the kernel's logarithm rounds of whole terms, see `OperationCountTests`.
let logarithmRoundings = 6

/// The largest error of the kernel's 1 − e⁻ᵃ for an a that is 0 or more, see `ActivationTests`.
let softplusSlopeError = 1e-7

// MARK: - The reference of a shape

extension HiddenActivation {
  var reference: Activation {
    switch self {
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .relu
    case .leakyReLU: .leakyRelu
    case .softplus: .softplus
    case .identity: .identity
    }
  }
}

extension OutputActivation {
  /// The function as a hidden unit has it.
  var hidden: HiddenActivation {
    switch self {
    case .identity: .identity
    case .sigmoid(let method), .softmax(let method): .sigmoid(method)
    case .tanh: .tanh
    case .softplus: .softplus
    }
  }

  var reference: Output {
    switch self {
    case .identity: .identity
    case .sigmoid: .sigmoid
    case .softmax: .softmax
    case .tanh: .tanh
    case .softplus: .softplus
    }
  }
}

extension PathShape {
  /// The reference's path with these parameters, in the order of the planes.
  func reference(_ parameters: [Double]) -> ReferencePath {
    let cost: Cost =
      switch cost {
      case .squaredError: .squaredError
      case .crossEntropy: .crossEntropy
      case .huber(let κ): .huber(threshold: Double(κ))
      }
    return ReferencePath(
      weights: Array(parameters.prefix(depth)),
      biases: hasBiases ? Array(parameters.suffix(depth)) : nil, hidden: hidden.reference,
      output: output.reference, cost: cost)
  }
}

extension ReferencePath {
  /// In the order of the planes.
  var parameters: [Double] { Array(weights) + (biases.map(Array.init) ?? []) }
}
