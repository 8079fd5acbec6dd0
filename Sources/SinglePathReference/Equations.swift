// The equations of one single-path network, one function each. Numbers in parentheses are those of
// the derivation: (1)–(5) the sigmoid, (6)–(8) the network and its cost, (14)–(17) the error
// signals and the updates. (9)–(12) are in `WrittenOut.swift`, (13) is in `CentralDifference.swift`.
// The activations and costs that the derivation only names come after those that it derives.

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

/// σ(x) and σ′(x) from one exponential: with q = 1 / (1 + e⁻|ˣ|) they are q for x ≥ 0, e⁻|ˣ| q
/// below, and e⁻|ˣ| q².
func sigmoidAndSlope(_ x: Double) -> (value: Double, slope: Double) {
  let e = exp(-abs(x))
  let q = 1 / (1 + e)
  return (x < 0 ? e * q : q, e * q * q)
}

// MARK: - Other activations

/// The hyperbolic tangent, in −1...1: tanh(x) = 2 σ(2x) − 1.
public func hyperbolicTangent(_ x: Double) -> Double {
  tanh(x)
}

/// The slope of the hyperbolic tangent, in 0...1: tanh′(x) = 1 − tanh²(x) = 4 σ′(2x).
///
/// The last form keeps the digits that the subtraction would lose for large x.
public func hyperbolicTangentSlope(_ x: Double) -> Double {
  4 * sigmoidSlope(2 * x)
}

/// The rectifier: x above 0, and 0 below. NaN gives NaN.
public func rectifier(_ x: Double) -> Double {
  x <= 0 ? 0 : x
}

/// What the leaky rectifier lets through below 0: 0.01 in single precision, widened exactly.
public let leak = Double(Float(0.01))

/// The leaky rectifier: x above 0, and `leak` times x below. NaN gives NaN.
public func leakyRectifier(_ x: Double) -> Double {
  x <= 0 ? leak * x : x
}

/// The slope of a rectifier: 1 above 0, and `leak` below, 0 without one. At 0 it is that of below.
public func rectifierSlope(_ x: Double, leak: Double = 0) -> Double {
  x > 0 ? 1 : leak
}

/// The softplus, at least 0: ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻|ˣ|), which cannot overflow.
public func softplus(_ x: Double) -> Double {
  rectifier(x) + log1p(exp(-abs(x)))
}

/// The slope of the softplus, which is the sigmoid (1).
public func softplusSlope(_ x: Double) -> Double {
  sigmoid(x)
}

/// The first of the two probabilities that the softmax gives to (x, 0): eˣ / (eˣ + e⁰).
///
/// Divided by eˣ on both sides of the fraction, it is the sigmoid (1). Here both powers are divided
/// by the larger of them instead, so that neither overflows.
public func softmax(_ x: Double) -> Double {
  let (power, powerOf0) = (exp(min(x, 0)), exp(min(-x, 0)))
  return power / (power + powerOf0)
}

/// The slope of `softmax` by x, the product of the two probabilities.
public func softmaxSlope(_ x: Double) -> Double {
  softmax(x) * softmax(-x)
}

// MARK: - Forward

/// What enters a unit (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾.
///
/// The bias b is an extension: without it, or with b = 0, this is (6) to the letter.
public func weightedInput(weight θ: Double, _ a: Double, bias b: Double = 0) -> Double {
  θ * a + b
}

// MARK: - Costs of one sample

/// The squared error (7): J = ½ (ŷ − y)².
public func squaredError(prediction ŷ: Double, target y: Double) -> Double {
  0.5 * (ŷ - y) * (ŷ - y)
}

/// The Huber cost of the error e = ŷ − y: ½ e² up to the threshold κ > 0, κ (|e| − ½ κ) beyond.
public func huber(prediction ŷ: Double, target y: Double, threshold κ: Double) -> Double {
  let e = abs(ŷ - y)
  return e <= κ ? squaredError(prediction: ŷ, target: y) : κ * (e - 0.5 * κ)
}

