/// J, what a prediction costs. Any cost goes with any output.
public enum Cost: Equatable, Sendable {
  /// (7), the derivation's.
  case squaredError
  /// For targets in 0...1, soft ones too. With an output that can leave 0...1 it goes on along its
  /// tangents, see `crossEntropyMargin`.
  case crossEntropy
  /// Squared up to an error of `threshold` > 0, linear beyond.
  case huber(threshold: Double)

  /// J for the weighted input z of the output and the target y.
  public func value(_ z: Double, output: Output, target y: Double) -> Double {
    let ŷ = output.value(z)
    return switch self {
    case .squaredError: SinglePathReference.squaredError(prediction: ŷ, target: y)
    case .crossEntropy:
      output.isProbability
        ? SinglePathReference.crossEntropy(ofSigmoid: z, target: y)
        : SinglePathReference.crossEntropy(prediction: ŷ, target: y)
    case .huber(let κ): SinglePathReference.huber(prediction: ŷ, target: y, threshold: κ)
    }
  }

  /// Whether the error signal of the output is simply ŷ − y (14).
  public func isSimple(with output: Output) -> Bool {
    switch self {
    case .squaredError: output == .identity
    case .crossEntropy: output.isProbability
    case .huber: false
    }
  }

  /// δ⁽ᴸ⁺¹⁾ = ∂J/∂z (13) for the weighted input z of the output and the target y.
  ///
  /// It is ŷ − y (14) where the pair of output and cost gives it, and ∂J/∂ŷ g′(z) elsewhere.
  public func errorSignal(_ z: Double, output: Output, target y: Double) -> Double {
    let ŷ = output.value(z)
    if isSimple(with: output) { return outputErrorSignal(prediction: ŷ, target: y) }
    let costSlope =
      switch self {
      // (7) has the slope ŷ − y by ŷ, whatever the output is.
      case .squaredError: ŷ - y
      case .crossEntropy: crossEntropySlope(prediction: ŷ, target: y)
      case .huber(let κ): huberSlope(prediction: ŷ, target: y, threshold: κ)
      }
    return outputErrorSignal(costSlope: costSlope, slope: output.slope(z))
  }
}

extension Output {
  /// Whether ŷ is σ(z), so that the cross-entropy is simple in z.
  fileprivate var isProbability: Bool { self == .sigmoid || self == .softmax }
}
