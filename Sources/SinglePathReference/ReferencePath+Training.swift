/// One training step of one path with every quantity on the way, for looking at.
public struct TrainingStep: Equatable, Sendable {
  /// z and a of every layer (6).
  public let trace: ForwardTrace
  /// J from before the step (7).
  public let cost: Double
  /// δ⁽²⁾ … δ⁽ᴸ⁺¹⁾, (14)–(16).
  public let errorSignals: Numbered
  /// ∂J/∂θ and ∂J/∂b, as in (9)–(11).
  public let gradients: Gradients
  /// Δθ⁽¹⁾ … Δθ⁽ᴸ⁾, (17).
  public let weightUpdates: Numbered
  /// Δb⁽¹⁾ … Δb⁽ᴸ⁾, (17) with an input of 1; nil for a path without biases.
  public let biasUpdates: Numbered?
  /// The path with its new parameters, θ + Δθ and b + Δb.
  public let updated: ReferencePath
}

extension ReferencePath {
  /// The step that `train` takes for one sample, without taking it.
  ///
  /// Every error signal uses the weights from before the update.
  ///
  /// - Parameters:
  ///   - x: the input.
  ///   - y: the target; NaN marks a missing sample.
  ///   - rate: the learning rate η.
  /// - Returns: nil if the sample is missing: there is no step.
  public func step(x: Double, y: Double, rate η: Double) -> TrainingStep? {
    guard !y.isNaN else { return nil }
    let trace = forward(x)
    let δ = errorSignals(trace, y: y)
    let Δθ = numberedByWeight { l in weightUpdate(rate: η, errorSignal: δ[l + 1], trace.a[l]) }
    let Δb = biases.map { _ in
      numberedByWeight { l in biasUpdate(rate: η, errorSignal: δ[l + 1]) }
    }

    var updated = self
    for l in 1...depth {
      updated.weights[l] += Δθ[l]
      if let Δb { updated.biases?[l] += Δb[l] }
    }
    return TrainingStep(
      trace: trace, cost: SinglePathReference.cost(prediction: trace.prediction, target: y),
      errorSignals: δ, gradients: gradients(trace, errorSignals: δ),
      weightUpdates: Δθ, biasUpdates: Δb, updated: updated)
  }

  /// Trains the path on one sample by (17).
  ///
  /// A missing sample, one whose target y is NaN, leaves every bit of the path as it is, whatever
  /// x is.
  public mutating func train(x: Double, y: Double, rate η: Double) {
    guard let step = step(x: x, y: y, rate: η) else { return }
    self = step.updated
  }
}
