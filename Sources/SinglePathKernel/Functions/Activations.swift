import SinglePathShims

/// An activation function of (6): an arithmetic of its own, the same bits on every machine. NaN stays
/// NaN.
protocol ActivationFunction {
  /// a = f(z).
  static func value<L: Lanes>(_ z: L) -> L
  /// f′(z) from the activation a = f(z), as (5) does it.
  static func slope<L: Lanes>(at a: L) -> L
  /// Gives out f(z) of each of some vectors, 1 or more.
  static func forEach<L: Lanes>(
    _ vectors: Int, of z: (_ v: Int) -> L, _ body: (_ a: L, _ v: Int) -> Void)

  /// The same function by a table, with the same slope; itself if there is none.
  associatedtype ByTable: ActivationFunction = Self
  static var hasTable: Bool { get }
}

extension ActivationFunction {
  @inline(__always)
  static var hasTable: Bool { false }

  @inline(__always)
  static func forEach<L: Lanes>(
    _ vectors: Int, of z: (_ v: Int) -> L, _ body: (_ a: L, _ v: Int) -> Void
  ) {
    for v in 0..<vectors { body(value(z(v)), v) }
  }
}

/// f(z) = z.
enum Identity: ActivationFunction {
  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L { z }

  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L { L(repeating: 1) }
}

/// f(z) = (1 − e⁻²ᶻ) / (1 + e⁻²ᶻ), with small relative errors too near 0.
enum HyperbolicTangent: ActivationFunction {
  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L {
    let domain = Exponential<L>.domain / 2
    let x = z.atMost(domain).atLeast(-domain)
    let e = Exponential(minus: x + x)
    let one = L(repeating: 1)
    return e.scaledOneMinusExp / L.fusedMultiplyAdd(e.evenPart, one + e.s, e.r * (one - e.s))
  }

  /// 1 − a² = (1 − a) (1 + a).
  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L {
    let one = L(repeating: 1)
    return (one - a) * (one + a)
  }
}

/// f(z) = z above 0, else 0; the slope at 0 is 0.
enum ReLU: ActivationFunction {
  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L { z.atLeast(0) }

  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L {
    L(repeating: 1).wherePositive(a, otherwise: L(repeating: 0))
  }
}

/// f(z) = z above 0, else 0.01 z; the slope at 0 is 0.01.
enum LeakyReLU: ActivationFunction {
  /// The float 0.01, of which every value below 0 is a product, rounded once.
  @inline(__always)
  static var leak: Float { 0.01 }

  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L {
    z.wherePositive(z, otherwise: L(repeating: leak) * z)
  }

  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L {
    L(repeating: 1).wherePositive(a, otherwise: L(repeating: leak))
  }
}

/// f(z) = ln(1 + eᶻ), a smooth ReLU.
enum Softplus: ActivationFunction {
  @inline(__always)
  static func value<L: Lanes>(_ z: L) -> L {
    z.atLeast(0) + log1pExpNegativeMagnitude(z)
  }

  /// 1 − e⁻ᵃ, which is σ(z).
  @inline(__always)
  static func slope<L: Lanes>(at a: L) -> L {
    let e = Exponential(minus: a.atMost(Exponential<L>.domain))
    return e.scaledOneMinusExp / (e.evenPart + e.r)
  }

  /// ln(1 + eᶻ) − max(z, 0) = ln(1 + E) with E = e^−|z|, which is 2 artanh(E / (2 + E)).
  @inline(__always)
  static func log1pExpNegativeMagnitude<L: Lanes>(_ z: L) -> L {
    let e = Exponential(minus: z.magnitude.atMost(Exponential<L>.domain))
    let A = e.evenPart
    let part = e.s * (A - e.r)
    let sum = A + e.r
    return Logarithm.twiceArtanh(part / (sum + sum + part))
  }
}

extension Lanes {
  /// |z|.
  @inline(__always)
  var magnitude: Self { wherePositive(self, otherwise: -self) }
}
