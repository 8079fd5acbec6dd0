/// What is known of paths when the code is compiled.
public protocol PathKind {
  /// Whether there is a bias beside each weight.
  static var isBiased: Bool { get }
  /// How σ is computed.
  associatedtype Hidden: SigmoidForm
}

/// Weights alone.
public enum Unbiased<Hidden: SigmoidForm>: PathKind {
  @inlinable @inline(__always)
  public static var isBiased: Bool { false }
}

/// Weights and biases.
public enum Biased<Hidden: SigmoidForm>: PathKind {
  @inlinable @inline(__always)
  public static var isBiased: Bool { true }
}

/// The equations of the seed, on runs of vectors.
///
/// A pass goes layer by layer, each over all vectors of a run before the next: within a layer the
/// vectors do not depend on each other, so that one's latency hides under another's arithmetic, and
/// no more values are alive than registers can hold, whatever the depth.
@usableFromInline
struct Path<L: Lanes, Kind: PathKind> {
  /// L, the number of weights.
  @usableFromInline let depth: Int

  @inlinable @inline(__always)
  init(depth: Int) { self.depth = depth }

  @inlinable @inline(__always)
  var isBiased: Bool { Kind.isBiased }

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
        activations[l &- 1].store(Kind.Hidden.value(z), v)
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
      x.prefetch(v, L.self)
      y.prefetch(v, L.self)
      let y: L = y.load(v)
      var a: L = activation(depth, x, activations).load(v)
      var weight: L = parameters[depth &- 1].load(v)
      var bias: L = isBiased ? parameters[2 &* depth &- 1].load(v) : y
      // (14): δ⁽ᴸ⁺¹⁾ = ŷ − y. The step is −η δ⁽ˡ⁺¹⁾ throughout.
      var step = rate.load(v) * L.fusedMultiplyAdd(-weight, a, isBiased ? y - bias : y)

      @inline(__always)
      func layer(_ l: Int) {
        // (17): Δθ⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, Δb⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾.
        let newWeight = L.fusedMultiplyAdd(step, a, weight)
        updated[l &- 1].store(newWeight.wherePresent(y, otherwise: weight), v)
        if isBiased {
          updated[depth &+ l &- 1].store((bias + step).wherePresent(y, otherwise: bias), v)
        }
        if l == 1 { return }
        // (15), (16): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ θ⁽ˡ⁾ σ′(z⁽ˡ⁾), with the weight from before its update.
        step = step * (weight * Kind.Hidden.slope(at: a))
        a = activation(l &- 1, x, activations).load(v)
        weight = parameters[l &- 2].load(v)
        if isBiased { bias = parameters[depth &+ l &- 2].load(v) }
      }
      // Written out: a loop of so large a body would be kept as a loop.
      if depth >= 8 { layer(8) }
      if depth >= 7 { layer(7) }
      if depth >= 6 { layer(6) }
      if depth >= 5 { layer(5) }
      if depth >= 4 { layer(4) }
      if depth >= 3 { layer(3) }
      if depth >= 2 { layer(2) }
      layer(1)
    }
  }
}
