import SinglePathShims

/// Training: the bank in blocks whose parameters stay in the first-level cache, in a block frame
/// after frame, in a frame chunk after chunk of vectors.
///
/// The first frame of a call reads the host's planes; the updates stay in the workspace; after the
/// last frame they go to the host. A path that is not finite then still has its old parameters in
/// the host's memory, and keeps them.
@usableFromInline
struct Training<Code: MachineCode, Links: LinkKind> {
  @usableFromInline typealias L = Code.Vector

  @usableFromInline let call: sp_call
  @usableFromInline let path: Path<L, Links>
  @usableFromInline let workspace: Workspace<L>

  @inlinable @inline(__always)
  init(_ call: sp_call, _ memory: UnsafeMutableRawPointer) {
    self.call = call
    path = Path(depth: Int(call.depth))
    workspace = Workspace(memory, depth: path.depth, parameterCount: path.parameterCount)
  }

  /// Trains the paths of a block on every frame and returns how many diverged.
  @inlinable @inline(__always)
  func run(_ block: Block<L>) -> Int {
    let host = block.planes(
      call.parameters, planeStride: call.parameter_stride, count: path.parameterCount,
      copy: workspace.hostPlanes)
    let rates = block.row(call.rates, step: call.rate_step, copy: workspace.rates)
    for t in 0..<Int(call.frames) {
      let x = block.row(
        call.inputs + t &* call.input_stride, step: call.input_step, copy: workspace.inputs,
        ahead: ahead(call.input_stride))
      let y = block.row(
        call.targets + t &* call.target_stride, copy: workspace.targets,
        ahead: ahead(call.target_stride))
      Code.train(
        Links.self,
        Frame(
          x: x, y: y, rates: rates, parameters: t == 0 ? host : workspace.parameters,
          updated: workspace.parameters, activations: workspace.activations,
          vectors: block.vectors, depth: path.depth))
    }
    let diverged = handOver(call.frames == 0 ? host : workspace.parameters, of: block, to: host)
    if block.partial != 0 {
      for p in 0..<path.parameterCount {
        block.finish(call.parameters + p &* call.parameter_stride, copy: host[p].first)
      }
    }
    return diverged
  }

  /// Where the samples lie that are read next: in the following row, or if there is none further on in
  /// this one.
  @inlinable @inline(__always)
  func ahead(_ stride: Int) -> Int { call.frames == 1 ? 512 : stride }

  /// Gives the host the parameters that are finite, and a verdict for each path.
  @inlinable @inline(__always)
  func handOver(_ trained: Planes, of block: Block<L>, to host: Planes) -> Int {
    let verdicts = call.verdicts.map { block.output($0, copy: workspace.verdicts) }
    var diverged = 0
    for v in 0..<block.vectors {
      var finite = L(repeating: 0)
      for p in 0..<path.parameterCount {
        finite = finite.checkingFinite(trained[p].load(v))
      }
      var same = L(repeating: 0)
      for p in 0..<path.parameterCount {
        let old: L = host[p].load(v)
        let new: L = trained[p].load(v)
        same = same.checkingSame(old, new)
        host[p].store(finite.whereFinite(new, otherwise: old), v)
      }
      diverged &+= finite.notFiniteCount
      if let verdicts {
        L.storeVerdicts(verdicts + v &* L.width, finite: finite, same: same)
      }
    }
    if let host = call.verdicts { block.finish(host, copy: workspace.verdicts) }
    return diverged
  }
}
