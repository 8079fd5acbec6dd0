/// One frame of a block: a sample for each of its paths, and where the parameters are read and
/// written.
public struct Frame<Goal: Destination> {
  @usableFromInline let x: Row
  @usableFromInline let y: Row
  @usableFromInline let rates: Row
  @usableFromInline let parameters: Planes
  @usableFromInline let goal: Goal
  @usableFromInline let activations: Planes
  @usableFromInline let vectors: Int
  @usableFromInline let depth: Int

  @inlinable @inline(__always)
  init(
    x: Row, y: Row, rates: Row, parameters: Planes, goal: Goal, activations: Planes,
    vectors: Int, depth: Int
  ) {
    self.x = x
    self.y = y
    self.rates = rates
    self.parameters = parameters
    self.goal = goal
    self.activations = activations
    self.vectors = vectors
    self.depth = depth
  }

  /// Trains every path of the block on this frame, chunk after chunk, and returns how many diverged.
  @inlinable @inline(__always)
  func train<Kind: PathKind>(_: Kind.Type) -> Int {
    let path = Path<Goal.Vector, Kind>(depth: depth)
    var diverged = 0
    Workspace<Goal.Vector>.forEachChunk(of: vectors) { v, chunk in
      let old = parameters.advanced(by: v)
      path.forward(x.advanced(by: v), old, to: activations, vectors: chunk)
      diverged &+= path.backward(
        x.advanced(by: v), y.advanced(by: v), rates.advanced(by: v), activations, old,
        to: goal.advanced(by: v), vectors: chunk)
    }
    return diverged
  }
}