/// The slope of the Huber cost by ŷ: ŷ − y, held to −κ...κ.
public func huberSlope(prediction ŷ: Double, target y: Double, threshold κ: Double) -> Double {
  clamped(ŷ - y, from: -κ, to: κ)
}

/// The curvature of the Huber cost by ŷ: 1 up to the threshold κ, 0 beyond.
public func huberCurvature(prediction ŷ: Double, target y: Double, threshold κ: Double) -> Double {
  abs(ŷ - y) <= κ ? 1 : 0
}

/// The cross-entropy −y ln ŷ − (1 − y) ln(1 − ŷ) of ŷ = σ(z), for y in 0...1, computed from z.
///
/// With ln σ(z) = −ln(1 + e⁻ᶻ) it is (1 − y) z + ln(1 + e⁻ᶻ) for z > 0, and −y z + ln(1 + eᶻ)
/// otherwise. Finite for every finite z.
public func crossEntropy(ofSigmoid z: Double, target y: Double) -> Double {
  (z > 0 ? 1 - y : y) * abs(z) + log1p(exp(-abs(z)))
}

/// How close to 0 and 1 a prediction may come before `crossEntropy` goes on along its tangent.
public let crossEntropyMargin = 0x1p-10

/// The cross-entropy of any ŷ, for y in 0...1: −y ln ŷ − (1 − y) ln(1 − ŷ) as long as ŷ is in
/// ε...1 − ε with ε = `crossEntropyMargin`, and its tangent at the nearer end beyond.
public func crossEntropy(prediction ŷ: Double, target y: Double) -> Double {
  let p = withinMargin(ŷ)
  return -y * log(p) - (1 - y) * log1p(-p) + crossEntropySlope(prediction: ŷ, target: y) * (ŷ - p)
}

/// The slope of `crossEntropy` by ŷ: (p − y) / (p (1 − p)), where p is ŷ held to ε...1 − ε.
public func crossEntropySlope(prediction ŷ: Double, target y: Double) -> Double {
  let p = withinMargin(ŷ)
  return (p - y) / (p * (1 - p))
}

/// The curvature of `crossEntropy` by ŷ: y / ŷ² + (1 − y) / (1 − ŷ)², and 0 on the tangents.
public func crossEntropyCurvature(prediction ŷ: Double, target y: Double) -> Double {
  ŷ == withinMargin(ŷ) ? y / (ŷ * ŷ) + (1 - y) / ((1 - ŷ) * (1 - ŷ)) : 0
}

private func withinMargin(_ ŷ: Double) -> Double {
  clamped(ŷ, from: crossEntropyMargin, to: 1 - crossEntropyMargin)
}

/// The value held to a range. NaN stays NaN.
func clamped(_ value: Double, from lower: Double, to upper: Double) -> Double {
  value < lower ? lower : value > upper ? upper : value
}

// MARK: - Error signals and updates

/// The error signal of the output (8), (14): δ⁽ᴸ⁺¹⁾ = ∂J/∂z⁽ᴸ⁺¹⁾ = ŷ − y, because g′ = 1.
///
/// The cross-entropy of a sigmoid or a softmax has it too: (ŷ − y) / (ŷ (1 − ŷ)) times their slope
/// ŷ (1 − ŷ).
public func outputErrorSignal(prediction ŷ: Double, target y: Double) -> Double {
  ŷ - y
}

/// The error signal of the output for any activation with any cost, by (13) and the chain rule (4).
///
/// - Parameters:
///   - costSlope: ∂J/∂ŷ.
///   - slope: g′(z⁽ᴸ⁺¹⁾).
public func outputErrorSignal(costSlope: Double, slope: Double) -> Double {
  costSlope * slope
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

/// The gradient of a bias, that of a weight with an input of 1: ∂J/∂b⁽ˡ⁾ = δ⁽ˡ⁺¹⁾.
public func biasGradient(errorSignal δ: Double) -> Double {
  δ
}

/// The update of a parameter (17): Δθ⁽ˡ⁾ = −η ∂J/∂θ⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, and Δb⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾.
public func update(rate η: Double, gradient: Double) -> Double {
  -η * gradient
}
