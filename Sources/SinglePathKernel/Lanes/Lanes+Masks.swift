import SinglePathShims

// Comparing and choosing for the three widths, and for pairs.

extension SIMD4 where Scalar == Float {
  @inline(__always)
  static func bitsLess(_ a: Self, _ b: Self) -> Self { sp_is_less_4(a, b) }
  @inline(__always)
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self { sp_is_at_most_4(a, b) }
  @inline(__always)
  static func bitsEqual(_ a: Self, _ b: Self) -> Self { sp_is_equal_4(a, b) }
  @inline(__always)
  static func bitsAnd(_ a: Self, _ b: Self) -> Self { sp_and_4(a, b) }
  @inline(__always)
  static func bitsOr(_ a: Self, _ b: Self) -> Self { sp_or_4(a, b) }
  @inline(__always)
  static func bitsNot(_ a: Self) -> Self { sp_not_4(a) }
  @inline(__always)
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self { sp_choose_4(bits, a, b) }
  @inline(__always)
  var hasAnyBits: Bool { sp_any_4(self) != 0 }
  @inline(__always)
  var withoutSign: Self { sp_magnitude_4(self) }
  @inline(__always)
  var squareRoot: Self { sp_square_root_4(self) }
  @inline(__always)
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>) {
    sp_store_bytes_4(destination, self)
  }
}

extension SIMD8 where Scalar == Float {
  @inline(__always)
  static func bitsLess(_ a: Self, _ b: Self) -> Self { sp_is_less_8(a, b) }
  @inline(__always)
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self { sp_is_at_most_8(a, b) }
  @inline(__always)
  static func bitsEqual(_ a: Self, _ b: Self) -> Self { sp_is_equal_8(a, b) }
  @inline(__always)
  static func bitsAnd(_ a: Self, _ b: Self) -> Self { sp_and_8(a, b) }
  @inline(__always)
  static func bitsOr(_ a: Self, _ b: Self) -> Self { sp_or_8(a, b) }
  @inline(__always)
  static func bitsNot(_ a: Self) -> Self { sp_not_8(a) }
  @inline(__always)
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self { sp_choose_8(bits, a, b) }
  @inline(__always)
  var hasAnyBits: Bool { sp_any_8(self) != 0 }
  @inline(__always)
  var withoutSign: Self { sp_magnitude_8(self) }
  @inline(__always)
  var squareRoot: Self { sp_square_root_8(self) }
  @inline(__always)
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>) {
    sp_store_bytes_8(destination, self)
  }
}

extension SIMD16 where Scalar == Float {
  @inline(__always)
  static func bitsLess(_ a: Self, _ b: Self) -> Self { sp_is_less_16(a, b) }
  @inline(__always)
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self { sp_is_at_most_16(a, b) }
  @inline(__always)
  static func bitsEqual(_ a: Self, _ b: Self) -> Self { sp_is_equal_16(a, b) }
  @inline(__always)
  static func bitsAnd(_ a: Self, _ b: Self) -> Self { sp_and_16(a, b) }
  @inline(__always)
  static func bitsOr(_ a: Self, _ b: Self) -> Self { sp_or_16(a, b) }
  @inline(__always)
  static func bitsNot(_ a: Self) -> Self { sp_not_16(a) }
  @inline(__always)
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self { sp_choose_16(bits, a, b) }
  @inline(__always)
  var hasAnyBits: Bool { sp_any_16(self) != 0 }
  @inline(__always)
  var withoutSign: Self { sp_magnitude_16(self) }
  @inline(__always)
  var squareRoot: Self { sp_square_root_16(self) }
  @inline(__always)
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>) {
    sp_store_bytes_16(destination, self)
  }
}

extension Pair {
  @inline(__always)
  static func bitsLess(_ a: Self, _ b: Self) -> Self {
    Self(Half.bitsLess(a.low, b.low), Half.bitsLess(a.high, b.high))
  }
  @inline(__always)
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self {
    Self(Half.bitsAtMost(a.low, b.low), Half.bitsAtMost(a.high, b.high))
  }
  @inline(__always)
  static func bitsEqual(_ a: Self, _ b: Self) -> Self {
    Self(Half.bitsEqual(a.low, b.low), Half.bitsEqual(a.high, b.high))
  }
  @inline(__always)
  static func bitsAnd(_ a: Self, _ b: Self) -> Self {
    Self(Half.bitsAnd(a.low, b.low), Half.bitsAnd(a.high, b.high))
  }
  @inline(__always)
  static func bitsOr(_ a: Self, _ b: Self) -> Self {
    Self(Half.bitsOr(a.low, b.low), Half.bitsOr(a.high, b.high))
  }
  @inline(__always)
  static func bitsNot(_ a: Self) -> Self { Self(Half.bitsNot(a.low), Half.bitsNot(a.high)) }
  @inline(__always)
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self {
    Self(Half.choose(bits.low, a.low, b.low), Half.choose(bits.high, a.high, b.high))
  }
  @inline(__always)
  var hasAnyBits: Bool { Half.bitsOr(low, high).hasAnyBits }
  @inline(__always)
  var withoutSign: Self { Self(low.withoutSign, high.withoutSign) }
  @inline(__always)
  var squareRoot: Self { Self(low.squareRoot, high.squareRoot) }
  @inline(__always)
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>) {
    low.storeBytes(destination)
    high.storeBytes(destination + Half.width)
  }
}
