import SinglePathShims

/// The output of every path of a chunk, (6), and its error signal, (13), for every output and cost. What to
/// do is chosen when the code runs, once a chunk.
struct OutputLayer<Code: InstructionSetTarget, Bias: BiasKind> {
  typealias L = Code.Vector

  let path: Path<L, Identity, Bias, AnyDepth>
  let function: ActivationCode
  let byTable: Bool
  let cost: Cost
  let workspace: Workspace<L>

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ workspace: Workspace<L>) {
    path = Path(depth: Int(call.pointee.depth))
    function = ActivationCode(outputOf: call)
    byTable = Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE
    cost = Cost(of: call)
    self.workspace = workspace
  }

  @inline(__always)
  var isIdentity: Bool { function == .identity }

  /// Whether the output is linear and the cost the squared error, so that the error signal is (14), which
  /// the backward pass computes in registers.
  @inline(__always)
  var isOfDerivation: Bool { isIdentity && cost.isSquaredError }

  /// z⁽ᴸ⁺¹⁾ of vector v, after `forwardPass`.
  @inline(__always)
  func preactivation(_ x: Row, _ parameters: Planes, _ v: Int) -> L {
    let a = path.activation(path.depth, x, workspace.activations)
    return path.preactivation(a, layer: path.depth, parameters, v)
  }

  /// Rows of z⁽ᴸ⁺¹⁾ and of ŷ = g(z⁽ᴸ⁺¹⁾).
  @inline(__always)
  func predict(_ x: Row, _ parameters: Planes, vectors: Int) -> (z: Row, predictions: Row) {
    let z = workspace.preactivations
    for v in 0..<vectors { z.store(preactivation(x, parameters, v), v) }
    if isIdentity { return (z, z) }
    Activating<Code, L>(z: z, result: workspace.predictions, byTable: byTable, vectors: vectors)
      .run(function)
    return (z, workspace.predictions)
  }

  /// The row of −∂J/∂z⁽ᴸ⁺¹⁾ times the samples' weights, (13).
  @inline(never)
  func errorSignals(_ chunk: SampleFrame, _ y: Row, _ parameters: Planes, vectors: Int) -> Row {
    let signals = workspace.signals
    if isIdentity && cost.dependsOnErrorOnly {
      let weight = parameters[path.depth &- 1]
      let a = path.activation(path.depth, chunk.x, workspace.activations)
      for v in 0..<vectors {
        var target: L = y.load(v)
        if Bias.isBiased { target = target - parameters[2 &* path.depth &- 1].load(v) }
        let error = L.fusedMultiplyAdd(-(weight.load(v) as L), a.load(v), target)
        let signal = cost.clipped(error)
        signals.store(chunk.weights.map { ($0.load(v) as L) * signal } ?? signal, v)
      }
      return signals
    }
    let (_, predictions) = predict(chunk.x, parameters, vectors: vectors)
    cost.errors(L.self, predictions: predictions, targets: y, to: signals, vectors: vectors)
    if !cost.hasCanonicalLink && !isIdentity {
      MultiplyingBySlope<Code, L>(a: predictions, result: signals, vectors: vectors).run(function)
    }
    if let weights = chunk.weights {
      for v in 0..<vectors {
        signals.store((weights.load(v) as L) * signals.load(v), v)
      }
    }
    return signals
  }
}

/// a = g(z) of a row.
struct Activating<Code: InstructionSetTarget, L: Lanes>: ActivationTask {
  let z: Row
  let result: Row
  let byTable: Bool
  let vectors: Int

  @inline(never)
  func run<G: ActivationFunction>(_: G.Type) {
    @inline(__always)
    func row<Function: ActivationFunction>(_: Function.Type) {
      Function.forEach(vectors, of: { v in z.load(v) as L }) { value, v in
        result.store(value, v)
      }
    }
    if G.hasTable && byTable { row(G.ByTable.self) } else { row(G.self) }
  }
}

/// A row times g′(z), from a = g(z).
struct MultiplyingBySlope<Code: InstructionSetTarget, L: Lanes>: ActivationTask {
  let a: Row
  let result: Row
  let vectors: Int

  @inline(never)
  func run<G: ActivationFunction>(_: G.Type) {
    for v in 0..<vectors {
      let signal: L = result.load(v)
      result.store(signal * G.slope(at: a.load(v)), v)
    }
  }
}
