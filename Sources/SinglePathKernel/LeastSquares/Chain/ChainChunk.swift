/// A chunk of samples on its way through a chain, sample by sample: its activations, its row of the Jacobian and
/// four more numbers.
struct ChainChunk<L: Lanes> {
  let first: UnsafeMutablePointer<Float>
  let depth: Int

  @inline(__always)
  static func vectorsOfSample(_ depth: Int) -> Int { 3 &* depth &+ 3 }
  /// Samples of a chunk: enough to hide latencies, few enough for the first-level cache.
  @inline(__always)
  static func samples(_ depth: Int) -> Int { min(16, 120 / vectorsOfSample(depth)) }
  @inline(__always)
  static func vectors(depth: Int) -> Int { samples(depth) &* vectorsOfSample(depth) }

  @inline(__always)
  func planes(_ index: Int) -> Planes {
    Planes(
      first + index &* L.width, planeStride: L.width,
      step: Self.vectorsOfSample(depth) &* L.width)
  }

  /// a⁽²⁾…a⁽ᴸ⁾.
  @inline(__always)
  var activations: Planes { planes(0) }
  /// ∂z⁽ᴸ⁺¹⁾/∂p of every parameter.
  @inline(__always)
  var jacobian: Planes { planes(depth &- 1) }
  /// δ⁽ᴸ⁺¹⁾ with which the Jacobian begins: 1, or 0 for a missing sample.
  @inline(__always)
  var signals: Row { planes(3 &* depth &- 1)[0] }
  /// z⁽ᴸ⁺¹⁾, which w ∂J/∂z replaces.
  @inline(__always)
  var errors: Row { planes(3 &* depth &- 1)[1] }
  /// ŷ, which w times the curvature of J replaces.
  @inline(__always)
  var curvatures: Row { planes(3 &* depth &- 1)[2] }
  /// g′(z⁽ᴸ⁺¹⁾).
  @inline(__always)
  var slopes: Row { planes(3 &* depth &- 1)[3] }
}
