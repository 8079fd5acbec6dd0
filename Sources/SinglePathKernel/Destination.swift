import SinglePathShims

/// Where a frame's new parameters go.
public protocol Destination<Vector> {
  associatedtype Vector: Lanes
  /// The new parameters of one vector, on their way.
  associatedtype Updates

  func begin() -> Updates
  /// Takes parameter p of vector v.
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout Updates)
  /// Ends vector v, whose parameters have all been taken, and returns how many of its paths diverged.
  func end(_ v: Int, _ updates: Updates, parameterCount: Int) -> Int
  /// The same destination from vector v on.
  func advanced(by v: Int) -> Self
}

/// Into the workspace, for the next frame.
@usableFromInline
struct Keeping<Vector: Lanes>: Destination {
  @usableFromInline let planes: Planes

  @inlinable @inline(__always)
  init(_ planes: Planes) { self.planes = planes }

  @inlinable @inline(__always)
  func begin() {}

  @inlinable @inline(__always)
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout Void) {
    planes[p].store(new, v)
  }

  @inlinable @inline(__always)
  func end(_ v: Int, _ updates: Void, parameterCount: Int) -> Int { 0 }

  @inlinable @inline(__always)
  func advanced(by v: Int) -> Self { Self(planes.advanced(by: v)) }
}

/// To the host, after the last frame of a call: the parameters that are finite, and a verdict for each
/// path. A path that is not finite keeps those from before the call.
@usableFromInline
struct HandingOver<Vector: Lanes>: Destination {
  @usableFromInline let host: Planes
  @usableFromInline let verdicts: UnsafeMutablePointer<UInt8>?
  /// The vectors of a block: so far ahead lies what is read next.
  @usableFromInline let ahead: Int

  @inlinable @inline(__always)
  init(_ host: Planes, verdicts: UnsafeMutablePointer<UInt8>?, ahead: Int) {
    self.host = host
    self.verdicts = verdicts
    self.ahead = ahead
  }

  @inlinable @inline(__always)
  func begin() -> InlineArray<16, Vector> { InlineArray(repeating: Vector(repeating: 0)) }

  @inlinable @inline(__always)
  func take(_ new: Vector, _ p: Int, _ v: Int, _ updates: inout InlineArray<16, Vector>) {
    updates[unchecked: p] = new
  }

  @inlinable @inline(__always)
  func end(_ v: Int, _ updates: InlineArray<16, Vector>, parameterCount: Int) -> Int {
    end(v, parameterCount: parameterCount) { updates[unchecked: $0] }
  }

  @inlinable @inline(__always)
  func end(_ v: Int, parameterCount: Int, new: (Int) -> Vector) -> Int {
    var finite = Vector(repeating: 0)
    for p in 0..<parameterCount { finite = finite.checkingFinite(new(p)) }
    if let verdicts {
      var same = Vector(repeating: 0)
      for p in 0..<parameterCount { same = same.checkingSame(host[p].load(v), new(p)) }
      Vector.storeVerdicts(verdicts + v &* Vector.width, finite: finite, same: same)
    }
    for p in 0..<parameterCount {
      host[p].store(finite.whereFinite(new(p), otherwise: host[p].load(v)), v)
      // Those of the next block.
      host[p].prefetch(v &+ ahead, Vector.self)
    }
    return finite.notFiniteCount
  }

  @inlinable @inline(__always)
  func advanced(by v: Int) -> Self {
    Self(
      host.advanced(by: v), verdicts: verdicts.map { $0 + v &* Vector.width }, ahead: ahead)
  }
}
