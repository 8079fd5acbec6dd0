import SinglePathShims

/// One frame of a block of plain samples: a sample for each of its paths, and the parameters before it.
struct Frame {
  let x: Row
  let y: Row
  let rates: Row
  let parameters: Planes
  let vectors: Int
}

/// Trains every path of a block on one frame, chunk after chunk: sigmoids, a linear output, the squared
/// error.
///
/// - Returns: how many paths diverged.
@inline(never)
func trainFrame<
  Code: InstructionSetTarget, Bias: BiasKind, Depth: DepthKind, Sink: GradientSink
>(
  _: Code.Type, _: Bias.Type, _: Depth.Type, _ frame: Frame, _ call: UnsafePointer<sp_call>,
  _ workspace: Workspace<Code.Vector>, to sink: Sink
) -> Int where Sink.Vector == Code.Vector {
  typealias Unit = PolynomialSigmoid
  let path = Path<Code.Vector, Unit, Bias, Depth>(depth: Int(call.pointee.depth))
  let byTable = Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE
  var diverged = 0
  workspace.forEachChunk(of: frame.vectors) { v, vectors in
    let x = frame.x.advanced(by: v)
    let parameters = frame.parameters.advanced(by: v)
    forwardPass(
      Code.self, Code.Vector.self, Unit.self, Bias.self, depth: path.depth, byTable: byTable, x,
      parameters, to: workspace.activations, vectors: vectors)
    let chunk = Chunk(
      x: x, y: frame.y.advanced(by: v), rates: frame.rates.advanced(by: v), signals: nil,
      parameters: parameters, activations: workspace.activations, vectors: vectors)
    diverged &+= path.backwardPass(chunk, to: sink.advanced(by: v))
  }
  return diverged
}

/// Trains every path of a block on one frame, with any hidden unit, output, cost, kind of sample and rules.
struct AnyFrame<Code: InstructionSetTarget, Bias: BiasKind>: ActivationTask {
  typealias L = Code.Vector

  let samples: SampleRows<L>
  let frame: SampleFrame
  let parameters: Planes
  let rules: UpdateRules<L>
  let isFirstOfBatch: Bool
  let isLastOfBatch: Bool

  @inline(__always)
  func run<Unit: ActivationFunction>(_: Unit.Type) {
    // Without rules a sink with rules does the same to the bit, and so does code for any depth. Where the
    // multiply-add is emulated, which takes nearly all of the time, they are enough.
    if rules.isEmpty && Code.hasConstantDepths {
      let sink = WorkspaceSink<L>(to: samples.workspace.parameters)
      if samples.call.pointee.depth == 3 {
        train(Unit.self, ConstantDepth<3>.self, to: sink)
      } else {
        train(Unit.self, AnyDepth.self, to: sink)
      }
    } else {
      train(
        Unit.self, AnyDepth.self,
        to: RuledSink(rules, isFirstOfBatch: isFirstOfBatch, isLastOfBatch: isLastOfBatch))
    }
  }

  @inline(never)
  func train<Unit: ActivationFunction, Depth: DepthKind, Sink: GradientSink>(
    _: Unit.Type, _: Depth.Type, to sink: Sink
  ) where Sink.Vector == L {
    let workspace = samples.workspace
    let path = Path<L, Unit, Bias, Depth>(depth: Int(samples.call.pointee.depth))
    let output = OutputLayer<Code, Bias>(samples.call, workspace)
    workspace.forEachChunk(of: samples.block.vectors) { v, vectors in
      let chunk = frame.advanced(by: v)
      let parameters = parameters.advanced(by: v)
      forwardPass(
        Code.self, L.self, Unit.self, Bias.self, depth: path.depth, byTable: output.byTable,
        chunk.x, parameters, to: workspace.activations, vectors: vectors)
      var (y, signals): (Row, Row?) = (chunk.y, nil)
      if samples.lengths != nil || !output.isOfDerivation {
        y = samples.presentTargets(chunk, from: v, vectors: vectors)
      }
      if !output.isOfDerivation {
        signals = output.errorSignals(chunk, y, parameters, vectors: vectors)
      }
      _ = path.backwardPass(
        Chunk(
          x: chunk.x, y: y, weights: output.isOfDerivation ? chunk.weights : nil,
          rates: rules.rates.advanced(by: v), signals: signals, parameters: parameters,
          activations: workspace.activations, vectors: vectors),
        to: sink.advanced(by: v))
    }
  }
}
