/// Whether there is a bias beside each weight, known when the code is compiled.
protocol BiasKind {
  static var isBiased: Bool { get }
}

/// Weights alone.
enum Unbiased: BiasKind {
  @inline(__always)
  static var isBiased: Bool { false }
}

/// Weights and biases.
enum Biased: BiasKind {
  @inline(__always)
  static var isBiased: Bool { true }
}

/// The depth L of paths, if it is known when the code is compiled.
protocol DepthKind {
  /// L, or 0 if it is known when the code runs.
  static var constant: Int { get }
}

enum ConstantDepth<let depth: Int>: DepthKind {
  @inline(__always)
  static var constant: Int { depth }
}

enum AnyDepth: DepthKind {
  @inline(__always)
  static var constant: Int { 0 }
}

/// The equations of the derivation for paths of one kind, on the vectors of a chunk.
///
/// The forward pass goes layer by layer, each over all vectors of the chunk before the next: within a layer
/// the vectors do not depend on each other, so that one's latency hides under another's arithmetic, and
/// no more values are alive than registers can hold, whatever the depth. The backward pass goes vector by
/// vector, in registers from the output to the input.
struct Path<L: Lanes, Unit: ActivationFunction, Bias: BiasKind, Depth: DepthKind> {
  let runtimeDepth: Int

  @inline(__always)
  init(depth: Int) { runtimeDepth = depth }

  /// L, the number of weights.
  @inline(__always)
  var depth: Int { Depth.constant == 0 ? runtimeDepth : Depth.constant }

  @inline(__always)
  var parameterCount: Int { Bias.isBiased ? 2 &* depth : depth }

  /// (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾ + b⁽ˡ⁾ of vector v.
  @inline(__always)
  func preactivation(_ a: Row, layer l: Int, _ parameters: Planes, _ v: Int) -> L {
    let weight: L = parameters[l &- 1].load(v)
    return Bias.isBiased
      ? L.fusedMultiplyAdd(weight, a.load(v), parameters[depth &+ l &- 1].load(v))
      : weight * a.load(v)
  }

  /// a⁽ˡ⁾.
  @inline(__always)
  func activation(_ l: Int, _ x: Row, _ activations: Planes) -> Row {
    l == 1 ? x : activations[l &- 2]
  }
}
