/// Sums |∂J/∂p| of every parameter over the frames. The rate of such a pass is 1.
struct GradientSizeSink<Vector: Lanes>: PlaneSink {
  let sums: Planes
  /// The plane of parameter 0.
  let first: Int

  @inline(__always)
  init(to sums: Planes, first: Int) {
    self.sums = sums
    self.first = first
  }

  @inline(__always)
  func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Void) {
    let row = sums[first &+ p]
    let sum: Vector = row.load(v)
    let size = (update.step * update.input).magnitude
    row.store((sum + size).wherePresent(update.target, otherwise: sum), v)
  }

  @inline(__always)
  func advanced(by v: Int) -> Self { Self(to: sums.advanced(by: v), first: first) }
}
