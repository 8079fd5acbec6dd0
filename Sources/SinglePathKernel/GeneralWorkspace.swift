import SinglePathShims

/// The scratch memory of a call of the general kind, cut into places of one vector: constants, what
/// all paths share or a partial vector holds, and rows and planes of a block.
@usableFromInline
struct GeneralWorkspace<L: Lanes> {
  @usableFromInline let base: UnsafeMutablePointer<Float>
  @usableFromInline let depth: Int
  @usableFromInline let parameterCount: Int
  /// Planes of sums: of a batch's gradient, or of an examination.
  @usableFromInline let sumCount: Int

  @inlinable @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, of call: sp_call) {
    base = memory.assumingMemoryBound(to: Float.self)
    depth = Int(call.depth)
    parameterCount = call.has_biases == 0 ? depth : 2 &* depth
    sumCount =
      Int(call.operation) == SP_EXAMINE
      ? Int(SP_EXAMINED_ROWS) &+ (call.wants_gradient == 0 ? 0 : parameterCount)
      : call.batch > 1 ? parameterCount : 0
    L(repeating: 0).store(place(0))
    L(repeating: -0.0).store(place(1))
    L(repeating: 1).store(place(2))
    L(repeating: .infinity).store(place(3))
    L(repeating: -.infinity).store(place(4))
  }

  @inlinable @inline(__always)
  func place(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* L.width }

  @inlinable @inline(__always)
  func constant(_ index: Int) -> Row { Row(place(index), step: 0) }

  @inlinable @inline(__always)
  var zeros: Row { constant(0) }
  @inlinable @inline(__always)
  var minusZeros: Row { constant(1) }
  @inlinable @inline(__always)
  var ones: Row { constant(2) }
  @inlinable @inline(__always)
  var infinities: Row { constant(3) }
  @inlinable @inline(__always)
  var minusInfinities: Row { constant(4) }

  /// What all paths share, or what a partial vector reads and writes instead of the host's memory.
  @inlinable @inline(__always)
  var inputs: UnsafeMutablePointer<Float> { place(5) }
  @inlinable @inline(__always)
  var targets: UnsafeMutablePointer<Float> { place(6) }
  @inlinable @inline(__always)
  var rates: UnsafeMutablePointer<Float> { place(7) }
  @inlinable @inline(__always)
  var weights: UnsafeMutablePointer<Float> { place(8) }
  @inlinable @inline(__always)
  var outputs: UnsafeMutablePointer<Float> { place(9) }
  @inlinable @inline(__always)
  var verdicts: UnsafeMutablePointer<UInt8> { place(10, as: UInt8.self) }
  @inlinable @inline(__always)
  var lengths: UnsafeMutablePointer<UInt32> { place(11, as: UInt32.self) }
  @inlinable @inline(__always)
  var frozen: UnsafeMutablePointer<UInt16> { place(12, as: UInt16.self) }
  @inlinable @inline(__always)
  var hostPlanes: Planes { fixedPlanes(0) }
  @inlinable @inline(__always)
  var lower: Planes { fixedPlanes(1) }
  @inlinable @inline(__always)
  var upper: Planes { fixedPlanes(2) }

  @inlinable @inline(__always)
  func place<Value>(_ index: Int, as _: Value.Type) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(place(index)).assumingMemoryBound(to: Value.self)
  }

  @inlinable @inline(__always)
  func fixedPlanes(_ index: Int) -> Planes {
    Planes(place(13 &+ index &* parameterCount), planeStride: L.width, step: 0)
  }

  // MARK: - Of a block: rows and planes of each vector lie side by side.

  /// Places before the first vector's.
  @inlinable @inline(__always)
  var fixedPlaces: Int { 13 &+ 3 &* parameterCount }

  /// Places of each vector.
  @inlinable @inline(__always)
  var vectorPlaces: Int { 8 &+ (depth &- 1) &+ parameterCount &+ sumCount }

  /// How many vectors a block holds.
  @inlinable @inline(__always)
  var blockVectors: Int {
    (Int(SP_WORKSPACE_BYTES) / (4 &* L.width) &- fixedPlaces) / vectorPlaces
  }

  @inlinable @inline(__always)
  func row(_ index: Int) -> Row {
    Row(place(fixedPlaces &+ index), step: vectorPlaces &* L.width)
  }

  @inlinable @inline(__always)
  func planes(_ index: Int) -> Planes {
    Planes(
      place(fixedPlaces &+ index), planeStride: L.width, step: vectorPlaces &* L.width)
  }

  /// y, NaN for each kind of missing sample.
  @inlinable @inline(__always)
  var presentTargets: Row { row(0) }
  /// z⁽ᴸ⁺¹⁾ and ŷ.
  @inlinable @inline(__always)
  var z: Row { row(1) }
  @inlinable @inline(__always)
  var predictions: Row { row(2) }
  @inlinable @inline(__always)
  var slopes: Row { row(3) }
  /// Error signals of two layers, in turn.
  @inlinable @inline(__always)
  func signal(_ l: Int) -> Row { row(4 &+ l & 1) }
  /// NaN where a parameter is frozen.
  @inlinable @inline(__always)
  var mask: Row { row(6) }
  /// The smallest slope so far.
  @inlinable @inline(__always)
  var smallestSlopes: Row { row(7) }
  /// a⁽²⁾…a⁽ᴸ⁾.
  @inlinable @inline(__always)
  var activations: Planes { planes(8) }
  @inlinable @inline(__always)
  var parameters: Planes { planes(8 &+ depth &- 1) }
  @inlinable @inline(__always)
  var sums: Planes { planes(8 &+ depth &- 1 &+ parameterCount) }
}
