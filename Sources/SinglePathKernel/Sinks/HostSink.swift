import SinglePathShims

/// (17) to the host, after the last frame of a call. It gets the parameters that are finite, and a verdict
/// for each path. A path that would not be finite keeps those from before the call.
struct HostSink<Vector: Lanes>: GradientSink {
  let host: Planes
  let verdicts: UnsafeMutablePointer<UInt8>?
  /// The vectors of a block: so far ahead lies what is read next.
  let prefetchDistance: Int

  @inline(__always)
  init(to host: Planes, verdicts: UnsafeMutablePointer<UInt8>?, prefetchDistance: Int) {
    self.host = host
    self.verdicts = verdicts
    self.prefetchDistance = prefetchDistance
  }

  /// - Parameter scratch: where the verdicts of a bank's tail go first.
  @inline(__always)
  init(
    to host: Planes, of call: UnsafePointer<sp_call>, _ block: Block<Vector>,
    scratch: UnsafeMutablePointer<UInt8>
  ) {
    self.init(
      to: host, verdicts: call.pointee.verdicts.map { block.output($0, scratch: scratch) },
      prefetchDistance: block.vectors)
  }

  /// The updated parameters of one vector, held in registers until they are stored.
  @inline(__always)
  func beginVector() -> ParameterValues<Vector> {
    ParameterValues(repeating: Vector(repeating: 0))
  }

  @inline(__always)
  func accept(
    _ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout ParameterValues<Vector>
  ) {
    pending[p] = update.new
  }

  @inline(__always)
  func finishVector(
    _ v: Int, _ updated: ParameterValues<Vector>, parameterCount: Int
  ) -> Int {
    var finite = Vector(repeating: 0)
    forEachParameter(parameterCount) { p in finite = finite.accumulatingNonFinite(updated[p]) }
    if let verdicts {
      var same = Vector(repeating: 0)
      forEachParameter(parameterCount) { p in
        same = same.accumulatingDifference(host[p].load(v), updated[p])
      }
      Vector.storeVerdicts(verdicts + v &* Vector.width, finite: finite, same: same)
    }
    forEachParameter(parameterCount) { p in
      host[p].store(finite.whereFinite(updated[p], otherwise: host[p].load(v)), v)
      host[p].prefetch(v &+ prefetchDistance, Vector.self)
    }
    return finite.notFiniteCount
  }

  /// Commits parameters that are all there already.
  @inline(__always)
  func commit(_ trained: Planes, vectors: Int, parameterCount: Int) -> Int {
    var diverged = 0
    for v in 0..<vectors {
      var updated = beginVector()
      forEachParameter(parameterCount) { p in updated[p] = trained[p].load(v) }
      diverged &+= finishVector(v, updated, parameterCount: parameterCount)
    }
    return diverged
  }

  @inline(__always)
  func advanced(by v: Int) -> Self {
    Self(
      to: host.advanced(by: v), verdicts: verdicts.map { $0 + v &* Vector.width },
      prefetchDistance: prefetchDistance)
  }
}
