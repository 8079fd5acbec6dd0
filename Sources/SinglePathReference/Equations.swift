// The equations of one single-path network, one function each. Numbers in parentheses are those of
// the derivation: (1)–(5) the sigmoid, (6)–(8) the network and its cost, (13)–(17) the error
// signals and the updates. (9)–(12) are in `WrittenOut.swift`, (13) is in `CentralDifference.swift`.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#else
  import Foundation
#endif

// MARK: - The sigmoid

/// The sigmoid (1): σ(x) = 1 / (1 + e⁻ˣ), in 0...1.
///
/// The relative error is below `sigmoidRelativeError` on both sides wherever σ is a normal number,
/// given an `exp` that is right within one unit in the last place. NaN gives NaN.
public func sigmoid(_ x: Double) -> Double {
  // For x < 0, e⁻ˣ overflows long before σ vanishes; both sides of the fraction times eˣ do not.
  guard x < 0 else { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}

/// Bound of the relative error of `sigmoid`: 2⁻⁵² from `exp`, 2⁻⁵³ each from the sum and quotient.
public let sigmoidRelativeError = 0x1p-51

/// The slope of the sigmoid (5): σ′(x) = σ(x) (1 − σ(x)), in 0...0.25.
///
/// 1 − σ(x) is computed as its equal σ(−x): the subtraction would lose every digit for large x.
public func sigmoidSlope(_ x: Double) -> Double {
  sigmoid(x) * sigmoid(-x)
}

/// The slope of the sigmoid by the rules (2), (3) and (4) instead of by (5), which they prove.
///
/// - Parameter x: in −350...350; beyond, e⁻ˣ squared overflows.
public func sigmoidSlopeByRules(_ x: Double) -> Double {
  let (f, fSlope) = (1.0, 0.0)
  let g = 1 + exp(-x)
  // (4), the chain rule: h = e⁻ˣ has the outer slope e⁻ˣ and the inner slope −1.
  let gSlope = exp(-x) * -1
  // (2), the quotient rule: (f / g)′ = (f′g − g′f) / g², which is (3), −g′ / g², for this f.
  return (fSlope * g - gSlope * f) / (g * g)
}

// MARK: - Forward

/// What enters a unit (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾.
///
/// The bias b is an extension: without it, or with b = 0, this is (6) to the letter.
public func weightedInput(weight θ: Double, _ a: Double, bias b: Double = 0) -> Double {
  θ * a + b
}

/// The cost of one sample (7): J = ½ (ŷ − y)².
public func cost(prediction ŷ: Double, target y: Double) -> Double {
  0.5 * (ŷ - y) * (ŷ - y)
}

// MARK: - Error signals and updates

/// The error signal of the output (8), (14): δ⁽ᴸ⁺¹⁾ = ∂J/∂z⁽ᴸ⁺¹⁾ = ŷ − y, because g′ = 1.
public func outputErrorSignal(prediction ŷ: Double, target y: Double) -> Double {
  ŷ - y
}

/// The error signal of a hidden unit (15), (16): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ θ⁽ˡ⁾ σ′(z⁽ˡ⁾).
///
/// - Parameters:
///   - next: δ⁽ˡ⁺¹⁾, the error signal of the layer after it.
///   - θ: θ⁽ˡ⁾, from before its update.
///   - slope: σ′(z⁽ˡ⁾).
public func hiddenErrorSignal(next δ: Double, weight θ: Double, slope: Double) -> Double {
  δ * θ * slope
}

/// The gradient of a weight, the pattern of (9)–(11): ∂J/∂θ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ a⁽ˡ⁾.
public func weightGradient(errorSignal δ: Double, _ a: Double) -> Double {
  δ * a
}

/// The update of a weight (17): Δθ⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾.
public func weightUpdate(rate η: Double, errorSignal δ: Double, _ a: Double) -> Double {
  -η * δ * a
}

/// The update of a bias, (17) with an input of 1: Δb⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾.
public func biasUpdate(rate η: Double, errorSignal δ: Double) -> Double {
  -η * δ
}
