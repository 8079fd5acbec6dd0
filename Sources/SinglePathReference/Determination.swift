/// What the samples say about the free parameters at the end of a fit.
struct Determination {
  /// H⁻¹ in the rows and columns of all parameters, 0 for those that are frozen; its pseudoinverse where
  /// there are open directions.
  let inverse: [Double]
  /// The moves of all parameters together of which the samples say nothing.
  let openDirections: [[Double]]

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
    let lost = Self.invert(&inverse, count: seen.count)
    var all = Array(repeating: 0.0, count: total * total)
    for i in seen.indices {
      for j in seen.indices {
        all[free[seen[i]] * total + free[seen[j]]] =
          inverse[i * seen.count + j] / (scale[i] * scale[j])
      }
    }
    self.inverse = all
    let unseen = free.indices.filter { !seen.contains($0) }.map { unseen in
      (0..<total).map { $0 == free[unseen] ? 1.0 : 0 }
    }
    openDirections =
      unseen
      + lost.map { vector in
        var direction = Array(repeating: 0.0, count: total)
        for (i, entry) in vector.enumerated() { direction[free[seen[i]]] = entry / scale[i] }
        return direction
      }
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

  /// Replaces a matrix with a diagonal of 1 by its inverse, or by its pseudoinverse.
  ///
  /// - Returns: vectors that the matrix takes to 0.
  private static func invert(_ matrix: inout [Double], count: Int) -> [[Double]] {
    var factor = CholeskyFactor(count: count, floor: rank)
    factor.factorise { matrix[$0 * count + $1] }
    guard factor.smallestPivot > rank else { return invertSingular(&matrix, count: count) }
    var column = Array(repeating: 0.0, count: count)
    for i in 0..<count {
      for k in 0..<count { column[k] = i == k ? 1 : 0 }
      factor.solve(&column)
      for k in 0..<count { matrix[i * count + k] = column[k] }
    }
    return []
  }

  private static func invertSingular(_ matrix: inout [Double], count: Int) -> [[Double]] {
    let (values, vectors) = eigensystem(matrix, count: count)
    // A pivot was rounding, so that the least eigenvalue is, whatever rounding made of it here.
    let floor = max(rank * Double(count), values.min() ?? 0)
    let kept = values.indices.filter { values[$0] > floor }
    for i in 0..<count {
      for j in 0..<count {
        matrix[i * count + j] = kept.reduce(0) {
          $0 + vectors[$1][i] * vectors[$1][j] / values[$1]
        }
      }
    }
    // Entries that are rounding belong to parameters that are not open.
    return values.indices.filter { values[$0] <= floor }.map {
      vectors[$0].map { abs($0) > 1e-4 ? $0 : 0 }
    }
  }
}
