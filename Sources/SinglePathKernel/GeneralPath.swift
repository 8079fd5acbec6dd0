import SinglePathShims

/// The equations of the derivation for every activation, cost and kind of sample, chosen when the code runs.
///
/// A block is worked on pass by pass, each a short loop over its vectors; what to do is decided once a
/// pass. For the derivation's own shape the results have the same bits as those of `Path`.
@usableFromInline
struct GeneralPath<Code: MachineCode> {
  @usableFromInline typealias L = Code.Vector

  @usableFromInline let depth: Int
  @usableFromInline let isBiased: Bool
  @usableFromInline let hidden: Activation
  @usableFromInline let output: Activation
  @usableFromInline let outputIsIdentity: Bool
  @usableFromInline let cost: Cost
  @usableFromInline let scratch: GeneralWorkspace<L>

  @inlinable @inline(__always)
  init(_ call: sp_call, _ scratch: GeneralWorkspace<L>) {
    depth = Int(call.depth)
    isBiased = call.has_biases != 0
    hidden = Activation(hiddenOf: call)
    output = Activation(outputOf: call)
    outputIsIdentity = Int(call.output) == SP_OUTPUT_IDENTITY
    cost = Cost(of: call)
    self.scratch = scratch
  }

  /// a⁽ˡ⁾.
  @inlinable @inline(__always)
  func activation(_ l: Int, _ x: Row) -> Row { l == 1 ? x : scratch.activations[l &- 2] }

  /// b⁽ˡ⁾, or zeros that change no bit of what they are added to.
  @inlinable @inline(__always)
  func bias(_ l: Int, _ parameters: Planes) -> Row {
    isBiased ? parameters[depth &+ l &- 1] : scratch.minusZeros
  }

  /// (6): a⁽ˡ⁺¹⁾ = f(θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾), up to a⁽ᴸ⁾.
  @inlinable @inline(__always)
  func forward(_ x: Row, _ parameters: Planes, _ vectors: Int) {
    for l in 1..<depth {
      Code.forward(
        hidden, weight: parameters[l &- 1], activation(l, x), bias: bias(l, parameters),
        to: scratch.activations[l &- 1], vectors)
    }
  }

  /// (6): ŷ = g(z⁽ᴸ⁺¹⁾), after `forward`.
  @inlinable @inline(__always)
  func predict(_ x: Row, _ parameters: Planes, _ vectors: Int) {
    Code.forward(
      output, weight: parameters[depth &- 1], activation(depth, x), bias: bias(depth, parameters),
      to: scratch.predictions, vectors)
  }

  /// (6): z⁽ᴸ⁺¹⁾, after `forward`.
  @inlinable @inline(__always)
  func weigh(_ x: Row, _ parameters: Planes, _ vectors: Int) {
    let (weight, a) = (parameters[depth &- 1], activation(depth, x))
    let bias = bias(depth, parameters)
    for v in 0..<vectors {
      scratch.z.store(L.fusedMultiplyAdd(weight.load(v), a.load(v), bias.load(v)), v)
    }
  }

  /// (13): −∂J/∂z⁽ᴸ⁺¹⁾ times the sample's weight, after `forward`; (14) for the derivation's output and cost.
  @inlinable @inline(__always)
  func outputSignal(_ frame: GeneralFrame, _ parameters: Planes, to signal: Row, _ vectors: Int) {
    if outputIsIdentity && cost.isOfError {
      let weight = parameters[depth &- 1]
      let bias = isBiased ? parameters[2 &* depth &- 1] : scratch.zeros
      let a = activation(depth, frame.x)
      for v in 0..<vectors {
        let target = (frame.y.load(v) as L) - bias.load(v)
        signal.store(L.fusedMultiplyAdd(-(weight.load(v) as L), a.load(v), target), v)
      }
      cost.bend(Code.self, errors: signal, vectors: vectors)
    } else {
      predict(frame.x, parameters, vectors)
      cost.errors(
        Code.self, predictions: scratch.predictions, targets: frame.y, to: signal, vectors: vectors)
      if !cost.isPaired && !outputIsIdentity {
        Code.backward(
          output, weight: scratch.ones, scratch.predictions, signal: signal, to: signal, vectors)
      }
    }
    if let weights = frame.weights { multiply(signal, by: weights, vectors) }
  }

  /// Adds the weighted costs of a frame to a sum, after `forward`.
  @inlinable @inline(__always)
  func addCosts(_ frame: GeneralFrame, _ parameters: Planes, to sums: Row, _ vectors: Int) {
    predict(frame.x, parameters, vectors)
    if cost.isPaired { weigh(frame.x, parameters, vectors) }
    cost.add(
      Code.self, z: scratch.z, predictions: scratch.predictions, targets: frame.y,
      weights: frame.weights ?? scratch.ones, to: sums, vectors: vectors)
  }

  @inlinable @inline(__always)
  func multiply(_ row: Row, by factors: Row, _ vectors: Int) {
    for v in 0..<vectors { row.store((factors.load(v) as L) * row.load(v), v) }
  }

  /// (15), (16): the signal of layer l from that of layer l + 1, with θ⁽ˡ⁾ from before its update.
  @inlinable @inline(__always)
  func propagate(layer l: Int, _ signal: Row, _ parameters: Planes, to result: Row, _ vectors: Int)
  {
    Code.backward(
      hidden, weight: parameters[l &- 1], scratch.activations[l &- 2], signal: signal, to: result,
      vectors)
  }

  /// f′(z⁽ˡ⁾) alone.
  @inlinable @inline(__always)
  func takeSlopes(layer l: Int, _ vectors: Int) {
    Code.backward(
      hidden, weight: scratch.ones, scratch.activations[l &- 2], signal: scratch.ones,
      to: scratch.slopes, vectors)
  }
}
