/// One frame of a block: a sample for each of its paths, and where the parameters are read and
/// written.
public struct Frame {
  @usableFromInline let x: Row
  @usableFromInline let y: Row
  @usableFromInline let rates: Row
  @usableFromInline let parameters: Planes
  @usableFromInline let updated: Planes
  @usableFromInline let activations: Planes
  @usableFromInline let vectors: Int
  @usableFromInline let depth: Int

  @inlinable @inline(__always)
  init(
    x: Row, y: Row, rates: Row, parameters: Planes, updated: Planes, activations: Planes,
    vectors: Int, depth: Int
  ) {
    self.x = x
    self.y = y
    self.rates = rates
    self.parameters = parameters
    self.updated = updated
    self.activations = activations
    self.vectors = vectors
    self.depth = depth
  }

  /// Trains every path of the block on this frame, chunk after chunk.
  @inlinable @inline(__always)
  func train<L: Lanes, Kind: PathKind>(_: L.Type, _: Kind.Type) {
    let path = Path<L, Kind>(depth: depth)
    Workspace<L>.forEachChunk(of: vectors) { v, chunk in
      let old = parameters.advanced(by: v)
      path.forward(x.advanced(by: v), old, to: activations, vectors: chunk)
      path.backward(
        x.advanced(by: v), y.advanced(by: v), rates.advanced(by: v), activations, old,
        to: updated.advanced(by: v), vectors: chunk)
    }
  }
}
