/// The network of the derivation, L = 3 without biases, with (9)–(12) written out as they stand
/// there: no recursion, no error signal.
///
/// `ReferencePath` computes the same by the recursion (13)–(17), for any depth.
public struct WrittenOut: Sendable {
  private let x, y, ŷ, θ⁽²⁾, θ⁽³⁾, z⁽²⁾, z⁽³⁾, a⁽²⁾, a⁽³⁾: Double

  /// The forward pass (6) for the weights θ⁽¹⁾, θ⁽²⁾, θ⁽³⁾ and one sample.
  public init(weights: (Double, Double, Double), x: Double, y: Double) {
    let θ⁽¹⁾ = weights.0
    (θ⁽²⁾, θ⁽³⁾) = (weights.1, weights.2)
    (self.x, self.y) = (x, y)
    let a⁽¹⁾ = x

    z⁽²⁾ = θ⁽¹⁾ * a⁽¹⁾
    a⁽²⁾ = sigmoid(z⁽²⁾)

    z⁽³⁾ = θ⁽²⁾ * a⁽²⁾
    a⁽³⁾ = sigmoid(z⁽³⁾)

    let z⁽⁴⁾ = θ⁽³⁾ * a⁽³⁾
    ŷ = z⁽⁴⁾
  }

  /// ∂J/∂θ⁽³⁾ = (ŷ − y) · a⁽³⁾, (9).
  public var gradientOfWeight3: Double {
    (ŷ - y) * a⁽³⁾
  }

  /// ∂J/∂θ⁽²⁾ = (ŷ − y) · θ⁽³⁾ σ′(z⁽³⁾) · a⁽²⁾, (10).
  public var gradientOfWeight2: Double {
    (ŷ - y) * θ⁽³⁾ * sigmoidSlope(z⁽³⁾) * a⁽²⁾
  }

  /// ∂J/∂θ⁽¹⁾ = (ŷ − y) · θ⁽³⁾ σ′(z⁽³⁾) · θ⁽²⁾ σ′(z⁽²⁾) · x, (11).
  public var gradientOfWeight1: Double {
    (ŷ - y) * θ⁽³⁾ * sigmoidSlope(z⁽³⁾) * θ⁽²⁾ * sigmoidSlope(z⁽²⁾) * x
  }

  /// Δθ⁽¹⁾, Δθ⁽²⁾, Δθ⁽³⁾ for the learning rate η, (12).
  public func updates(rate η: Double) -> Numbered {
    Numbered(
      [
        -η * ((ŷ - y) * θ⁽³⁾ * sigmoidSlope(z⁽³⁾) * θ⁽²⁾ * sigmoidSlope(z⁽²⁾) * x),
        -η * ((ŷ - y) * θ⁽³⁾ * sigmoidSlope(z⁽³⁾) * a⁽²⁾),
        -η * ((ŷ - y) * a⁽³⁾),
      ], from: 1)
  }
}
