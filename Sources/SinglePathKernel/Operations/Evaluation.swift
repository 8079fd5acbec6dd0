import SinglePathShims

// Prediction, cost and examination: the same order of blocks, frames and chunks as training, with the
// host's parameters read in place.

/// ŷ of every path for every frame.
@inline(never)
func predictBank<Code: InstructionSetTarget, Bias: BiasKind>(
  _: Code.Type, _: Bias.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) {
  let workspace = Workspace<Code.Vector>(memory, of: call, hasRows: true)
  forEachBlock(of: call, workspace) { Evaluation<Code, Bias>(call, $0, workspace).predict() }
}

/// The weighted sum of J, for the shape's cost, over the frames, in their order.
@inline(never)
func sumCostsOfBank<Code: InstructionSetTarget, Bias: BiasKind>(
  _: Code.Type, _: Bias.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) {
  let workspace = Workspace<Code.Vector>(memory, of: call, hasRows: true)
  forEachBlock(of: call, workspace) { Evaluation<Code, Bias>(call, $0, workspace).sumCosts() }
}

/// The rows of SP_EXAMINED_* and the mean size of each parameter's gradient.
@inline(never)
func examineBank<Code: InstructionSetTarget, Bias: BiasKind>(
  _: Code.Type, _: Bias.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) {
  let workspace = Workspace<Code.Vector>(memory, of: call, hasRows: true)
  forEachBlock(of: call, workspace) { Evaluation<Code, Bias>(call, $0, workspace).examine() }
}

/// The evaluation of one block.
struct Evaluation<Code: InstructionSetTarget, Bias: BiasKind> {
  typealias L = Code.Vector

  let call: UnsafePointer<sp_call>
  let block: Block<L>
  let workspace: Workspace<L>
  let samples: SampleRows<L>
  let parameters: Planes
  let hidden: ActivationCode
  let output: OutputLayer<Code, Bias>

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ block: Block<L>, _ workspace: Workspace<L>) {
    self.call = call
    self.block = block
    self.workspace = workspace
    samples = SampleRows(call, block, workspace)
    parameters = block.parameters(
      of: call, count: workspace.parameterCount, scratch: workspace.hostPlanes)
    hidden = ActivationCode(hiddenOf: call)
    output = OutputLayer(call, workspace)
  }

  @inline(__always)
  var frames: Int { Int(call.pointee.frames) }

  @inline(__always)
  func predict() {
    for t in 0..<frames {
      let host = call.pointee.outputs + t &* call.pointee.output_stride
      let outputs = Row(block.output(host, scratch: workspace.outputs), step: L.width)
      forEachChunk(samples.inputs(t)) { x, parameters, start, vectors in
        if output.isIdentity {
          for v in 0..<vectors {
            let ŷ = output.preactivation(x, parameters, v)
            outputs.store(ŷ.canonicalizingNaN, start &+ v)
          }
        } else {
          let (_, predictions) = output.predict(x, parameters, vectors: vectors)
          for v in 0..<vectors {
            outputs.store((predictions.load(v) as L).canonicalizingNaN, start &+ v)
          }
        }
      }
      block.finish(host, scratch: workspace.outputs)
    }
  }

  @inline(__always)
  func sumCosts() {
    let host: UnsafeMutablePointer<Float> = call.pointee.outputs
    let sums = Row(block.output(host, scratch: workspace.outputs), step: L.width)
    for v in 0..<block.vectors { sums.store(L(repeating: 0), v) }
    if output.isOfDerivation && SampleRows<L>.arePlain(call) {
      for t in 0..<frames {
        let y = samples.targets(t)
        forEachChunk(samples.inputs(t)) { x, parameters, start, vectors in
          Cost.addSquares(
            targets: y.advanced(by: start), weights: nil, to: sums.advanced(by: start),
            vectors: vectors
          ) { v in output.preactivation(x, parameters, v) }
        }
      }
    } else {
      addCosts(to: sums)
    }
    block.finish(host, scratch: workspace.outputs)
  }

  @inline(never)
  func addCosts(to sums: Row) {
    for t in 0..<frames {
      let frame = samples.frame(t)
      forEachChunk(frame.x) { x, parameters, start, vectors in
        let chunk = frame.advanced(by: start)
        let y = samples.presentTargets(chunk, from: start, vectors: vectors)
        addCosts(chunk, y, parameters, to: sums.advanced(by: start), vectors: vectors)
      }
    }
  }

  @inline(never)
  func addCosts(
    _ chunk: SampleFrame, _ y: Row, _ parameters: Planes, to sums: Row, vectors: Int
  ) {
    // Functions, not closures, since only they can be inlined into each of the cost's loops.
    if output.isIdentity {
      @inline(__always)
      func linear(_ v: Int) -> (z: L, prediction: L) {
        let z = output.preactivation(chunk.x, parameters, v)
        return (z, z)
      }
      output.cost.add(
        targets: y, weights: chunk.weights, to: sums, vectors: vectors, output: linear)
    } else {
      let (z, predictions) = output.predict(chunk.x, parameters, vectors: vectors)
      @inline(__always)
      func activated(_ v: Int) -> (z: L, prediction: L) { (z.load(v), predictions.load(v)) }
      output.cost.add(
        targets: y, weights: chunk.weights, to: sums, vectors: vectors, output: activated)
    }
  }

  /// Makes the forward pass over one frame, and hands over every chunk of it.
  @inline(__always)
  func forEachChunk(
    _ inputs: Row, _ body: (_ x: Row, _ parameters: Planes, _ start: Int, _ vectors: Int) -> Void
  ) {
    workspace.forEachChunk(of: block.vectors) { start, vectors in
      let x = inputs.advanced(by: start)
      let parameters = parameters.advanced(by: start)
      Forward<Code, L, Bias>(
        depth: output.path.depth, byTable: output.byTable, x: x, parameters: parameters,
        activations: workspace.activations, vectors: vectors
      ).run(hidden)
      body(x, parameters, start, vectors)
    }
  }
}

/// The forward pass of a chunk, with any hidden unit.
struct Forward<Code: InstructionSetTarget, L: Lanes, Bias: BiasKind>: ActivationTask {
  let depth: Int
  let byTable: Bool
  let x: Row
  let parameters: Planes
  let activations: Planes
  let vectors: Int

  @inline(__always)
  func run<Unit: ActivationFunction>(_: Unit.Type) {
    forwardPass(
      Code.self, L.self, Unit.self, Bias.self, depth: depth, byTable: byTable, x, parameters,
      to: activations, vectors: vectors)
  }
}
