import SinglePathShims

/// An activation function of (6): an arithmetic of its own, the same bits on every machine. NaN stays
/// NaN.
public protocol ActivationFunction {
  /// The largest |value computed − true value| / max(1, |true value|) over every finite z.
  static var maximumError: Double { get }
  /// a = f(z).
  static func value<L: Lanes>(_ z: L) -> L
  /// f′(z) from the activation a = f(z), as (5) does it.
  static func slope<L: Lanes>(at a: L) -> L
  /// Gives out f(z) of each of some vectors, 1 or more.
  static func forEach<L: Lanes>(
    _ vectors: Int, of z: (_ v: Int) -> L, _ body: (_ a: L, _ v: Int) -> Void)
}

extension ActivationFunction {
  @inlinable @inline(__always)
  public static func forEach<L: Lanes>(
    _ vectors: Int, of z: (_ v: Int) -> L, _ body: (_ a: L, _ v: Int) -> Void
  ) {
    for v in 0..<vectors { body(value(z(v)), v) }
  }
}

/// f(z) = z.
public enum Identity: ActivationFunction {
  @inlinable
  public static var maximumError: Double { 0 }

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L { z }

  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L { L(repeating: 1) }
}

/// f(z) = (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ), with small relative errors too near 0.
public enum HyperbolicTangent: ActivationFunction {
  @inlinable
  public static var maximumError: Double { 1.5e-7 }

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L {
    let domain = Exponential<L>.domain / 2
    let x = z.atMost(domain).atLeast(-domain)
    let e = Exponential(minus: x + x)
    let one = L(repeating: 1)
    return e.oneMinus / L.fusedMultiplyAdd(e.A, one + e.s, e.r * (one - e.s))
  }

  /// 1 − a² = (1 − a) (1 + a).
  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L {
    let one = L(repeating: 1)
    return (one - a) * (one + a)
  }
}

/// f(z) = z above 0, else 0; the slope at 0 is 0.
public enum ReLU: ActivationFunction {
  @inlinable
  public static var maximumError: Double { 0 }

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L { z.atLeast(0) }

  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L {
    L(repeating: 1).wherePositive(a, otherwise: L(repeating: 0))
  }
}

/// f(z) = z above 0, else 0.01 z; the slope at 0 is 0.01.
public enum LeakyReLU: ActivationFunction {
  @inlinable
  public static var maximumError: Double { 0x1p-24 }

  /// The float 0.01, of which every value below 0 is a product, rounded once.
  @inlinable @inline(__always)
  public static var leak: Float { 0.01 }

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L {
    z.wherePositive(z, otherwise: L(repeating: leak) * z)
  }

  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L {
    L(repeating: 1).wherePositive(a, otherwise: L(repeating: leak))
  }
}

/// f(z) = ln(1 + eᶻ), a smooth ReLU.
public enum Softplus: ActivationFunction {
  @inlinable
  public static var maximumError: Double { 1.76e-7 }

  @inlinable @inline(__always)
  public static func value<L: Lanes>(_ z: L) -> L {
    z.atLeast(0) + aboveMaximum(z)
  }

  /// 1 − e⁻ᵃ, which is σ(z).
  @inlinable @inline(__always)
  public static func slope<L: Lanes>(at a: L) -> L {
    let e = Exponential(minus: a.atMost(Exponential<L>.domain))
    return e.oneMinus / (e.A + e.r)
  }

  /// ln(1 + eᶻ) − max(z, 0) = ln(1 + E) with E = e^−|z|, which is 2 artanh(E / (2 + E)).
  @inlinable @inline(__always)
  static func aboveMaximum<L: Lanes>(_ z: L) -> L {
    let e = Exponential(minus: z.magnitude.atMost(Exponential<L>.domain))
    let A = e.A
    let part = e.s * (A - e.r)
    let sum = A + e.r
    return Logarithm.twiceArtanh(part / (sum + sum + part))
  }
}

