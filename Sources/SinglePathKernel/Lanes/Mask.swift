import SinglePathShims

/// Yes or no for each lane.
struct Mask<L: Lanes>: BitwiseCopyable {
  /// All bits of a lane are set, or none.
  let bits: L

  @inline(__always)
  init(bits: L) { self.bits = bits }

  /// The same answer for every lane.
  @inline(__always)
  init(_ answer: Bool) {
    bits = L(repeating: answer ? Float(bitPattern: .max) : 0)
  }

  @inline(__always)
  static func .& (a: Self, b: Self) -> Self { Self(bits: L.bitsAnd(a.bits, b.bits)) }
  @inline(__always)
  static func .| (a: Self, b: Self) -> Self { Self(bits: L.bitsOr(a.bits, b.bits)) }
  @inline(__always)
  static prefix func .! (a: Self) -> Self { Self(bits: L.bitsNot(a.bits)) }

  /// `a` where the answer is yes, else `b`.
  @inline(__always)
  func choose(_ a: L, _ b: L) -> L { L.choose(bits, a, b) }

  /// The value where the answer is yes, else 0.
  @inline(__always)
  func keep(_ a: L) -> L { L.choose(bits, a, L(repeating: 0)) }

  @inline(__always)
  var isAnySet: Bool { bits.hasAnyBits }
}

// A NaN is neither less than, at most nor equal to anything.
extension Lanes {
  @inline(__always)
  static func .< (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsLess(a, b)) }
  @inline(__always)
  static func .<= (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsAtMost(a, b)) }
  @inline(__always)
  static func .> (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsLess(b, a)) }
  @inline(__always)
  static func .>= (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsAtMost(b, a)) }
  @inline(__always)
  static func .== (a: Self, b: Self) -> Mask<Self> { Mask(bits: bitsEqual(a, b)) }

  /// This value plus or minus a·b, rounded once.
  @inline(__always)
  func adding(_ a: Self, times b: Self) -> Self { Self.fusedMultiplyAdd(a, b, self) }
  @inline(__always)
  func subtracting(_ a: Self, times b: Self) -> Self { Self.fusedMultiplyAdd(-a, b, self) }
}
