import SinglePathShims

/// Yes or no for each lane.
@usableFromInline
struct Mask<L: Lanes>: BitwiseCopyable {
  /// All bits of a lane are set, or none.
  @usableFromInline let bits: L

  @_alwaysEmitIntoClient @inline(__always)
  init(bits: L) { self.bits = bits }

  /// The same answer for every lane.
  @_alwaysEmitIntoClient @inline(__always)
  init(_ answer: Bool) {
    bits = L(repeating: answer ? Float(bitPattern: .max) : 0)
  }

  @_alwaysEmitIntoClient @inline(__always)
  static func .& (a: Self, b: Self) -> Self { Self(bits: L.bitsAnd(a.bits, b.bits)) }
  @_alwaysEmitIntoClient @inline(__always)
  static func .| (a: Self, b: Self) -> Self { Self(bits: L.bitsOr(a.bits, b.bits)) }
  @_alwaysEmitIntoClient @inline(__always)
  static prefix func .! (a: Self) -> Self { Self(bits: L.bitsNot(a.bits)) }

  /// `a` where the answer is yes, else `b`.
  @_alwaysEmitIntoClient @inline(__always)
  func choose(_ a: L, _ b: L) -> L { L.choose(bits, a, b) }

  /// The value where the answer is yes, else 0.
  @_alwaysEmitIntoClient @inline(__always)
  func keep(_ a: L) -> L { L.choose(bits, a, L(repeating: 0)) }

  @_alwaysEmitIntoClient @inline(__always)
  var isAnySet: Bool { bits.hasAnyBits }
}

// A NaN is neither less than, at most nor equal to anything.
extension Lanes {
  @_alwaysEmitIntoClient @inline(__always)
  static func .< (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsLess(a, b)) }
  @_alwaysEmitIntoClient @inline(__always)
  static func .<= (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsAtMost(a, b)) }
  @_alwaysEmitIntoClient @inline(__always)
  static func .> (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsLess(b, a)) }
  @_alwaysEmitIntoClient @inline(__always)
  static func .>= (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsAtMost(b, a)) }
  @_alwaysEmitIntoClient @inline(__always)
  static func .== (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsEqual(a, b)) }

  /// This value plus or minus a·b, rounded once.
  @_alwaysEmitIntoClient @inline(__always)
  func adding(_ a: Self, times b: Self) -> Self { Self.fusedMultiplyAdd(a, b, self) }
  @_alwaysEmitIntoClient @inline(__always)
  func subtracting(_ a: Self, times b: Self) -> Self { Self.fusedMultiplyAdd(-a, b, self) }
}
