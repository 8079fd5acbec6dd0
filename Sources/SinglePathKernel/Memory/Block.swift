import SinglePathShims

/// Consecutive paths of a bank that are worked on together: whole vectors, or the tail at the end of a
/// bank that fills no vector. The tail is read and written through copies, never past the bank's count.
struct Block<L: Lanes> {
  let first: Int
  let vectors: Int
  /// The paths of a tail, or 0.
  let tail: Int

  /// The block that begins at a path, with at most so many vectors.
  @inline(__always)
  init(from first: Int, count: Int, vectors capacity: Int) {
    let paths = count &- first
    self.first = first
    vectors = paths < L.width ? 1 : min(capacity, paths / L.width)
    tail = paths < L.width ? paths : 0
  }

  /// The first path after this block.
  @inline(__always)
  var end: Int { tail == 0 ? first &+ vectors &* L.width : first &+ tail }

  /// A row of the host to be read, one value a path.
  @inline(__always)
  func row(
    _ host: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>, prefetchDistance: Int = 0
  ) -> Row {
    if tail == 0 { return Row(host + first, step: L.width, prefetchDistance: prefetchDistance) }
    for lane in 0..<L.width { scratch[lane] = lane < tail ? host[first &+ lane] : 0 }
    return Row(scratch, step: 0)
  }

  /// A row of the host to be read; with a step of 0 its one value is shared by all paths.
  @inline(__always)
  func row(
    _ host: UnsafePointer<Float>, step: Int, scratch: UnsafeMutablePointer<Float>,
    prefetchDistance: Int = 0
  ) -> Row {
    if step != 0 { return row(host, scratch: scratch, prefetchDistance: prefetchDistance) }
    return shared(host.pointee, scratch: scratch)
  }

  /// A row of one value for all paths.
  @inline(__always)
  func shared(_ value: Float, scratch: UnsafeMutablePointer<Float>) -> Row {
    L(repeating: value).store(scratch)
    return Row(scratch, step: 0)
  }

  /// η of every path.
  @inline(__always)
  func rates(of call: UnsafePointer<sp_call>, scratch: UnsafeMutablePointer<Float>) -> Row {
    guard let rates = call.pointee.rates else {
      return shared(call.pointee.rate, scratch: scratch)
    }
    return row(rates, step: call.pointee.rate_step, scratch: scratch)
  }

  /// One value a path that is not a float, to be read.
  @inline(__always)
  func values<Value>(
    _ host: UnsafePointer<Value>, scratch: UnsafeMutablePointer<Value>
  ) -> UnsafePointer<Value> {
    if tail == 0 { return host + first }
    for lane in 0..<L.width { scratch[lane] = host[first &+ min(lane, tail &- 1)] }
    return UnsafePointer(scratch)
  }

  /// A row of the host to be written; `finish` copies what a tail got.
  @inline(__always)
  func output<Value>(
    _ host: UnsafeMutablePointer<Value>, scratch: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    tail == 0 ? host + first : scratch
  }

  @inline(__always)
  func finish<Value>(
    _ host: UnsafeMutablePointer<Value>, scratch: UnsafeMutablePointer<Value>
  ) {
    for lane in 0..<tail { host[first &+ lane] = scratch[lane] }
  }

  /// The host's parameters, to be read and written.
  @inline(__always)
  func parameters(of call: UnsafePointer<sp_call>, count: Int, scratch: Planes) -> Planes {
    let (host, stride) = (call.pointee.parameters, call.pointee.parameter_stride)
    guard let host else { return scratch }
    if tail == 0 { return Planes(host + first, planeStride: stride, step: L.width) }
    for p in 0..<count {
      _ = row(UnsafePointer(host) + p &* stride, scratch: scratch[p].first)
    }
    return scratch
  }

  /// Copies to the host what a tail's parameters became.
  @inline(__always)
  func finishParameters(of call: UnsafePointer<sp_call>, _ scratch: Planes, count: Int) {
    guard tail != 0, let host = call.pointee.parameters else { return }
    for p in 0..<count {
      finish(host + p &* call.pointee.parameter_stride, scratch: scratch[p].first)
    }
  }
}

/// Hands over the blocks of a bank, in order.
@inline(__always)
func forEachBlock<L: Lanes>(
  of call: UnsafePointer<sp_call>, _ workspace: Workspace<L>, _ body: (Block<L>) -> Void
) {
  // A block without vectors would have no end.
  assert(workspace.blockVectors > 0 && workspace.chunkVectors > 0)
  var first = 0
  while first < Int(call.pointee.count) {
    let block = Block<L>(
      from: first, count: Int(call.pointee.count), vectors: workspace.blockVectors)
    body(block)
    first = block.end
  }
}