/// The natural logarithm, by the area hyperbolic tangent.
@usableFromInline
enum Logarithm {
  /// 2 artanh(w) for |w| ≤ ⅓: a polynomial in w² with a relative error of 8 · 10⁻⁹.
  @inlinable @inline(__always)
  static func twiceArtanh<L: Lanes>(_ w: L) -> L {
    let q = w * w
    var p = L.fusedMultiplyAdd(q, L(repeating: 0x1.208bd0p-2), L(repeating: 0x1.1e510ap-2))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 0x1.99dae6p-2))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 0x1.5554e0p-1))
    p = L.fusedMultiplyAdd(q, p, L(repeating: 2))
    return w * p
  }

  /// ln p of a positive normal number: p = 2ⁿ m, ln m = 2 artanh((m − 1) / (m + 1)).
  @inlinable @inline(__always)
  static func value<L: Lanes>(_ p: L) -> L {
    let one = L(repeating: 1)
    let m = p.mantissa
    let fraction = twiceArtanh((m - one) / (m + one))
    return L.fusedMultiplyAdd(p.exponent, L(repeating: 0x1.62e430p-1), fraction)
  }
}

extension Lanes {
  /// |z|.
  @inlinable @inline(__always)
  var magnitude: Self { wherePositive(self, otherwise: -self) }
}

/// An activation function that is chosen when the code runs.
public struct Activation {
  @usableFromInline let code: Int
  /// Follows the last of SP_HIDDEN_*.
  @inlinable @inline(__always)
  static var tableSigmoid: Int { 6 }

  @inlinable @inline(__always)
  init(code: Int, sigmoid: UInt8) {
    self.code =
      code == SP_HIDDEN_SIGMOID && Int(sigmoid) == SP_SIGMOID_TABLE ? Self.tableSigmoid : code
  }

  /// That of the hidden units.
  @inlinable @inline(__always)
  init(hiddenOf call: sp_call) { self.init(code: Int(call.hidden), sigmoid: call.sigmoid) }

  /// That of the output.
  @inlinable @inline(__always)
  init(outputOf call: sp_call) {
    let code =
      switch Int(call.output) {
      case SP_OUTPUT_SIGMOID: SP_HIDDEN_SIGMOID
      case SP_OUTPUT_TANH: SP_HIDDEN_TANH
      case SP_OUTPUT_SOFTPLUS: SP_HIDDEN_SOFTPLUS
      default: SP_HIDDEN_IDENTITY
      }
    self.init(code: code, sigmoid: call.sigmoid)
  }

  /// What is done with a row: f(θ a + b), or signals times θ f′ at the activations a.
  @usableFromInline
  enum Pass {
    case forward(bias: Row)
    case backward(signal: Row)
  }

  /// Makes a pass over a row.
  @inlinable @inline(__always)
  func run<Code: MachineCode>(
    _: Code.Type, _ pass: Pass, weight: Row, _ a: Row, to result: Row, vectors: Int
  ) {
    switch code {
    case SP_HIDDEN_SIGMOID: run(Code.self, PolynomialSigmoid.self, pass, weight, a, result, vectors)
    case SP_HIDDEN_TANH: run(Code.self, HyperbolicTangent.self, pass, weight, a, result, vectors)
    case SP_HIDDEN_RELU: run(Code.self, ReLU.self, pass, weight, a, result, vectors)
    case SP_HIDDEN_LEAKY_RELU: run(Code.self, LeakyReLU.self, pass, weight, a, result, vectors)
    case SP_HIDDEN_SOFTPLUS: run(Code.self, Softplus.self, pass, weight, a, result, vectors)
    case SP_HIDDEN_IDENTITY: run(Code.self, Identity.self, pass, weight, a, result, vectors)
    default: run(Code.self, TableSigmoid.self, pass, weight, a, result, vectors)
    }
  }

  @inlinable @inline(__always)
  func run<Code: MachineCode, F: ActivationFunction>(
    _: Code.Type, _: F.Type, _ pass: Pass, _ weight: Row, _ a: Row, _ result: Row, _ vectors: Int
  ) {
    typealias L = Code.Vector
    switch pass {
    case .forward(let bias):
      F.forEach(
        vectors, of: { v in L.fusedMultiplyAdd(weight.load(v), a.load(v), bias.load(v)) }
      ) { value, v in
        result.store(value, v)
      }
    case .backward(let signal):
      for v in 0..<vectors {
        let factor = (weight.load(v) as L) * F.slope(at: a.load(v))
        result.store((signal.load(v) as L) * factor, v)
      }
    }
  }
}
