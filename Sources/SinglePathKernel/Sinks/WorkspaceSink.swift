/// (17) into the workspace, where the next frame finds the parameters.
public struct WorkspaceSink<Vector: Lanes>: PlaneSink {
  @usableFromInline let planes: Planes

  @_alwaysEmitIntoClient @inline(__always)
  init(to planes: Planes) { self.planes = planes }

  @_alwaysEmitIntoClient @inline(__always)
  public func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Void) {
    planes[p].store(update.new, v)
  }

  @_alwaysEmitIntoClient @inline(__always)
  public func advanced(by v: Int) -> Self { Self(to: planes.advanced(by: v)) }
}
