import SinglePathShims

/// One machine vector: values of several paths, one a lane.
///
/// Every operation is one correctly rounded IEEE operation on each lane, so that a lane's bits do not
/// depend on the width or the instruction set.
protocol Lanes: BitwiseCopyable {
  /// How many paths one value holds.
  static var width: Int { get }

  init(repeating value: Float)
  static func load(_ source: UnsafePointer<Float>) -> Self
  func store(_ destination: UnsafeMutablePointer<Float>)

  static prefix func - (a: Self) -> Self
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self

  /// a·b + c, rounded once.
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self

  /// The value, at most or at least the bound; NaN stays.
  func atMost(_ bound: Float) -> Self
  func atLeast(_ bound: Float) -> Self
  func atMost(_ bound: Self) -> Self
  func atLeast(_ bound: Self) -> Self

  /// The float whose exponent field is the low byte of this one's mantissa: `bits << 23`.
  func shiftedToExponent() -> Self

  /// Coefficient k of the sigmoid's table, for the segment that this t falls into.
  func tableCoefficient(_ k: Int32) -> Self

  /// The value where `sample` is a number, else `otherwise`.
  func wherePresent(_ sample: Self, otherwise: Self) -> Self

  /// This value where `sample` is above 0, else `otherwise`.
  func wherePositive(_ sample: Self, otherwise: Self) -> Self
  /// This value where `a` equals `b`, else `otherwise`.
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self
  /// This value where a path has more than t samples, else NaN.
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self
  /// NaN where bit p of a path's mask is set, else 0.
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self

  /// n and m of this positive normal number, 2ⁿ m with √½ ≤ m < √2.
  var exponent: Self { get }
  var mantissa: Self { get }

  /// Adds to a sum of checks: zero for a finite value, NaN otherwise.
  func accumulatingNonFinite(_ value: Self) -> Self
  /// The value where this sum of checks is zero, else `otherwise`.
  func whereFinite(_ value: Self, otherwise: Self) -> Self
  /// How many lanes of this sum of checks are not zero.
  var notFiniteCount: Int { get }
  /// Adds to a sum of checks the bits in which two values differ.
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self
  /// Writes one verdict a lane, from the two sums of checks.
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self)

  /// Lanes with all bits set where it is so, and none elsewhere. A NaN is neither less nor equal.
  static func bitsLess(_ a: Self, _ b: Self) -> Self
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self
  static func bitsEqual(_ a: Self, _ b: Self) -> Self
  static func bitsAnd(_ a: Self, _ b: Self) -> Self
  static func bitsOr(_ a: Self, _ b: Self) -> Self
  static func bitsNot(_ a: Self) -> Self
  /// `a` where the bits are set, else `b`.
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self
  /// Whether the bits of any lane are set.
  var hasAnyBits: Bool { get }

  /// This value without its sign.
  var withoutSign: Self { get }
  var squareRoot: Self { get }
  /// Writes one small whole number a lane.
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>)
}

extension Lanes {
  /// Any NaN made the one NaN, whose bits are the same on every machine.
  @inline(__always)
  var canonicalizingNaN: Self { wherePresent(self, otherwise: Self(repeating: .nan)) }
}
