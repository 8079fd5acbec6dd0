import SinglePathShims

/// Prediction and cost: the same order of blocks, frames and chunks as training, with the host's
/// parameters read in place.
@usableFromInline
struct Evaluation<Code: MachineCode, Kind: PathKind> {
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

  /// ŷ of every path of a block for every frame.
  @inlinable @inline(__always)
  func predict(_ block: Block<L>) {
    let parameters = planes(block)
    for t in 0..<Int(call.frames) {
      let host = call.outputs + t &* call.output_stride
      let outputs = Row(block.output(host, copy: workspace.outputs), step: L.width)
      forEachVector(t, block, parameters) { prediction, v in
        outputs.store(prediction.withOneNaN, v)
      }
      block.finish(host, copy: workspace.outputs)
    }
  }

  /// The sum over the frames of (7), J = ½ (ŷ − y)², of every path of a block, in the frames' order.
  @inlinable @inline(__always)
  func sumCosts(_ block: Block<L>) {
    let parameters = planes(block)
    let sums = Row(block.output(call.outputs, copy: workspace.outputs), step: L.width)
    for v in 0..<block.vectors { sums.store(L(repeating: 0), v) }
    for t in 0..<Int(call.frames) {
      let targets = block.row(call.targets + t &* call.target_stride, copy: workspace.targets)
      forEachVector(t, block, parameters) { prediction, v in
        let y: L = targets.load(v)
        let sum: L = sums.load(v)
        let error = prediction - y
        let newSum = L.fusedMultiplyAdd(L(repeating: 0.5) * error, error, sum)
        sums.store(newSum.withOneNaN.wherePresent(y, otherwise: sum), v)
      }
    }
    block.finish(call.outputs, copy: workspace.outputs)
  }

  @inlinable @inline(__always)
  func planes(_ block: Block<L>) -> Planes {
    block.planes(
      call.parameters, planeStride: call.parameter_stride, count: path.parameterCount,
      copy: workspace.hostPlanes)
  }

  /// Hands over ŷ of one frame, vector after vector.
  @inlinable @inline(__always)
  func forEachVector(
    _ t: Int, _ block: Block<L>, _ parameters: Planes, _ body: (L, Int) -> Void
  ) {
    let inputs = block.row(
      call.inputs + t &* call.input_stride, step: call.input_step, copy: workspace.inputs)
    Workspace<L>.forEachChunk(of: block.vectors) { start, chunk in
      let x = inputs.advanced(by: start)
      let near = parameters.advanced(by: start)
      Code.forward(Kind.self, path.depth, x, near, to: workspace.activations, chunk)
      for v in 0..<chunk {
        body(path.prediction(x, workspace.activations, near, v), start &+ v)
      }
    }
  }
}
