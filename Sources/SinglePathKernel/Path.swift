/// What leads from layer to layer: a weight, or a weight and a bias.
public protocol LinkKind {
  static var areBiased: Bool { get }
}

public enum Weights: LinkKind {
  @inlinable @inline(__always)
  public static var areBiased: Bool { false }
}

public enum WeightsAndBiases: LinkKind {
  @inlinable @inline(__always)
  public static var areBiased: Bool { true }
}

/// The equations of the seed, on runs of vectors.
///
/// A pass goes layer by layer, each over all vectors of a run before the next: within a layer the
/// vectors do not depend on each other, so that one's latency hides under another's arithmetic, and
/// no more values are alive than registers can hold, whatever the depth.
@usableFromInline
struct Path<L: Lanes, Links: LinkKind> {
  /// L, the number of weights.
  @usableFromInline let depth: Int

  @inlinable @inline(__always)
  init(depth: Int) { self.depth = depth }

  /// Whether there is a bias beside each weight; a constant of the code.
  @inlinable @inline(__always)
  var isBiased: Bool { Links.areBiased }

  @inlinable @inline(__always)
  var parameterCount: Int { isBiased ? 2 &* depth : depth }

  /// (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾ of vector v.
  @inlinable @inline(__always)
  func weighted(_ a: Row, layer l: Int, _ parameters: Planes, _ v: Int) -> L {
    let weight: L = parameters[l &- 1].load(v)
    return isBiased
      ? L.fusedMultiplyAdd(weight, a.load(v), parameters[depth &+ l &- 1].load(v))
      : weight * a.load(v)
  }

  /// a⁽ˡ⁾.
  @inlinable @inline(__always)
  func activation(_ l: Int, _ x: Row, _ activations: Planes) -> Row {
    l == 1 ? x : activations[l &- 2]
  }

  /// (6): a⁽ˡ⁺¹⁾ = σ(z⁽ˡ⁺¹⁾), up to a⁽ᴸ⁾.
  @inlinable @inline(__always)
  func forward(_ x: Row, _ parameters: Planes, to activations: Planes, vectors: Int) {
    for l in 1..<depth {
      let a = activation(l, x, activations)
      for v in 0..<vectors {
        let z = weighted(a, layer: l, parameters, v)
        activations[l &- 1].store(Sigmoid.value(z), v)
      }
    }
  }

  /// (6): ŷ = z⁽ᴸ⁺¹⁾ of vector v, after `forward`.
  @inlinable @inline(__always)
  func prediction(_ x: Row, _ activations: Planes, _ parameters: Planes, _ v: Int) -> L {
    weighted(activation(depth, x, activations), layer: depth, parameters, v)
  }

  /// Error signals and updates, after `forward`. Where y is NaN the parameters keep their bits.
  ///
  /// The depth is made a constant of the code: the few operations of a layer would drown in counting
  /// layers otherwise.
  @inlinable @inline(__always)
  func backward(
    _ x: Row, _ y: Row, _ rate: Row, _ activations: Planes, _ parameters: Planes,
    to updated: Planes, vectors: Int
  ) {
    switch depth {
    case 1: backward(depth: 1, x, y, rate, activations, parameters, to: updated, vectors)
    case 2: backward(depth: 2, x, y, rate, activations, parameters, to: updated, vectors)
    case 3: backward(depth: 3, x, y, rate, activations, parameters, to: updated, vectors)
    case 4: backward(depth: 4, x, y, rate, activations, parameters, to: updated, vectors)
    case 5: backward(depth: 5, x, y, rate, activations, parameters, to: updated, vectors)
    case 6: backward(depth: 6, x, y, rate, activations, parameters, to: updated, vectors)
    case 7: backward(depth: 7, x, y, rate, activations, parameters, to: updated, vectors)
    default: backward(depth: 8, x, y, rate, activations, parameters, to: updated, vectors)
    }
  }

  @inlinable @inline(__always)
  func backward(
    depth: Int, _ x: Row, _ y: Row, _ rate: Row, _ activations: Planes, _ parameters: Planes,
    to updated: Planes, _ vectors: Int
  ) {
    for v in 0..<vectors {
      x.prefetch(v)
      y.prefetch(v)
      let y: L = y.load(v)
      var a: L = activation(depth, x, activations).load(v)
      var weight: L = parameters[depth &- 1].load(v)
      let target = isBiased ? y - parameters[2 &* depth &- 1].load(v) : y
      // (14): δ⁽ᴸ⁺¹⁾ = ŷ − y. The step is −η δ⁽ˡ⁺¹⁾ throughout.
      var step = rate.load(v) * L.fusedMultiplyAdd(-weight, a, target)
      for k in 0..<depth {
        let l = depth &- k
        // (17): Δθ⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, Δb⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾.
        let newWeight = L.fusedMultiplyAdd(step, a, weight)
        updated[l &- 1].store(newWeight.wherePresent(y, otherwise: weight), v)
        if isBiased {
          let bias: L = parameters[depth &+ l &- 1].load(v)
          let newBias = bias + step
          updated[depth &+ l &- 1].store(newBias.wherePresent(y, otherwise: bias), v)
        }
        if l == 1 { break }
        // (15), (16): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ θ⁽ˡ⁾ σ′(z⁽ˡ⁾), with the weight from before its update.
        step = step * (weight * Sigmoid.slope(at: a))
        a = activation(l &- 1, x, activations).load(v)
        weight = parameters[l &- 2].load(v)
      }
    }
  }
}
