/// (17) into the workspace, where the next frame finds the parameters.
struct WorkspaceSink<Vector: Lanes>: PlaneSink {
  let planes: Planes

  @inline(__always)
  init(to planes: Planes) { self.planes = planes }

  @inline(__always)
  func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Void) {
    planes[p].store(update.new, v)
  }

  @inline(__always)
  func advanced(by v: Int) -> Self { Self(to: planes.advanced(by: v)) }
}
