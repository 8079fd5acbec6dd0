import SinglePathShims

/// Where the new parameters of a frame go.
public protocol Destination<Vector> {
  associatedtype Vector: Lanes
  /// The new parameters of a vector, on their way.
  associatedtype Updates

  func begin() -> Updates
  /// Takes parameter p of vector v.
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout Updates)
  /// Ends vector v, all of whose parameters were taken, and returns how many of its paths diverged.
  func end(_ v: Int, _ updates: Updates, parameterCount: Int) -> Int
  /// The same destination from vector v on.
  func advanced(by v: Int) -> Self
}

/// The workspace, where the next frame finds them.
@usableFromInline
struct Keeping<Vector: Lanes>: Destination {
  @usableFromInline let planes: Planes

  @inlinable @inline(__always)
  init(in planes: Planes) { self.planes = planes }

  @inlinable @inline(__always)
  func begin() {}

  @inlinable @inline(__always)
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout Void) { planes[p].store(new, v) }

  @inlinable @inline(__always)
  func end(_ v: Int, _ updates: Void, parameterCount: Int) -> Int { 0 }

  @inlinable @inline(__always)
  func advanced(by v: Int) -> Self { Self(in: planes.advanced(by: v)) }
}

/// The host, after the last frame of a call. It gets the parameters that are finite, and a verdict for
/// each path. A path that is not finite keeps those from before the call.
@usableFromInline
struct HandingOver<Code: MachineCode>: Destination {
  @usableFromInline typealias Vector = Code.Vector

  @usableFromInline let host: Planes
  @usableFromInline let verdicts: UnsafeMutablePointer<UInt8>?
  /// The vectors of a block: so far ahead lies what is read next.
  @usableFromInline let ahead: Int

  @inlinable @inline(__always)
  init(to host: Planes, verdicts: UnsafeMutablePointer<UInt8>?, ahead: Int) {
    self.host = host
    self.verdicts = verdicts
    self.ahead = ahead
  }

  /// - Parameter copy: where the verdicts of a partial vector go first.
  @inlinable @inline(__always)
  init(
    to host: Planes, of call: sp_call, _ block: Block<Vector>,
    copy place: UnsafeMutablePointer<UInt8>
  ) {
    self.init(
      to: host, verdicts: call.verdicts.map { block.output($0, copy: place) },
      ahead: block.vectors)
  }

  @inlinable @inline(__always)
  func begin() -> ParameterValues<Vector> { ParameterValues(repeating: Vector(repeating: 0)) }

  @inlinable @inline(__always)
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout ParameterValues<Vector>) {
    updates[p] = new
  }

  @inlinable @inline(__always)
  func end(_ v: Int, _ updates: ParameterValues<Vector>, parameterCount: Int) -> Int {
    var finite = Vector(repeating: 0)
    forEachParameter(parameterCount) { p in finite = finite.checkingFinite(updates[p]) }
    if let verdicts {
      var same = Vector(repeating: 0)
      forEachParameter(parameterCount) { p in
        same = same.checkingSame(host[p].load(v), updates[p])
      }
      Vector.storeVerdicts(verdicts + v &* Vector.width, finite: finite, same: same)
    }
    forEachParameter(parameterCount) { p in
      host[p].store(finite.whereFinite(updates[p], otherwise: host[p].load(v)), v)
      host[p].prefetch(v &+ ahead, Vector.self)
    }
    return finite.notFiniteCount
  }

  /// Hands over parameters that are all there already.
  @inlinable @inline(__always)
  func handOver(_ trained: Planes, vectors: Int, parameterCount: Int) -> Int {
    var diverged = 0
    for v in 0..<vectors {
      var updates = begin()
      forEachParameter(parameterCount) { p in take(trained[p].load(v), p, v, &updates) }
      diverged &+= end(v, updates, parameterCount: parameterCount)
    }
    return diverged
  }

  @inlinable @inline(__always)
  func advanced(by v: Int) -> Self {
    Self(
      to: host.advanced(by: v), verdicts: verdicts.map { $0 + v &* Vector.width }, ahead: ahead)
  }
}
