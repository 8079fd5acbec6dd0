@testable import SinglePathKernel

/// Four lanes that tell `OperationRecorder` what is computed of the first.
struct CountingLanes: Lanes {
  private let lanes: SIMD4<Float>

  private init(_ lanes: SIMD4<Float>) { self.lanes = lanes }

  private var first: Double { Double(lanes[0]) }

  // MARK: - What rounds

  static func + (a: Self, b: Self) -> Self {
    OperationRecorder.add(a.first, b.first)
    return Self(a.lanes + b.lanes)
  }
  static func - (a: Self, b: Self) -> Self {
    OperationRecorder.add(a.first, -b.first)
    return Self(a.lanes - b.lanes)
  }
  static func * (a: Self, b: Self) -> Self {
    OperationRecorder.multiply(a.first, b.first)
    return Self(a.lanes * b.lanes)
  }
  static func / (a: Self, b: Self) -> Self {
    OperationRecorder.divide(a.first, by: b.first)
    return Self(a.lanes / b.lanes)
  }
  static func fusedMultiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    OperationRecorder.fuse(a.first, b.first, c.first)
    return Self(SIMD4<Float>.fusedMultiplyAdd(a.lanes, b.lanes, c.lanes))
  }

  // MARK: - What does not

  static var width: Int { SIMD4<Float>.width }
  init(repeating value: Float) { self.init(SIMD4(repeating: value)) }
  static func load(_ source: UnsafePointer<Float>) -> Self { Self(SIMD4<Float>.load(source)) }
  func store(_ destination: UnsafeMutablePointer<Float>) { lanes.store(destination) }

  static prefix func - (a: Self) -> Self { Self(-a.lanes) }
  func atMost(_ bound: Float) -> Self { Self(lanes.atMost(bound)) }
  func atLeast(_ bound: Float) -> Self { Self(lanes.atLeast(bound)) }
  func atMost(_ bound: Self) -> Self { Self(lanes.atMost(bound.lanes)) }
  func atLeast(_ bound: Self) -> Self { Self(lanes.atLeast(bound.lanes)) }
  func shiftedToExponent() -> Self { Self(lanes.shiftedToExponent()) }
  func tableCoefficient(_ k: Int32) -> Self { Self(lanes.tableCoefficient(k)) }
  func wherePresent(_ sample: Self, otherwise: Self) -> Self {
    Self(lanes.wherePresent(sample.lanes, otherwise: otherwise.lanes))
  }
  func wherePositive(_ sample: Self, otherwise: Self) -> Self {
    Self(lanes.wherePositive(sample.lanes, otherwise: otherwise.lanes))
  }
  func whereEqual(_ a: Self, _ b: Self, otherwise: Self) -> Self {
    Self(lanes.whereEqual(a.lanes, b.lanes, otherwise: otherwise.lanes))
  }
  func whereWithin(_ lengths: UnsafePointer<UInt32>, _ t: UInt32) -> Self {
    Self(lanes.whereWithin(lengths, t))
  }
  static func mask(_ masks: UnsafePointer<UInt16>, bit p: Int32) -> Self {
    Self(SIMD4<Float>.mask(masks, bit: p))
  }
  var exponent: Self { Self(lanes.exponent) }
  var mantissa: Self { Self(lanes.mantissa) }

  // Sums of checks are exact.
  func accumulatingNonFinite(_ value: Self) -> Self {
    Self(lanes.accumulatingNonFinite(value.lanes))
  }
  func whereFinite(_ value: Self, otherwise: Self) -> Self {
    Self(lanes.whereFinite(value.lanes, otherwise: otherwise.lanes))
  }
  var notFiniteCount: Int { lanes.notFiniteCount }
  func accumulatingDifference(_ a: Self, _ b: Self) -> Self {
    Self(lanes.accumulatingDifference(a.lanes, b.lanes))
  }
  static func storeVerdicts(
    _ destination: UnsafeMutablePointer<UInt8>, finite: Self, same: Self
  ) {
    SIMD4<Float>.storeVerdicts(destination, finite: finite.lanes, same: same.lanes)
  }

  static func bitsLess(_ a: Self, _ b: Self) -> Self {
    Self(SIMD4<Float>.bitsLess(a.lanes, b.lanes))
  }
  static func bitsAtMost(_ a: Self, _ b: Self) -> Self {
    Self(SIMD4<Float>.bitsAtMost(a.lanes, b.lanes))
  }
  static func bitsEqual(_ a: Self, _ b: Self) -> Self {
    Self(SIMD4<Float>.bitsEqual(a.lanes, b.lanes))
  }
  static func bitsAnd(_ a: Self, _ b: Self) -> Self {
    Self(SIMD4<Float>.bitsAnd(a.lanes, b.lanes))
  }
  static func bitsOr(_ a: Self, _ b: Self) -> Self { Self(SIMD4<Float>.bitsOr(a.lanes, b.lanes)) }
  static func bitsNot(_ a: Self) -> Self { Self(SIMD4<Float>.bitsNot(a.lanes)) }
  static func choose(_ bits: Self, _ a: Self, _ b: Self) -> Self {
    Self(SIMD4<Float>.choose(bits.lanes, a.lanes, b.lanes))
  }
  var hasAnyBits: Bool { lanes.hasAnyBits }
  var withoutSign: Self { Self(lanes.withoutSign) }
  // No part of training or evaluation takes a root.
  var squareRoot: Self { Self(lanes.squareRoot) }
  func storeBytes(_ destination: UnsafeMutablePointer<UInt8>) { lanes.storeBytes(destination) }
}
