/// What is done with the updates that the backward pass finds.
protocol GradientSink<Vector> {
  associatedtype Vector: Lanes
  /// What is kept of a vector until all its parameters were accepted.
  associatedtype Pending

  func beginVector() -> Pending
  /// Takes the update of parameter p of vector v.
  func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Pending)
  /// Ends vector v, all of whose parameters were accepted, and returns how many of its paths diverged.
  func finishVector(_ v: Int, _ pending: Pending, parameterCount: Int) -> Int
  /// The same sink from vector v on.
  func advanced(by v: Int) -> Self
}

/// A sink that keeps nothing between the parameters of a vector, and does not look at what they become.
protocol PlaneSink: GradientSink where Pending == Void {}

extension PlaneSink {
  @inline(__always)
  func beginVector() {}

  @inline(__always)
  func finishVector(_ v: Int, _ pending: Void, parameterCount: Int) -> Int { 0 }
}
