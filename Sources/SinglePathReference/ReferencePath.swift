/// One single-path network of any depth L ≥ 1 in plain `Double`: layer by layer, equation by
/// equation, with nothing clever in it.
///
/// It does no more than the equations: infinities and NaN go through them as IEEE arithmetic has
/// it, and a step that diverges is applied all the same.
public struct ReferencePath: Equatable, Sendable {
  /// θ⁽¹⁾ … θ⁽ᴸ⁾.
  public var weights: Numbered
  /// b⁽¹⁾ … b⁽ᴸ⁾, where b⁽ˡ⁾ is added to z⁽ˡ⁺¹⁾; nil for a path without biases.
  public var biases: Numbered?
  /// What the hidden units do: layers 2 … L.
  public var hidden: Activation
  /// What the output does: layer L + 1.
  public var output: Output
  /// What a prediction costs.
  public var cost: Cost

  /// A path with these parameters, θ⁽¹⁾ first, widened to `Double` exactly. The activations and the
  /// cost are the derivation's unless others are given.
  ///
  /// - Parameters:
  ///   - weights: θ⁽¹⁾ … θ⁽ᴸ⁾, at least one.
  ///   - biases: b⁽¹⁾ … b⁽ᴸ⁾, as many, or nil.
  public init<Value: BinaryFloatingPoint>(
    weights: [Value], biases: [Value]? = nil, hidden: Activation = .sigmoid,
    output: Output = .identity, cost: Cost = .squaredError
  ) {
    precondition(!weights.isEmpty, "A path has at least one weight.")
    precondition(biases == nil || biases?.count == weights.count, "One bias for each weight.")
    self.weights = Numbered(weights.map { Double($0) }, from: 1)
    self.biases = biases.map { Numbered($0.map { Double($0) }, from: 1) }
    (self.hidden, self.output, self.cost) = (hidden, output, cost)
  }

  /// L, the number of weights. Layers are numbered from 1, the input, to L + 1, the output.
  public var depth: Int { weights.count }
}

// MARK: - Forward

/// All that the forward pass (6) computes.
public struct ForwardTrace: Equatable, Sendable {
  /// z⁽²⁾ … z⁽ᴸ⁺¹⁾, what enters each unit.
  public internal(set) var z: Numbered
  /// a⁽¹⁾ = x … a⁽ᴸ⁺¹⁾ = ŷ, what leaves each layer.
  public internal(set) var a: Numbered

  /// ŷ, the output.
  public var prediction: Double { a[a.endIndex - 1] }
}

extension ReferencePath {
  /// The forward pass for the input x (6).
  public func forward(_ x: Double) -> ForwardTrace {
    var z = Numbered(Array(repeating: 0, count: depth), from: 2)
    var a = Numbered(Array(repeating: x, count: depth + 1), from: 1)
    for l in 1...depth {
      z[l + 1] = weightedInput(weight: weights[l], a[l], bias: biases?[l] ?? 0)
      a[l + 1] = l == depth ? output.value(z[l + 1]) : hidden.value(z[l + 1])
    }
    return ForwardTrace(z: z, a: a)
  }

  /// ŷ for the input x (6).
  public func predict(_ x: Double) -> Double {
    var a = x
    for l in 1..<depth {
      a = hidden.value(weightedInput(weight: weights[l], a, bias: biases?[l] ?? 0))
    }
    return output.value(weightedInput(weight: weights[depth], a, bias: biases?[depth] ?? 0))
  }

  /// J, the cost of one sample, (7) by default; NaN if the sample is missing, that is if y is NaN.
  public func cost(x: Double, y: Double) -> Double {
    cost(forward(x), y: y)
  }

  func cost(_ trace: ForwardTrace, y: Double) -> Double {
    cost.value(trace.z[depth + 1], output: output, target: y)
  }
}

// MARK: - Backward

/// The partial derivatives of a cost by every parameter of a path.
public struct Gradients: Equatable, Sendable {
  /// ∂J/∂θ⁽¹⁾ … ∂J/∂θ⁽ᴸ⁾.
  public internal(set) var weights: Numbered
  /// ∂J/∂b⁽¹⁾ … ∂J/∂b⁽ᴸ⁾; nil for a path without biases.
  public internal(set) var biases: Numbered?
}

extension ReferencePath {
  /// δ⁽²⁾ … δ⁽ᴸ⁺¹⁾ for the target y: (14) at the output, times the sample's weight, then the recursion
  /// (15), (16) backwards.
  public func errorSignals(_ trace: ForwardTrace, y: Double, weight: Double = 1) -> Numbered {
    let δ = cost.errorSignal(trace.z[depth + 1], output: output, target: y)
    return signals(trace, fromOutput: weight * δ)
  }

  /// The factors of (16): θ⁽ˡ⁾ σ′(z⁽ˡ⁾) for l in 2...L, by which an error signal shrinks or grows from
  /// layer l + 1 to layer l.
  public func slopeFactors(_ trace: ForwardTrace) -> Numbered {
    Numbered((2..<depth + 1).map { l in signal(ofHiddenLayer: l, trace, next: 1) }, from: 2)
  }

  /// The product of (16): δ⁽²⁾ … δ⁽ᴸ⁺¹⁾ for an error signal of 1 at the output, that is the product
  /// of all θ⁽ᵏ⁾ σ′(z⁽ᵏ⁾) with k ≥ l at each l, and 1 at L + 1.
  public func slopeProducts(_ trace: ForwardTrace) -> Numbered {
    signals(trace, fromOutput: 1)
  }

  private func signals(_ trace: ForwardTrace, fromOutput last: Double) -> Numbered {
    var δ = Numbered(Array(repeating: last, count: depth), from: 2)
    for l in (2..<depth + 1).reversed() {
      δ[l] = signal(ofHiddenLayer: l, trace, next: δ[l + 1])
    }
    return δ
  }

  private func signal(ofHiddenLayer l: Int, _ trace: ForwardTrace, next δ: Double) -> Double {
    hiddenErrorSignal(next: δ, weight: weights[l], slope: hidden.slope(trace.z[l]))
  }

  /// The gradients of one sample: ∂J/∂θ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ a⁽ˡ⁾, as in (9)–(11), and ∂J/∂b⁽ˡ⁾ = δ⁽ˡ⁺¹⁾.
  ///
  /// - Parameter weight: what the cost of the sample is multiplied with.
  public func gradients(x: Double, y: Double, weight: Double = 1) -> Gradients {
    let trace = forward(x)
    return gradients(trace, errorSignals: errorSignals(trace, y: y, weight: weight))
  }

  /// The row of the Jacobian for the input x: ∂z⁽ᴸ⁺¹⁾/∂p for every parameter p, from the recursion (15),
  /// (16) seeded with 1 at the output.
  public func jacobianRow(_ x: Double) -> Gradients {
    let trace = forward(x)
    return gradients(trace, errorSignals: slopeProducts(trace))
  }

  func gradients(_ trace: ForwardTrace, errorSignals δ: Numbered) -> Gradients {
    Gradients(
      weights: numberedByWeight { l in weightGradient(errorSignal: δ[l + 1], trace.a[l]) },
      biases: biases == nil ? nil : numberedByWeight { l in biasGradient(errorSignal: δ[l + 1]) })
  }

  /// One value for each l in 1...L.
  func numberedByWeight(_ value: (Int) -> Double) -> Numbered {
    Numbered((1...depth).map(value), from: 1)
  }
}
