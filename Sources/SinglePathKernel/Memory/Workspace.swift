import SinglePathShims

/// The scratch memory of a call, cut into slots of one vector.
///
/// First the slots of the call, then rows and planes of a chunk, which all chunks use in turn, at last the
/// planes of a block: its parameters and the sums that are kept beside them.
struct Workspace<L: Lanes> {
  /// How many vectors pass a layer before the next layer's turn: enough to hide every latency, few enough
  /// to leave the first-level cache to the parameters.
  let chunkVectors: Int
  /// How many vectors a block holds: 1 or more for every call.
  let blockVectors: Int

  let base: UnsafeMutablePointer<Float>
  let parameterCount: Int
  let hiddenLayers: Int
  let sumCount: Int
  /// The first slot behind those of the call.
  let firstOfChunk: Int
  let firstOfBlock: Int
  let slotsOfBlockVector: Int

  /// - Parameter hasRows: whether the call uses the rows of a chunk.
  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, of call: UnsafePointer<sp_call>, hasRows: Bool) {
    let depth = Int(call.pointee.depth)
    let parameterCount = call.pointee.has_biases == 0 ? depth : 2 &* depth
    base = memory.assumingMemoryBound(to: Float.self)
    hiddenLayers = depth &- 1
    self.parameterCount = parameterCount
    sumCount =
      Int(call.pointee.operation) == SP_EXAMINE
      ? Int(SP_EXAMINED_ROWS) &+ (call.pointee.wants_gradient == 0 ? 0 : parameterCount)
      : call.pointee.batch > 1 ? parameterCount : 0
    firstOfChunk =
      Self.callSlots &+ (call.pointee.lower == nil ? parameterCount : 3 &* parameterCount)
    let free = Int(SP_WORKSPACE_BYTES) / (4 &* L.width) &- firstOfChunk
    let slotsOfChunkVector = hiddenLayers &+ (hasRows ? Self.chunkRows : 0)
    slotsOfBlockVector = parameterCount &+ sumCount
    // A chunk is a part of a block; where a block is smaller than a chunk should be, it is one chunk.
    let slotsOfVector = slotsOfChunkVector &+ slotsOfBlockVector
    chunkVectors =
      free >= Self.mostChunkVectors &* slotsOfVector
      ? Self.mostChunkVectors : Self.quotient(free, slotsOfVector)
    firstOfBlock = firstOfChunk &+ chunkVectors &* slotsOfChunkVector
    blockVectors = Self.quotient(
      free &- chunkVectors &* slotsOfChunkVector, slotsOfBlockVector)
  }

  @inline(__always)
  static var mostChunkVectors: Int { 12 }

  /// Small numbers; many machines divide them faster as 32 bits.
  @inline(__always)
  static func quotient(_ a: Int, _ b: Int) -> Int {
    Int(UInt32(truncatingIfNeeded: a) / UInt32(truncatingIfNeeded: b))
  }

  @inline(__always)
  func slot(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* L.width }

  // MARK: - Slots of the call

  /// What all paths share, or what the tail of a bank reads and writes instead of the host's memory.
  @inline(__always)
  var inputs: UnsafeMutablePointer<Float> { slot(0) }
  @inline(__always)
  var targets: UnsafeMutablePointer<Float> { slot(1) }
  @inline(__always)
  var rates: UnsafeMutablePointer<Float> { slot(2) }
  @inline(__always)
  var weights: UnsafeMutablePointer<Float> { slot(3) }
  @inline(__always)
  var outputs: UnsafeMutablePointer<Float> { slot(4) }
  @inline(__always)
  var verdicts: UnsafeMutablePointer<UInt8> { slot(5, as: UInt8.self) }
  @inline(__always)
  var lengths: UnsafeMutablePointer<UInt32> { slot(6, as: UInt32.self) }
  @inline(__always)
  var frozen: UnsafeMutablePointer<UInt16> { slot(7, as: UInt16.self) }
  /// A vector that a computation of one value for all paths may fill.
  @inline(__always)
  var constant: UnsafeMutablePointer<Float> { slot(8) }

  @inline(__always)
  static var callSlots: Int { 9 }

  /// The tail's parameters, and its bounds or those that all paths share.
  @inline(__always)
  var hostPlanes: Planes { callPlanes(0) }
  @inline(__always)
  var lower: Planes { callPlanes(1) }
  @inline(__always)
  var upper: Planes { callPlanes(2) }

  @inline(__always)
  func callPlanes(_ index: Int) -> Planes {
    Planes(slot(Self.callSlots &+ index &* parameterCount), planeStride: L.width, step: 0)
  }

  @inline(__always)
  func slot<Value>(_ index: Int, as _: Value.Type) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(slot(index)).assumingMemoryBound(to: Value.self)
  }

  // MARK: - Rows and planes of a chunk

  /// a⁽²⁾…a⁽ᴸ⁾.
  @inline(__always)
  var activations: Planes {
    Planes(slot(firstOfChunk), planeStride: L.width, step: hiddenLayers &* L.width)
  }

  /// y, NaN for each kind of missing sample.
  @inline(__always)
  var presentTargets: Row { chunkRow(0) }
  /// −∂J/∂z⁽ᴸ⁺¹⁾ times the sample's weight.
  @inline(__always)
  var signals: Row { chunkRow(1) }
  /// z⁽ᴸ⁺¹⁾.
  @inline(__always)
  var preactivations: Row { chunkRow(2) }
  /// ŷ.
  @inline(__always)
  var predictions: Row { chunkRow(3) }

  @inline(__always)
  static var chunkRows: Int { 4 }

  @inline(__always)
  func chunkRow(_ index: Int) -> Row {
    let first = firstOfChunk &+ chunkVectors &* (hiddenLayers &+ index)
    return Row(slot(first), step: L.width)
  }

  // MARK: - Planes of a block

  /// θ and b in training. A vector's planes are neighbours: planes that lie a multiple of 4 KiB apart
  /// alias falsely in the first-level cache.
  @inline(__always)
  var parameters: Planes { blockPlanes(0) }
  /// A batch's gradient in training, the rows of an examination.
  @inline(__always)
  var sums: Planes { blockPlanes(slotsOfBlockVector &- sumCount) }

  @inline(__always)
  func blockPlanes(_ first: Int) -> Planes {
    Planes(
      slot(firstOfBlock &+ first), planeStride: L.width, step: slotsOfBlockVector &* L.width)
  }

  /// Hands over the first vector of each chunk of a block, and how many it has.
  @inline(__always)
  func forEachChunk(of vectors: Int, _ body: (_ start: Int, _ vectors: Int) -> Void) {
    var start = 0
    while start < vectors {
      body(start, min(chunkVectors, vectors &- start))
      start &+= chunkVectors
    }
  }
}
