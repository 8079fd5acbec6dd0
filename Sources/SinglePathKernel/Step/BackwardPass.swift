/// What the backward pass finds for one parameter of a vector: what (17) makes of it is up to the sink.
struct Update<L: Lanes> {
  /// −η δ⁽ˡ⁺¹⁾ of the layer behind the parameter.
  let step: L
  /// a⁽ˡ⁾ of a weight, 1 of a bias.
  let input: L
  /// The parameter.
  let old: L
  /// y; NaN where the sample is missing.
  let target: L

  /// (17): θ⁽ˡ⁾ − η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, b⁽ˡ⁾ − η δ⁽ˡ⁺¹⁾.
  @inline(__always)
  var new: L { added(to: old) }

  /// The parameter's share of a gradient step added to a sum; nothing for a missing sample.
  @inline(__always)
  func added(to sum: L) -> L {
    L.fusedMultiplyAdd(step, input, sum).wherePresent(target, otherwise: sum)
  }
}

/// Where the backward pass of one vector stands: at layer l, with a⁽ˡ⁾, θ⁽ˡ⁾, b⁽ˡ⁾ and −η δ⁽ˡ⁺¹⁾.
struct LayerState<L: Lanes> {
  var weight: L
  var bias: L
  var a: L
  var step: L
}

/// What the backward pass reads of a chunk, each from the chunk's first vector on.
struct Chunk {
  let x: Row
  /// NaN where a sample is missing.
  let y: Row
  /// Of the samples, for (14); one whose weight is not positive is missing. Nil: 1.
  var weights: Row? = nil
  /// η.
  let rates: Row
  /// −∂J/∂z⁽ᴸ⁺¹⁾, weighted; nil for (14), that of the linear output and the squared error.
  let signals: Row?
  let parameters: Planes
  let activations: Planes
  let vectors: Int
}

extension Path {
  /// Error signals, from the output to the input, and what the sink makes of them; after `forwardPass`.
  ///
  /// - Returns: the sum of what the sink counts: paths that diverged.
  @inline(__always)
  func backwardPass<Sink: GradientSink>(_ chunk: Chunk, to sink: Sink) -> Int
  where Sink.Vector == L {
    var counted = 0
    for v in 0..<chunk.vectors {
      chunk.x.prefetch(v, L.self)
      chunk.y.prefetch(v, L.self)
      var y: L = chunk.y.load(v)
      if let weights = chunk.weights {
        weights.prefetch(v, L.self)
        y = y.wherePositive(weights.load(v), otherwise: L(repeating: .nan))
      }
      var state = outputState(chunk, y, v)
      var pending = sink.beginVector()
      if Depth.constant == 0 {
        var l = depth
        while l > 1 {
          backpropagate(layer: l, &state, chunk, y, v, to: sink, &pending)
          l &-= 1
        }
        backpropagate(layer: 1, &state, chunk, y, v, to: sink, &pending)
      } else {
        // Written out: the compiler would keep a loop of so large a body as a loop.
        backpropagate(layer: 8, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 7, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 6, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 5, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 4, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 3, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 2, &state, chunk, y, v, to: sink, &pending)
        backpropagate(layer: 1, &state, chunk, y, v, to: sink, &pending)
      }
      counted &+= sink.finishVector(v, pending, parameterCount: parameterCount)
    }
    return counted
  }

  /// At layer L, with the error signal of the output.
  @inline(__always)
  func outputState(_ chunk: Chunk, _ y: L, _ v: Int) -> LayerState<L> {
    var state = LayerState<L>(
      weight: chunk.parameters[depth &- 1].load(v),
      bias: Bias.isBiased ? chunk.parameters[2 &* depth &- 1].load(v) : L(repeating: 0),
      a: activation(depth, chunk.x, chunk.activations).load(v), step: y)
    if let signals = chunk.signals {
      state.step = chunk.rates.load(v) * signals.load(v)
    } else {
      // (14): δ⁽ᴸ⁺¹⁾ = ŷ − y.
      let target = Bias.isBiased ? y - state.bias : y
      var error = L.fusedMultiplyAdd(-state.weight, state.a, target)
      // Not by an optional vector, which the compiler takes apart into integers.
      if let weights = chunk.weights { error = weights.load(v) * error }
      state.step = chunk.rates.load(v) * error
    }
    return state
  }

  /// Hands θ⁽ˡ⁾ and b⁽ˡ⁾ of a vector with their updates to the sink, and goes on to layer l − 1. Layers that
  /// the path does not have change nothing.
  @inline(__always)
  func backpropagate<Sink: GradientSink>(
    layer l: Int, _ state: inout LayerState<L>, _ chunk: Chunk, _ y: L, _ v: Int, to sink: Sink,
    _ pending: inout Sink.Pending
  ) where Sink.Vector == L {
    if Depth.constant != 0 && l > Depth.constant { return }
    let weight = Update(step: state.step, input: state.a, old: state.weight, target: y)
    sink.accept(weight, l &- 1, v, &pending)
    if Bias.isBiased {
      let bias = Update(step: state.step, input: L(repeating: 1), old: state.bias, target: y)
      sink.accept(bias, depth &+ l &- 1, v, &pending)
    }
    if l == 1 { return }
    // (15), (16): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ θ⁽ˡ⁾ σ′(z⁽ˡ⁾), with the weight from before its update.
    state.step = state.step * (state.weight * Unit.slope(at: state.a))
    state.a = activation(l &- 1, chunk.x, chunk.activations).load(v)
    state.weight = chunk.parameters[l &- 2].load(v)
    if Bias.isBiased { state.bias = chunk.parameters[depth &+ l &- 2].load(v) }
  }
}
