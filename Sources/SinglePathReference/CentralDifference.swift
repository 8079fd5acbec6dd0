// The slopes of the cost as anyone can measure them, without any calculus: nudge one quantity both
// ways by h and see what the cost does.

extension ReferencePath {
  /// The gradients of one sample, measured: (J(p + h) − J(p − h)) / 2h for each parameter p.
  ///
  /// The error is about h² (the curve between the two points) plus 2⁻⁵³ J / h (rounding).
  public func centralDifferences(x: Double, y: Double, h: Double = 1e-5) -> Gradients {
    let δ = errorSignalsByDefinition(x: x, y: y, h: h)
    return Gradients(
      weights: numberedByWeight { l in
        centralDifference(x: x, y: y, h: h) { path, nudge in path.weights[l] += nudge }
      },
      biases: biases == nil ? nil : numberedByWeight { l in δ[l + 1] })
  }

  /// The error signals δ⁽²⁾ … δ⁽ᴸ⁺¹⁾ as (13) defines them, δ⁽ˡ⁾ = ∂J/∂z⁽ˡ⁾, measured.
  ///
  /// z⁽ˡ⁾ moves one to one with b⁽ˡ⁻¹⁾, so the bias is nudged; a path without has a bias of 0.
  public func errorSignalsByDefinition(x: Double, y: Double, h: Double = 1e-5) -> Numbered {
    var biased = self
    biased.biases = biases ?? numberedByWeight { _ in 0 }
    let δ = (2...depth + 1).map { l in
      biased.centralDifference(x: x, y: y, h: h) { path, nudge in path.biases?[l - 1] += nudge }
    }
    return Numbered(δ, from: 2)
  }

  private func centralDifference(
    x: Double, y: Double, h: Double, nudge: (inout ReferencePath, Double) -> Void
  ) -> Double {
    var (above, below) = (self, self)
    nudge(&above, h)
    nudge(&below, -h)
    return (above.cost(x: x, y: y) - below.cost(x: x, y: y)) / (2 * h)
  }
}
