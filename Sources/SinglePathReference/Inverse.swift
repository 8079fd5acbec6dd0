#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#else
  import Foundation
#endif

// The forward pass (6) the other way round: which x gives this ŷ.

extension Activation {
  /// The weighted input z of the value a; nil if no z, or more than one, has it.
  public func inverse(_ a: Double) -> Double? {
    let z =
      switch self {
      case .sigmoid: log(a / (1 - a))
      case .tanh: atanh(a)
      case .relu: a > 0 ? a : .nan
      case .leakyRelu: a > 0 ? a : a / leak
      case .softplus: a > 30 ? a : log(expm1(a))
      case .identity: a
      }
    return z.isFinite ? z : nil
  }
}

extension Output {
  /// The weighted input z of the prediction ŷ; nil if no z has it.
  public func inverse(_ ŷ: Double) -> Double? {
    switch self {
    case .identity: Activation.identity.inverse(ŷ)
    case .sigmoid, .softmax: Activation.sigmoid.inverse(ŷ)
    case .tanh: Activation.tanh.inverse(ŷ)
    case .softplus: Activation.softplus.inverse(ŷ)
    }
  }
}

extension ReferencePath {
  /// The x of the prediction ŷ; nil if no x, or more than one, has it.
  public func input(of ŷ: Double) -> Double? {
    var a = ŷ
    for l in (1...depth).reversed() {
      guard let z = l == depth ? output.inverse(a) : hidden.inverse(a), weights[l] != 0 else {
        return nil
      }
      a = (z - (biases?[l] ?? 0)) / weights[l]
    }
    return a.isFinite ? a : nil
  }

  /// dz⁽ᴸ⁺¹⁾/dx = θ⁽¹⁾ δ⁽²⁾ for an error signal of 1 at the output, (15) and (16).
  public func slope(at x: Double) -> Double { weights[1] * slopeProducts(forward(x))[2] }
}
