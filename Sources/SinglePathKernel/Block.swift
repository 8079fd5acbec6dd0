import SinglePathShims

/// Consecutive paths of a bank that are worked on together: whole vectors, or the one partial vector
/// at the end of a bank, which is read and written through copies, never past the bank's count.
@usableFromInline
struct Block<L: Lanes> {
  @usableFromInline let first: Int
  @usableFromInline let vectors: Int
  /// The paths of a partial vector, or 0.
  @usableFromInline let partial: Int

  /// The block that begins at a path, with at most so many vectors.
  @inlinable @inline(__always)
  init(from first: Int, count: Int, vectors capacity: Int) {
    let paths = count &- first
    self.first = first
    vectors = paths < L.width ? 1 : min(capacity, paths / L.width)
    partial = paths < L.width ? paths : 0
  }

  /// The first path after this block.
  @inlinable @inline(__always)
  var end: Int { partial == 0 ? first &+ vectors &* L.width : first &+ partial }

  /// A row of the host to be read, one value a path.
  @inlinable @inline(__always)
  func row(
    _ host: UnsafePointer<Float>, copy place: UnsafeMutablePointer<Float>, ahead: Int = 0
  ) -> Row {
    if partial == 0 { return Row(host + first, step: L.width, ahead: ahead) }
    for lane in 0..<L.width { place[lane] = lane < partial ? host[first &+ lane] : 0 }
    return Row(place, step: 0)
  }

  /// A row of the host to be read; with a step of 0 its one value is shared by all paths.
  @inlinable @inline(__always)
  func row(
    _ host: UnsafePointer<Float>, step: Int, copy place: UnsafeMutablePointer<Float>,
    ahead: Int = 0
  ) -> Row {
    if step != 0 { return row(host, copy: place, ahead: ahead) }
    L(repeating: host.pointee).store(place)
    return Row(place, step: 0)
  }

  /// η of every path.
  @inlinable @inline(__always)
  func rates(of call: sp_call, copy place: UnsafeMutablePointer<Float>) -> Row {
    if let rates = call.rates { return row(rates, step: call.rate_step, copy: place) }
    L(repeating: call.rate).store(place)
    return Row(place, step: 0)
  }

  /// One value a path that is not a float, to be read.
  @inlinable @inline(__always)
  func values<Value>(
    _ host: UnsafePointer<Value>, copy place: UnsafeMutablePointer<Value>
  ) -> UnsafePointer<Value> {
    if partial == 0 { return host + first }
    for lane in 0..<L.width { place[lane] = host[first &+ min(lane, partial &- 1)] }
    return UnsafePointer(place)
  }

  /// A row of the host to be written; `finish` copies what a partial vector got.
  @inlinable @inline(__always)
  func output<Value>(
    _ host: UnsafeMutablePointer<Value>, copy place: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    partial == 0 ? host + first : place
  }

  @inlinable @inline(__always)
  func finish<Value>(
    _ host: UnsafeMutablePointer<Value>, copy place: UnsafeMutablePointer<Value>
  ) {
    for lane in 0..<partial { host[first &+ lane] = place[lane] }
  }

  /// The host's planes, to be read and written.
  @inlinable @inline(__always)
  func planes(
    _ host: UnsafeMutablePointer<Float>, planeStride: Int, count: Int, copy place: Planes
  ) -> Planes {
    if partial == 0 { return Planes(host + first, planeStride: planeStride, step: L.width) }
    for p in 0..<count { _ = row(UnsafePointer(host) + p &* planeStride, copy: place[p].first) }
    return place
  }

  /// Copies to the host what a partial vector got.
  @inlinable @inline(__always)
  func finishTraining(
    _ host: Planes, parameterCount: Int, of call: sp_call, copy place: UnsafeMutablePointer<UInt8>
  ) {
    if let host = call.verdicts { finish(host, copy: place) }
    if partial != 0 {
      for p in 0..<parameterCount {
        finish(call.parameters + p &* call.parameter_stride, copy: host[p].first)
      }
    }
  }
}
