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

  /// (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾.
  @inlinable @inline(__always)
  func weigh(layer l: Int, _ x: Row, _ parameters: Planes, to z: Row, _ vectors: Int) {
    let a = activation(l, x)
    let bias = bias(l, parameters)
    let weight = parameters[l &- 1]
    for v in 0..<vectors {
      z.store(L.fusedMultiplyAdd(weight.load(v), a.load(v), bias.load(v)), v)
    }
  }

  /// (6): a⁽ˡ⁺¹⁾ = f(z⁽ˡ⁺¹⁾), up to a⁽ᴸ⁾.
  @inlinable @inline(__always)
  func forward(_ x: Row, _ parameters: Planes, _ vectors: Int) {
    for l in 1..<depth {
      let row = scratch.activations[l &- 1]
      weigh(layer: l, x, parameters, to: row, vectors)
      Code.apply(hidden, slope: false, from: row, to: row, vectors)
    }
  }

  /// (6): z⁽ᴸ⁺¹⁾ and ŷ = g(z⁽ᴸ⁺¹⁾), after `forward`.
  @inlinable @inline(__always)
  func predict(_ x: Row, _ parameters: Planes, _ vectors: Int) {
    weigh(layer: depth, x, parameters, to: scratch.z, vectors)
    Code.apply(output, slope: false, from: scratch.z, to: scratch.predictions, vectors)
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
        Code.apply(
          output, slope: true, from: scratch.predictions, to: scratch.slopes, vectors)
        multiply(signal, by: scratch.slopes, vectors)
      }
    }
    multiply(signal, by: frame.weights, vectors)
  }

  /// Adds the weighted costs of a frame to a sum, after `predict`.
  @inlinable @inline(__always)
  func addCosts(_ frame: GeneralFrame, to sums: Row, _ vectors: Int) {
    cost.add(
      Code.self, z: scratch.z, predictions: scratch.predictions, targets: frame.y,
      weights: frame.weights, to: sums, vectors: vectors)
  }

  @inlinable @inline(__always)
  func multiply(_ row: Row, by factors: Row, _ vectors: Int) {
    for v in 0..<vectors { row.store((factors.load(v) as L) * row.load(v), v) }
  }

  /// (15), (16): the signal of layer l from that of layer l + 1, with θ⁽ˡ⁾ from before its update.
  @inlinable @inline(__always)
  func propagate(layer l: Int, _ signal: Row, _ parameters: Planes, to result: Row, _ vectors: Int)
  {
    Code.apply(
      hidden, slope: true, from: scratch.activations[l &- 2], to: scratch.slopes, vectors)
    let weight = parameters[l &- 1]
    for v in 0..<vectors {
      let factor = (weight.load(v) as L) * scratch.slopes.load(v)
      result.store((signal.load(v) as L) * factor, v)
    }
  }
}
