/// What the samples say about the free parameters at the end of a fit.
struct Determination {
  /// Whether they leave any open.
  let isComplete: Bool
  /// H⁻¹ in the rows and columns of all parameters; NaN for those that are frozen or left open.
  let inverse: [Double]

  /// Steepest slopes below this share of what the activation can have pass nothing back: the unit is
  /// saturated at every sample. Also the share of the curvature that an output may lose.
  private static let saturation = 1e-6
  /// Eigenvalues of H, scaled to a diagonal of 1, that are rounding.
  private static let rank = 1e-12

  init(_ equations: NormalEquations, path: ReferencePath, totalWeight: Double) {
    let (free, total) = (equations.free, path.parameterCount)
    let diagonal = free.indices.map { equations.curvature[$0 * free.count + $0] }
    let open = Self.saturated(equations, path: path, totalWeight: totalWeight)
    let seen = free.indices.filter { !open[free[$0]] && diagonal[$0] > 0 }
    let scale = seen.map { diagonal[$0].squareRoot() }
    let correlation = seen.indices.flatMap { i in
      seen.indices.map { j in
        equations.curvature[max(seen[i], seen[j]) * free.count + min(seen[i], seen[j])]
          / (scale[i] * scale[j])
      }
    }
    let inverse = Self.inverse(correlation, count: seen.count)
    var all = Array(repeating: Double.nan, count: total * total)
    for i in seen.indices {
      for j in seen.indices {
        all[free[seen[i]] * total + free[seen[j]]] =
          inverse[i * seen.count + j] / (scale[i] * scale[j])
      }
    }
    self.inverse = all
    isComplete = seen.count == free.count && !inverse.contains(where: \.isNaN)
  }

  /// The parameters that act through a saturated unit only.
  private static func saturated(
    _ equations: NormalEquations, path: ReferencePath, totalWeight: Double
  ) -> [Bool] {
    let steepest = path.output.steepestSlope
    let mostCurvature =
      path.cost == .crossEntropy && path.output.isProbability ? steepest : steepest * steepest
    // A saturated output leaves everything open, a saturated layer all that comes before it.
    var layers = 0
    if equations.totalCurvature <= saturation * mostCurvature * totalWeight {
      layers = path.depth
    } else if let last = equations.steepest.lastIndex(where: {
      $0 <= saturation * path.hidden.steepestSlope
    }) {
      layers = last + 1
    }
    return (0..<path.parameterCount).map { $0 % path.depth < layers }
  }

  /// The inverse of a matrix with a diagonal of 1, with NaN where a vector that it takes to 0 points.
  private static func inverse(_ matrix: [Double], count: Int) -> [Double] {
    var factor = CholeskyFactor(count: count, floor: rank)
    factor.factorise { matrix[$0 * count + $1] }
    guard factor.smallestPivot <= rank else {
      var inverse: [Double] = []
      for i in 0..<count {
        var column = Array(repeating: 0.0, count: count)
        column[i] = 1
        factor.solve(&column)
        inverse += column
      }
      return inverse
    }
    return pseudoInverse(matrix, count: count)
  }

  private static func pseudoInverse(_ matrix: [Double], count: Int) -> [Double] {
    let (values, vectors) = eigensystem(matrix, count: count)
    // A pivot was rounding, so that the least eigenvalue is, whatever rounding made of it here.
    let floor = max(rank * Double(count), values.min() ?? 0)
    let lost = values.indices.filter { values[$0] <= floor }
    let open = (0..<count).map { i in lost.contains { abs(vectors[$0][i]) > 1e-4 } }
    return (0..<count).flatMap { i in
      (0..<count).map { j in
        open[i] || open[j]
          ? .nan
          : values.indices.filter { !lost.contains($0) }.reduce(0) {
            $0 + vectors[$1][i] * vectors[$1][j] / values[$1]
          }
      }
    }
  }
}
