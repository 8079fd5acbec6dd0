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
    let open = Self.saturatedLayers(equations, path: path, totalWeight: totalWeight)
    let curvature = equations.curvature
    let seen = free.indices.filter {
      free[$0] % path.depth >= open && curvature[$0 * free.count + $0] > 0
    }
    let scale = seen.map { curvature[$0 * free.count + $0].squareRoot() }
    var inverse = Array(repeating: 0.0, count: seen.count * seen.count)
    for i in seen.indices {
      for j in 0...i {
        let entry = curvature[seen[i] * free.count + seen[j]] / (scale[i] * scale[j])
        inverse[i * seen.count + j] = entry
        inverse[j * seen.count + i] = entry
      }
    }
    Self.invert(&inverse, count: seen.count)
    var all = Array(repeating: Double.nan, count: total * total)
    for i in seen.indices {
      for j in seen.indices {
        all[free[seen[i]] * total + free[seen[j]]] =
          inverse[i * seen.count + j] / (scale[i] * scale[j])
      }
    }
    self.inverse = all
    isComplete = seen.count == free.count && !inverse.contains { $0.isNaN }
  }

  /// How many layers of parameters, from the first on, act through a saturated unit only: all of them
  /// where the output is saturated.
  private static func saturatedLayers(
    _ equations: NormalEquations, path: ReferencePath, totalWeight: Double
  ) -> Int {
    let steepest = path.output.steepestSlope
    let mostCurvature =
      path.cost == .crossEntropy && path.output.isProbability ? steepest : steepest * steepest
    guard equations.totalCurvature > saturation * mostCurvature * totalWeight else {
      return path.depth
    }
    let floor = saturation * path.hidden.steepestSlope
    return equations.steepest.lastIndex { $0 <= floor }.map { $0 + 1 } ?? 0
  }

  /// Replaces a matrix with a diagonal of 1 by its inverse, NaN where a vector that it takes to 0 points.
  private static func invert(_ matrix: inout [Double], count: Int) {
    var factor = CholeskyFactor(count: count, floor: rank)
    factor.factorise { matrix[$0 * count + $1] }
    guard factor.smallestPivot > rank else {
      matrix = pseudoInverse(matrix, count: count)
      return
    }
    var column = Array(repeating: 0.0, count: count)
    for i in 0..<count {
      for k in 0..<count { column[k] = i == k ? 1 : 0 }
      factor.solve(&column)
      for k in 0..<count { matrix[i * count + k] = column[k] }
    }
  }

  private static func pseudoInverse(_ matrix: [Double], count: Int) -> [Double] {
    let (values, vectors) = eigensystem(matrix, count: count)
    // A pivot was rounding, so that the least eigenvalue is, whatever rounding made of it here.
    let floor = max(rank * Double(count), values.min() ?? 0)
    let lost = values.indices.filter { values[$0] <= floor }
    let kept = values.indices.filter { values[$0] > floor }
    let open = (0..<count).map { i in lost.contains { abs(vectors[$0][i]) > 1e-4 } }
    var inverse = Array(repeating: Double.nan, count: count * count)
    for i in 0..<count where !open[i] {
      for j in 0..<count where !open[j] {
        inverse[i * count + j] = kept.reduce(0) {
          $0 + vectors[$1][i] * vectors[$1][j] / values[$1]
        }
      }
    }
    return inverse
  }
}
