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
    value(z, prediction: output.value(z), output: output, target: y)
  }

  /// The same where ŷ is known.
  func value(_ z: Double, prediction ŷ: Double, output: Output, target y: Double) -> Double {
    switch self {
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
    errorSignal(prediction: output.value(z), slope: output.slope(z), output: output, target: y)
  }

  /// The same where ŷ and g′(z) are known.
  func errorSignal(
    prediction ŷ: Double, slope: Double, output: Output, target y: Double
  ) -> Double {
    if isSimple(with: output) { return outputErrorSignal(prediction: ŷ, target: y) }
    let costSlope =
      switch self {
      // (7) has the slope ŷ − y by ŷ, whatever the output is.
      case .squaredError: ŷ - y
      case .crossEntropy: crossEntropySlope(prediction: ŷ, target: y)
      case .huber(let κ): huberSlope(prediction: ŷ, target: y, threshold: κ)
      }
    return outputErrorSignal(costSlope: costSlope, slope: slope)
  }

  /// c, at least 0: the curvature of J by z as the generalised Gauss-Newton method takes it, that is
  /// ∂²J/∂ŷ² g′(z)², without the term ∂J/∂ŷ g″(z), which may be negative.
  ///
  /// It is the whole of ∂²J/∂z² where g is the identity. The pair of a probability with its
  /// cross-entropy, whose error signal is simple (14), has the whole of it too: ŷ(1 − ŷ) = g′(z).
  public func curvature(_ z: Double, output: Output, target y: Double) -> Double {
    curvature(prediction: output.value(z), slope: output.slope(z), output: output, target: y)
  }

  /// The same where ŷ and g′(z) are known.
  func curvature(prediction ŷ: Double, slope: Double, output: Output, target y: Double) -> Double {
    switch self {
    case .squaredError: slope * slope
    case .crossEntropy:
      output.isProbability
        ? slope : crossEntropyCurvature(prediction: ŷ, target: y) * slope * slope
    case .huber(let κ): huberCurvature(prediction: ŷ, target: y, threshold: κ) * slope * slope
    }
  }
}

extension Output {
  /// Whether ŷ is σ(z), so that the cross-entropy is simple in z.
  var isProbability: Bool { self == .sigmoid || self == .softmax }
}
