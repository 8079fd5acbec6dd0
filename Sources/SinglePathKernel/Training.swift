import SinglePathShims

/// Training: the bank in blocks whose parameters stay in the first-level cache, in a block frame
/// after frame, in a frame chunk after chunk of vectors.
///
/// The first frame of a call reads the host's planes; the updates stay in the workspace; those of the
/// last frame go to the host. A path that is not finite then still has its old parameters in the
/// host's memory, and keeps them.
@usableFromInline
struct Training<Code: MachineCode, Kind: PathKind> {
  @usableFromInline typealias L = Code.Vector

  @usableFromInline let source: UnsafePointer<sp_call>
  @usableFromInline let path: Path<L, Kind>
  @usableFromInline let workspace: Workspace<L>

  /// Read where it lies: the struct is large, and a small call has no time to copy it.
  @inlinable @inline(__always)
  var call: sp_call { source.pointee }

  @inlinable @inline(__always)
  init(_ source: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) {
    self.source = source
    path = Path(depth: Int(source.pointee.depth))
    workspace = Workspace(memory, depth: path.depth, parameterCount: path.parameterCount)
  }

  /// Trains the paths of a block on every frame and returns how many diverged.
  @inlinable @inline(__always)
  func run(_ block: Block<L>) -> Int {
    let host = block.planes(
      call.parameters, planeStride: call.parameter_stride, count: path.parameterCount,
      copy: workspace.hostPlanes)
    let handingOver = HandingOver<Code>(to: host, of: call, block, copy: workspace.verdicts)
    var diverged = 0
    let rates = block.rates(of: call, copy: workspace.rates)
    for t in 0..<Int(call.frames) {
      let x = block.row(
        call.inputs + t &* call.input_stride, step: call.input_step, copy: workspace.inputs,
        ahead: ahead(t, call.input_stride, block))
      let y = block.row(
        call.targets + t &* call.target_stride, copy: workspace.targets,
        ahead: ahead(t, call.target_stride, block))
      let old = t == 0 ? host : workspace.parameters
      if t &+ 1 < Int(call.frames) {
        _ = train(block, x, y, rates, old, to: Keeping(in: workspace.parameters))
      } else {
        diverged &+= train(block, x, y, rates, old, to: handingOver)
      }
    }
    if call.frames == 0 {
      diverged = handingOver.handOver(
        host, vectors: block.vectors, parameterCount: path.parameterCount)
    }
    block.finishTraining(
      host, parameterCount: path.parameterCount, of: call, copy: workspace.verdicts)
    return diverged
  }

  /// A function for each depth: the few operations of a layer would drown in counting layers.
  @inlinable @inline(__always)
  func train<Goal: Destination>(
    _ block: Block<L>, _ x: Row, _ y: Row, _ rates: Row, _ parameters: Planes, to goal: Goal
  ) -> Int where Goal.Vector == L {
    @inline(__always)
    func frame<let depth: Int>() -> Frame<Goal, depth> {
      Frame(
        x: x, y: y, rates: rates, parameters: parameters, goal: goal,
        activations: workspace.activations, vectors: block.vectors)
    }
    switch path.depth {
    case 1: return Code.train(Kind.self, frame() as Frame<Goal, 1>)
    case 2: return Code.train(Kind.self, frame() as Frame<Goal, 2>)
    case 3: return Code.train(Kind.self, frame() as Frame<Goal, 3>)
    case 4: return Code.train(Kind.self, frame() as Frame<Goal, 4>)
    case 5: return Code.train(Kind.self, frame() as Frame<Goal, 5>)
    case 6: return Code.train(Kind.self, frame() as Frame<Goal, 6>)
    case 7: return Code.train(Kind.self, frame() as Frame<Goal, 7>)
    default: return Code.train(Kind.self, frame() as Frame<Goal, 8>)
    }
  }

  /// Where the samples lie that are read next: in the following row, or after the last one in the first
  /// row of the next block.
  @inlinable @inline(__always)
  func ahead(_ t: Int, _ stride: Int, _ block: Block<L>) -> Int {
    t &+ 1 < Int(call.frames) ? stride : block.vectors &* L.width &- t &* stride
  }
}
