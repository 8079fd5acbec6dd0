/// Two vectors as one: each operation is done on both before the next, so that the latency of one hides
/// under the other where a machine looks ahead over few instructions.
struct Pair<Half: Lanes>: Lanes {
  let low: Half
  let high: Half

  @inline(__always)
  init(_ low: Half, _ high: Half) {
    self.low = low
    self.high = high
  }

  @inline(__always)
  static var width: Int { 2 &* Half.width }

  @inline(__always)
  init(repeating value: Float) {
    self.init(Half(repeating: value), Half(repeating: value))
  }
  @inline(__always)
  static func load(_ source: UnsafePointer<Float>) -> Self {
    Self(Half.load(source), Half.load(source + Half.width))
  }
  @inline(__always)
  func store(_ destination: UnsafeMutablePointer<Float>) {
    low.store(destination)
    high.store(destination + Half.width)
  }

  @inline(__always)
  static prefix func - (a: Self) -> Self { Self(-a.low, -a.high) }
  @inline(__always)
  static func + (a: Self, b: Self) -> Self { Self(a.low + b.low, a.high + b.high) }
  @inline(__always)
  static func - (a: Self, b: Self) -> Self { Self(a.low - b.low, a.high - b.high) }
  @inline(__always)
  static func * (a: Self, b: Self) -> Self { Self(a.low * b.low, a.high * b.high) }
  @inline(__always)
  static func / (a: Self, b: Self) -> Self { Self(a.low / b.low, a.high / b.high) }
  @inline(__always)
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    Self(
      Half.fusedMultiplyAdd(a.low, b.low, c.low), Half.fusedMultiplyAdd(a.high, b.high, c.high))
  }

  @inline(__always)
  func atMost(_ bound: Float) -> Self { Self(low.atMost(bound), high.atMost(bound)) }
  @inline(__always)
  func atLeast(_ bound: Float) -> Self { Self(low.atLeast(bound), high.atLeast(bound)) }
  @inline(__always)
  func atMost(_ bound: Self) -> Self {
    Self(low.atMost(bound.low), high.atMost(bound.high))
  }
  @inline(__always)
  func atLeast(_ bound: Self) -> Self {
    Self(low.atLeast(bound.low), high.atLeast(bound.high))
  }
  @inline(__always)
  func shiftedToExponent() -> Self {
    Self(low.shiftedToExponent(), high.shiftedToExponent())
  }
  @inline(__always)
  func tableCoefficient(_ k: Int32) -> Self {
    Self(low.tableCoefficient(k), high.tableCoefficient(k))
  }
  @inline(__always)
  func wherePresent(_ sample: Self, otherwise: Self) -> Self {
    Self(
      low.wherePresent(sample.low, otherwise: otherwise.low),
      high.wherePresent(sample.high, otherwise: otherwise.high))
  }
  @inline(__always)
  func wherePositive(_ sample: Self, otherwise: Self) -> Self {
    Self(
      low.wherePositive(sample.low, otherwise: otherwise.low),
      high.wherePositive(sample.high, otherwise: otherwise.high))
  }
  @inline(__always)
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self {
    Self(
      low.whereEqual(a.low, b.low, otherwise: otherwise.low),
      high.whereEqual(a.high, b.high, otherwise: otherwise.high))
  }
  @inline(__always)
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self {
    Self(low.whereWithin(lengths, t), high.whereWithin(lengths + Half.width, t))
  }
  @inline(__always)
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self {
    Self(Half.mask(masks, bit: p), Half.mask(masks + Half.width, bit: p))
  }
  @inline(__always)
  var exponent: Self { Self(low.exponent, high.exponent) }
  @inline(__always)
  var mantissa: Self { Self(low.mantissa, high.mantissa) }

  @inline(__always)
  func accumulatingNonFinite(_ value: Self) -> Self {
    Self(low.accumulatingNonFinite(value.low), high.accumulatingNonFinite(value.high))
  }
  @inline(__always)
  func whereFinite(_ value: Self, otherwise: Self) -> Self {
    Self(
      low.whereFinite(value.low, otherwise: otherwise.low),
      high.whereFinite(value.high, otherwise: otherwise.high))
  }
  @inline(__always)
  var notFiniteCount: Int { low.notFiniteCount &+ high.notFiniteCount }
  @inline(__always)
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self {
    Self(low.accumulatingDifference(a.low, b.low), high.accumulatingDifference(a.high, b.high))
  }
  @inline(__always)
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self
  ) {
    Half.storeVerdicts(destination, finite: finite.low, same: same.low)
    Half.storeVerdicts(destination + Half.width, finite: finite.high, same: same.high)
  }
}
