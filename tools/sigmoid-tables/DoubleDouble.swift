/// A number held as the unevaluated sum of two `Double`s, about 106 bits.
///
/// Every operation is made of correctly rounded IEEE sums, products and fused multiply-adds, so the
/// bits are the same on every machine; nothing here or anywhere in the generator calls libm's
/// transcendental functions. Error bounds, relative, with u = 2⁻⁵³: sum 3u², product 5u²,
/// quotient 10u² (Joldes, Muller and Popescu, ACM TOMS 44(2), 2017; quotient ≤ 15u²).
struct DoubleDouble {
  let high: Double
  let low: Double

  init(_ value: Double) {
    high = value
    low = 0
  }

  /// The exact sum of two numbers, renormalised (Knuth's TwoSum).
  init(sum a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = (a - (high - part)) + (b - part)
  }

  static func + (a: Self, b: Self) -> Self {
    let highs = Self(sum: a.high, b.high)
    let lows = Self(sum: a.low, b.low)
    let first = Self(sum: highs.high, highs.low + lows.high)
    return Self(sum: first.high, first.low + lows.low)
  }

  static prefix func - (a: Self) -> Self { Self(sum: -a.high, -a.low) }

  static func - (a: Self, b: Self) -> Self { a + -b }

  static func * (a: Self, b: Self) -> Self {
    let product = a.high * b.high
    let error = (-product).addingProduct(a.high, b.high)
    return Self(sum: product, error.addingProduct(a.high, b.low).addingProduct(a.low, b.high))
  }

  static func / (a: Self, b: Self) -> Self {
    let first = a.high / b.high
    let rest = a - b * Self(first)
    let second = rest.high / b.high
    let remainder = rest - b * Self(second)
    return Self(sum: first, second) + Self(remainder.high / b.high)
  }
}

extension DoubleDouble {
  /// ln 2 to 106 bits.
  private static let ln2 = Self(sum: 0x1.62e4_2fef_a39efp-1, 0x1.abc9_e3b3_9803fp-56)

  /// 1/n! for n = 0 ... 27; the first neglected term is below 0.35²⁸/28! < 2⁻¹³⁹.
  private static let inverseFactorials: [Self] = {
    var factorial = Self(1)
    return (0...27).map { n in
      if n > 0 { factorial = factorial * Self(Double(n)) }
      return Self(1) / factorial
    }
  }()

  /// eˣ for |x| ≤ 700, relative error below 2⁻⁹⁴.
  ///
  /// x = n ln 2 + r with |r| ≤ 0.35, then the series of eʳ. The product n ln 2 is wrong by at most
  /// 2⁻¹⁰⁰ · |x| absolutely, which for |x| ≤ 64 is 2⁻⁹⁴ relatively in eˣ and dwarfs the rest.
  static func exponential(_ x: Double) -> Self {
    let n = (x / ln2.high).rounded(.toNearestOrEven)
    let r = Self(x) - Self(n) * ln2
    let series = inverseFactorials.dropLast().reversed().reduce(inverseFactorials[27]) {
      $0 * r + $1
    }
    let scale = Double(sign: .plus, exponent: Int(n), significand: 1)
    return Self(sum: series.high * scale, series.low * scale)
  }
}
