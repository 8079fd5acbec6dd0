// The cost and its gradients over several samples. Missing samples count nothing.

extension ReferencePath {
  /// The costs of the samples, each times its weight, summed.
  public func cost(of batch: [Sample]) -> Double {
    batch.lazy.filter { !$0.isMissing }.map { $0.weight * cost(x: $0.x, y: $0.y) }.reduce(0, +)
  }

  /// The gradients of the samples, summed in their order; nil if all are missing.
  public func gradients(of batch: [Sample]) -> Gradients? {
    let each = separateGradients(of: batch)
    return each.dropFirst().reduce(each.first) { sum, next in sum.map { $0 + next } }
  }

  /// The mean of |∂J/∂θ⁽¹⁾| … |∂J/∂θ⁽ᴸ⁾| over the samples; nil if all are missing.
  public func meanGradientSizes(of batch: [Sample]) -> Numbered? {
    let each = separateGradients(of: batch)
    guard !each.isEmpty else { return nil }
    return numberedByWeight { l in
      each.map { abs($0.weights[l]) }.reduce(0, +) / Double(each.count)
    }
  }

  private func separateGradients(of batch: [Sample]) -> [Gradients] {
    batch.filter { !$0.isMissing }.map { gradients(x: $0.x, y: $0.y, weight: $0.weight) }
  }
}

extension Gradients {
  fileprivate static func + (one: Self, other: Self) -> Self {
    var sum = one
    for l in one.weights.indices {
      sum.weights[l] += other.weights[l]
      if let bias = other.biases?[l] { sum.biases?[l] += bias }
    }
    return sum
  }
}
