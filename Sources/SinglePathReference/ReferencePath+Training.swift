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
    let gradients = gradients(trace, errorSignals: δ)
    func updates(_ gradients: Numbered) -> Numbered {
      numberedByWeight { l in update(rate: η, gradient: gradients[l]) }
    }
    var updated = self
    updated.move(by: gradients, UpdateRule(rate: η))
    return TrainingStep(
      trace: trace, cost: cost(trace, y: y), errorSignals: δ, gradients: gradients,
      weightUpdates: updates(gradients.weights), biasUpdates: gradients.biases.map(updates),
      updated: updated)
  }

  /// Trains the path on one sample by (17).
  ///
  /// A missing sample, one whose target y is NaN, leaves every bit of the path as it is, whatever
  /// x is.
  public mutating func train(x: Double, y: Double, rate η: Double) {
    train([Sample(x: x, y: y)], by: UpdateRule(rate: η))
  }

  /// Trains the path on a batch: one update by the gradients of all its samples, summed.
  ///
  /// All gradients use the parameters from before the update; a batch of one sample is (17). A batch
  /// without a sample that is present leaves every bit of the path as it is.
  public mutating func train(_ batch: [Sample], by rule: UpdateRule) {
    guard let gradients = gradients(of: batch) else { return }
    move(by: gradients, rule)
  }

  private mutating func move(by gradients: Gradients, _ rule: UpdateRule) {
    weights = numberedByWeight { l in
      rule.updated(weights[l], index: l - 1, gradient: gradients.weights[l])
    }
    guard let b = biases, let slopes = gradients.biases else { return }
    biases = numberedByWeight { l in
      rule.updated(b[l], index: depth + l - 1, gradient: slopes[l])
    }
  }
}
