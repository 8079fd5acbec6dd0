extension Float {
  /// Whether it is finite and above 0, by its bits: a comparison of subnormal numbers depends on the host's
  /// floating-point state.
  @inlinable @inline(__always)
  var isFiniteAndPositive: Bool { 1..<Self.infinity.bitPattern ~= bitPattern }
}
