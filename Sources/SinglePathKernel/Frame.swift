/// One frame of a block: a sample for each of its paths, and where the parameters are read and
/// written.
public struct Frame<Goal: Destination, let depth: Int> {
  @usableFromInline let x: Row
  @usableFromInline let y: Row
  @usableFromInline let rates: Row
  @usableFromInline let parameters: Planes
  @usableFromInline let goal: Goal
  @usableFromInline let activations: Planes
  @usableFromInline let vectors: Int

  @inlinable @inline(__always)
  init(
    x: Row, y: Row, rates: Row, parameters: Planes, goal: Goal, activations: Planes, vectors: Int
  ) {
    self.x = x
    self.y = y
    self.rates = rates
    self.parameters = parameters
    self.goal = goal
    self.activations = activations
    self.vectors = vectors
  }

  /// Trains every path of the block on this frame, chunk after chunk, and returns how many diverged.
  @inlinable @inline(__always)
  func train<Code: MachineCode, Kind: PathKind>(_: Code.Type, _: Kind.Type) -> Int {
    let path = Path<Goal.Vector, Kind>(depth: depth)
    var diverged = 0
    Workspace<Goal.Vector>.forEachChunk(of: vectors) { v, chunk in
      let old = parameters.advanced(by: v)
      Code.forward(Kind.self, depth, x.advanced(by: v), old, to: activations, chunk)
      diverged &+= path.backward(
        x.advanced(by: v), y.advanced(by: v), rates.advanced(by: v), activations, old,
        to: goal.advanced(by: v), vectors: chunk)
    }
    return diverged
  }
}
