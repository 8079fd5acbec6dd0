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

/// The equations of the derivation, on runs of vectors.
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
      Kind.Hidden.forEach(vectors, of: { v in weighted(a, layer: l, parameters, v) }) { value, v in
        activations[l &- 1].store(value, v)
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
  /// The depth must be a constant where this is inlined: the few operations of a layer would drown in
  /// counting layers otherwise.
  @inlinable @inline(__always)
  func backward(
    _ x: Row, _ y: Row, _ rate: Row, _ activations: Planes, _ parameters: Planes,
    to goal: some Destination<L>, vectors: Int
  ) -> Int {
    var diverged = 0
    for v in 0..<vectors {
      x.prefetch(v, L.self)
      y.prefetch(v, L.self)
      let y: L = y.load(v)
      var unit = Unit(
        weight: parameters[depth &- 1].load(v),
        bias: isBiased ? parameters[2 &* depth &- 1].load(v) : y,
        a: activation(depth, x, activations).load(v))
      // (14): δ⁽ᴸ⁺¹⁾ = ŷ − y. The step is −η δ⁽ˡ⁺¹⁾ throughout.
      let target = isBiased ? y - unit.bias : y
      unit.step = rate.load(v) * L.fusedMultiplyAdd(-unit.weight, unit.a, target)
      var updates = goal.begin()
      // Written out: the compiler would keep a loop of so large a body as a loop.
      descend(from: 8, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 7, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 6, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 5, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 4, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 3, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 2, &unit, v, x, y, activations, parameters, to: goal, &updates)
      descend(from: 1, &unit, v, x, y, activations, parameters, to: goal, &updates)
      diverged &+= goal.end(v, updates, parameterCount: parameterCount)
    }
    return diverged
  }

  /// Where the backward pass of a vector stands: at a⁽ˡ⁾, θ⁽ˡ⁾, b⁽ˡ⁾ and −η δ⁽ˡ⁺¹⁾.
  @usableFromInline
  struct Unit {
    @usableFromInline var weight: L
    @usableFromInline var bias: L
    @usableFromInline var a: L
    @usableFromInline var step: L

    @inlinable @inline(__always)
    init(weight: L, bias: L, a: L) {
      self.weight = weight
      self.bias = bias
      self.a = a
      step = L(repeating: 0)
    }
  }

  /// Updates θ⁽ˡ⁾ and b⁽ˡ⁾ of a vector, if there is such a layer, and goes on to layer l − 1.
  @inlinable @inline(__always)
  func descend<Goal: Destination>(
    from l: Int, _ unit: inout Unit, _ v: Int, _ x: Row, _ y: L, _ activations: Planes,
    _ parameters: Planes, to goal: Goal, _ updates: inout Goal.Updates
  ) where Goal.Vector == L {
    if l > depth { return }
    // (17): Δθ⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, Δb⁽ˡ⁾ = −η δ⁽ˡ⁺¹⁾.
    let newWeight = L.fusedMultiplyAdd(unit.step, unit.a, unit.weight)
    goal.take(newWeight.wherePresent(y, otherwise: unit.weight), l &- 1, v, &updates)
    if isBiased {
      let newBias = unit.bias + unit.step
      goal.take(
        newBias.wherePresent(y, otherwise: unit.bias), depth &+ l &- 1, v, &updates)
    }
    if l == 1 { return }
    // (15), (16): δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ θ⁽ˡ⁾ σ′(z⁽ˡ⁾), with the weight from before its update.
    unit.step = unit.step * (unit.weight * Kind.Hidden.slope(at: unit.a))
    unit.a = activation(l &- 1, x, activations).load(v)
    unit.weight = parameters[l &- 2].load(v)
    if isBiased { unit.bias = parameters[depth &+ l &- 2].load(v) }
  }
}
