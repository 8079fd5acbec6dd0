// Where a search begins: places of the units before the output that cover the samples, each with the
// output's own weight and bias solved for.

extension FittingTask {
  /// The starts, those with the least cost first. Frozen parameters have their given values.
  func starts() -> [ReferencePath] {
    let costs = candidates().map { start in (start, cost: start.cost(of: samples)) }
    return costs.filter { $0.cost.isFinite }.sorted { $0.cost < $1.cost }.map(\.0)
      + (costs.allSatisfy { !$0.cost.isFinite } ? [path] : [])
  }

  private func candidates() -> [ReferencePath] {
    guard path.depth > 1 else { return [withOutput(placed([]))] }
    let firsts = path.hidden.places.flatMap { slope, midpoint in
      (path.biases == nil || path.hidden.isOneSided ? [slope, -slope] : [slope]).map {
        (weight: $0, bias: -$0 * midpoint)
      }
    }
    let nexts = path.depth > 2 ? path.hidden.passages : [(1, 0)]
    // Layers after the third are all alike: they pass on what comes.
    return firsts.flatMap { first in
      nexts.map { next in
        let others = (2..<max(path.depth, 2)).map { $0 == 2 ? next : path.hidden.passages[0] }
        return withOutput(placed([first] + others))
      }
    }
  }

  /// The path with these weights and biases of the hidden units, but for those that are frozen.
  private func placed(_ units: [(weight: Double, bias: Double)]) -> ReferencePath {
    var start = path
    for (l, unit) in units.enumerated() {
      if !frozen[l] { start.weights[l + 1] = unit.weight }
      if path.biases != nil, !frozen[path.depth + l] { start.biases?[l + 1] = unit.bias }
    }
    return start
  }

  /// Solves for the weight and bias of the output, by a straight line through the targets as they were before
  /// the output's activation.
  private func withOutput(_ start: ReferencePath) -> ReferencePath {
    let (weight, bias) = (path.depth - 1, 2 * path.depth - 1)
    let isFree = (weight: !frozen[weight], bias: path.biases != nil && !frozen[bias])
    guard isFree.weight || isFree.bias else { return start }
    let points = samples.map { sample in
      (
        a: start.forward(sample.x).a[start.depth], z: path.output.argument(sample.y),
        w: sample.weight
      )
    }
    let θ = start.weights[start.depth]
    let b = start.biases?[start.depth] ?? 0
    func sum(_ term: ((a: Double, z: Double, w: Double)) -> Double) -> Double {
      points.reduce(0) { $0 + $1.w * term($1) }
    }
    let total = sum { _ in 1 }
    let (aMean, zMean) = isFree.bias ? (sum(\.a) / total, sum(\.z) / total) : (0, b)
    let spread = sum { ($0.a - aMean) * ($0.a - aMean) }
    let slope =
      !isFree.weight || spread == 0 ? θ : sum { ($0.a - aMean) * ($0.z - zMean) } / spread
    var solved = start
    if isFree.weight { solved.weights[start.depth] = slope }
    if isFree.bias { solved.biases?[start.depth] = zMean - slope * aMean }
    return solved
  }
}

extension Activation {
  /// Slopes and midpoints of the first unit for inputs in −1...1: gentle ones, and steep ones closer together.
  fileprivate var places: [(slope: Double, midpoint: Double)] {
    func grid(_ slope: Double, _ step: Double) -> [(Double, Double)] {
      stride(from: -1, through: 1.001, by: step).map { (slope, $0) }
    }
    return switch self {
    case .sigmoid: grid(1.5, 0.4) + grid(3, 0.4) + grid(8, 0.4) + grid(14, 0.2)
    case .tanh: grid(0.75, 0.4) + grid(1.5, 0.4) + grid(4, 0.4) + grid(7, 0.2)
    case .softplus: grid(1, 0.4) + grid(3, 0.4) + grid(10, 0.2)
    case .relu, .leakyRelu: grid(1, 0.2) + [(1, -2), (1, 2)]
    case .identity: [(1, 0)]
    }
  }

  /// Weights and biases of a further unit for what the one before gives: the first passes on all of it, the
  /// others its upper and its lower end.
  fileprivate var passages: [(weight: Double, bias: Double)] {
    switch self {
    case .sigmoid: [(4, -2), (8, -7), (8, -1)]
    // tanh(z / 2) = 2 σ(z) − 1 carries the sigmoid's over.
    case .tanh: [(1, 0), (2, -1.5), (2, 1.5)]
    case .relu, .leakyRelu, .softplus: [(1, 0), (1, -0.5), (-1, 0.5), (-1, 1.5)]
    case .identity: [(1, 0)]
    }
  }

  /// Whether the unit with the sign of its input turned is more than the same with the next weight turned.
  fileprivate var isOneSided: Bool { self == .relu || self == .leakyRelu || self == .softplus }
}

extension Output {
  /// The z that would give ŷ = y, with y held to where there is one.
  fileprivate func argument(_ y: Double) -> Double {
    let held =
      switch self {
      case .identity: y
      case .sigmoid, .softmax: clamped(y, from: 0.01, to: 0.99)
      case .tanh: clamped(y, from: -0.98, to: 0.98)
      case .softplus: clamped(y, from: 0.01, to: 700)
      }
    return inverse(held) ?? 0
  }
}
