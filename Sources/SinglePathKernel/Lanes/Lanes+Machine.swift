import SinglePathShims

// The three widths forward to the C shims of their width, and to Swift's own arithmetic.

extension SIMD4: Lanes where Scalar == Float {
  @inline(__always)
  static var width: Int { 4 }

  @inline(__always)
  static prefix func - (a: Self) -> Self { sp_negate_4(a) }
  @inline(__always)
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    sp_fma_4(a, b, c)
  }
  @inline(__always)
  func atMost(_ bound: Float) -> Self { sp_min_4(Self(repeating: bound), self) }
  @inline(__always)
  func atLeast(_ bound: Float) -> Self { sp_max_4(Self(repeating: bound), self) }
  @inline(__always)
  func atMost(_ bound: Self) -> Self { sp_min_4(bound, self) }
  @inline(__always)
  func atLeast(_ bound: Self) -> Self { sp_max_4(bound, self) }
  @inline(__always)
  func shiftedToExponent() -> Self { sp_to_exponent_4(self) }
  @inline(__always)
  func tableCoefficient(_ k: Int32) -> Self { sp_look_up_4(self, k) }
  @inline(__always)
  func wherePresent(_ sample: Self, otherwise: Self) -> Self {
    sp_present_4(sample, self, otherwise)
  }
  @inline(__always)
  func wherePositive(_ sample: Self, otherwise: Self) -> Self {
    sp_positive_4(sample, self, otherwise)
  }
  @inline(__always)
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self {
    sp_equal_4(a, b, self, otherwise)
  }
  @inline(__always)
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self {
    sp_within_4(self, lengths, t)
  }
  @inline(__always)
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self {
    sp_mask_4(masks, p)
  }
  @inline(__always)
  var exponent: Self { sp_exponent_4(self) }
  @inline(__always)
  var mantissa: Self { sp_mantissa_4(self) }

  @inline(__always)
  static func load(_ source: UnsafePointer<Float>) -> Self { sp_load_4(source) }
  @inline(__always)
  func store(_ destination: UnsafeMutablePointer<Float>) { sp_store_4(destination, self) }
  @inline(__always)
  func accumulatingNonFinite(_ value: Self) -> Self { sp_check_finite_4(self, value) }
  @inline(__always)
  func whereFinite(_ value: Self, otherwise: Self) -> Self {
    sp_if_finite_4(self, value, otherwise)
  }
  @inline(__always)
  var notFiniteCount: Int { sp_count_not_finite_4(self) }
  @inline(__always)
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self { sp_check_same_4(self, a, b) }
  @inline(__always)
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self
  ) {
    sp_store_verdicts_4(destination, finite, same)
  }
}

extension SIMD8: Lanes where Scalar == Float {
  @inline(__always)
  static var width: Int { 8 }

  @inline(__always)
  static prefix func - (a: Self) -> Self { sp_negate_8(a) }
  @inline(__always)
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    sp_fma_8(a, b, c)
  }
  @inline(__always)
  func atMost(_ bound: Float) -> Self { sp_min_8(Self(repeating: bound), self) }
  @inline(__always)
  func atLeast(_ bound: Float) -> Self { sp_max_8(Self(repeating: bound), self) }
  @inline(__always)
  func atMost(_ bound: Self) -> Self { sp_min_8(bound, self) }
  @inline(__always)
  func atLeast(_ bound: Self) -> Self { sp_max_8(bound, self) }
  @inline(__always)
  func shiftedToExponent() -> Self { sp_to_exponent_8(self) }
  @inline(__always)
  func tableCoefficient(_ k: Int32) -> Self { sp_look_up_8(self, k) }
  @inline(__always)
  func wherePresent(_ sample: Self, otherwise: Self) -> Self {
    sp_present_8(sample, self, otherwise)
  }
  @inline(__always)
  func wherePositive(_ sample: Self, otherwise: Self) -> Self {
    sp_positive_8(sample, self, otherwise)
  }
  @inline(__always)
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self {
    sp_equal_8(a, b, self, otherwise)
  }
  @inline(__always)
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self {
    sp_within_8(self, lengths, t)
  }
  @inline(__always)
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self {
    sp_mask_8(masks, p)
  }
  @inline(__always)
  var exponent: Self { sp_exponent_8(self) }
  @inline(__always)
  var mantissa: Self { sp_mantissa_8(self) }

  @inline(__always)
  static func load(_ source: UnsafePointer<Float>) -> Self { sp_load_8(source) }
  @inline(__always)
  func store(_ destination: UnsafeMutablePointer<Float>) { sp_store_8(destination, self) }
  @inline(__always)
  func accumulatingNonFinite(_ value: Self) -> Self { sp_check_finite_8(self, value) }
  @inline(__always)
  func whereFinite(_ value: Self, otherwise: Self) -> Self {
    sp_if_finite_8(self, value, otherwise)
  }
  @inline(__always)
  var notFiniteCount: Int { sp_count_not_finite_8(self) }
  @inline(__always)
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self { sp_check_same_8(self, a, b) }
  @inline(__always)
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self
  ) {
    sp_store_verdicts_8(destination, finite, same)
  }
}

extension SIMD16: Lanes where Scalar == Float {
  @inline(__always)
  static var width: Int { 16 }

  @inline(__always)
  static prefix func - (a: Self) -> Self { sp_negate_16(a) }
  @inline(__always)
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    sp_fma_16(a, b, c)
  }
  @inline(__always)
  func atMost(_ bound: Float) -> Self { sp_min_16(Self(repeating: bound), self) }
  @inline(__always)
  func atLeast(_ bound: Float) -> Self { sp_max_16(Self(repeating: bound), self) }
  @inline(__always)
  func atMost(_ bound: Self) -> Self { sp_min_16(bound, self) }
  @inline(__always)
  func atLeast(_ bound: Self) -> Self { sp_max_16(bound, self) }
  @inline(__always)
  func shiftedToExponent() -> Self { sp_to_exponent_16(self) }
  @inline(__always)
  func tableCoefficient(_ k: Int32) -> Self { sp_look_up_16(self, k) }
  @inline(__always)
  func wherePresent(_ sample: Self, otherwise: Self) -> Self {
    sp_present_16(sample, self, otherwise)
  }
  @inline(__always)
  func wherePositive(_ sample: Self, otherwise: Self) -> Self {
    sp_positive_16(sample, self, otherwise)
  }
  @inline(__always)
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self {
    sp_equal_16(a, b, self, otherwise)
  }
  @inline(__always)
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self {
    sp_within_16(self, lengths, t)
  }
  @inline(__always)
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self {
    sp_mask_16(masks, p)
  }
  @inline(__always)
  var exponent: Self { sp_exponent_16(self) }
  @inline(__always)
  var mantissa: Self { sp_mantissa_16(self) }

  @inline(__always)
  static func load(_ source: UnsafePointer<Float>) -> Self { sp_load_16(source) }
  @inline(__always)
  func store(_ destination: UnsafeMutablePointer<Float>) { sp_store_16(destination, self) }
  @inline(__always)
  func accumulatingNonFinite(_ value: Self) -> Self { sp_check_finite_16(self, value) }
  @inline(__always)
  func whereFinite(_ value: Self, otherwise: Self) -> Self {
    sp_if_finite_16(self, value, otherwise)
  }
  @inline(__always)
  var notFiniteCount: Int { sp_count_not_finite_16(self) }
  @inline(__always)
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self { sp_check_same_16(self, a, b) }
  @inline(__always)
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self
  ) {
    sp_store_verdicts_16(destination, finite, same)
  }
}
