import SinglePathShims

/// Runs one call with vectors of a width, the host's floating-point state set aside, and returns how
/// many paths diverged.
///
/// Each instruction set stamps out this function for itself; everything below is inlined into it.
@inlinable @inline(__always)
public func runKernel<L: Lanes>(
  _ call: sp_call, _ workspace: UnsafeMutableRawPointer, _: L.Type
) -> Int {
  let state = sp_float_state_enter()
  defer { sp_float_state_leave(state) }
  return call.has_biases == 0
    ? run(call, workspace, Path<L>(depth: Int(call.depth), isBiased: false))
    : run(call, workspace, Path<L>(depth: Int(call.depth), isBiased: true))
}

@inlinable @inline(__always)
func run<L: Lanes>(_ call: sp_call, _ memory: UnsafeMutableRawPointer, _ path: Path<L>) -> Int {
  let workspace = Workspace<L>(
    memory, depth: path.depth, parameterCount: path.parameterCount)
  var diverged = 0
  var first = 0
  while first < Int(call.count) {
    let block = Block<L>(from: first, count: Int(call.count), vectors: workspace.blockVectors)
    switch Int(call.operation) {
    case SP_TRAIN: diverged &+= Training(call, path, workspace).run(block)
    case SP_PREDICT: Evaluation(call, path, workspace).predict(block)
    default: Evaluation(call, path, workspace).sumCosts(block)
    }
    first = block.end
  }
  return diverged
}
