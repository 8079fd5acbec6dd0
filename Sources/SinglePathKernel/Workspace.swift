import SinglePathShims

/// The scratch memory of a call, cut into places of one vector: a few of the call, the planes of a
/// partial vector, the activations of a chunk, and the parameters of a block.
@usableFromInline
struct Workspace<L: Lanes> {
  @usableFromInline let base: UnsafeMutablePointer<Float>
  @usableFromInline let depth: Int
  @usableFromInline let parameterCount: Int

  @inlinable @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, depth: Int, parameterCount: Int) {
    base = memory.assumingMemoryBound(to: Float.self)
    self.depth = depth
    self.parameterCount = parameterCount
  }

  @inlinable @inline(__always)
  func place(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* L.width }

  /// What all paths share, or what a partial vector reads and writes instead of the host's memory.
  @inlinable @inline(__always)
  var inputs: UnsafeMutablePointer<Float> { place(0) }
  @inlinable @inline(__always)
  var targets: UnsafeMutablePointer<Float> { place(1) }
  @inlinable @inline(__always)
  var rates: UnsafeMutablePointer<Float> { place(2) }
  @inlinable @inline(__always)
  var outputs: UnsafeMutablePointer<Float> { place(3) }
  @inlinable @inline(__always)
  var verdicts: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(place(4)).assumingMemoryBound(to: UInt8.self)
  }
  @inlinable @inline(__always)
  var hostPlanes: Planes { Planes(place(5), planeStride: L.width, step: 0) }

  /// Vectors that pass a layer before the next layer's turn: enough to hide every latency, few enough
  /// to leave the first-level cache to the parameters.
  @inlinable @inline(__always)
  static var chunkVectors: Int { 12 }

  /// Hands over the first vector of each chunk of a block, and how many it has.
  @inlinable @inline(__always)
  static func forEachChunk(of vectors: Int, _ body: (Int, Int) -> Void) {
    var start = 0
    while start < vectors {
      body(start, min(chunkVectors, vectors &- start))
      start &+= chunkVectors
    }
  }

  /// a⁽²⁾…a⁽ᴸ⁾ of a chunk.
  @inlinable @inline(__always)
  var activations: Planes {
    Planes(place(5 &+ parameterCount), planeStride: L.width, step: (depth &- 1) &* L.width)
  }

  /// The parameters of a block. A vector's planes are neighbours: planes that lie a multiple of
  /// 4 KiB apart alias falsely in the first-level cache.
  @inlinable @inline(__always)
  var parameters: Planes {
    Planes(
      place(5 &+ parameterCount &+ Self.chunkVectors &* (depth &- 1)), planeStride: L.width,
      step: parameterCount &* L.width)
  }

  /// How many vectors a block holds.
  @inlinable @inline(__always)
  var blockVectors: Int {
    let places = Int(SP_WORKSPACE_BYTES) / (4 &* L.width)
    return (places &- 5 &- parameterCount &- Self.chunkVectors &* (depth &- 1)) / parameterCount
  }
}
