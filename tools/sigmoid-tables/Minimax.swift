/// The best polynomial on a set of points, in the sense of the largest weighted error (Remez).
///
/// Plain `Double`, no transcendental function: the same bits on every machine.
struct Minimax {
  /// Leading coefficient, in powers of the local variable u ∈ [−1, 1].
  let leading: Double
  /// The largest weighted error on the points.
  let error: Double

  /// Fits Σ sⱼ uʲ, j ≤ degree, to `targets`, so that the largest |weight · Σ sⱼ uʲ − target| is least.
  ///
  /// - Parameters:
  ///   - locals: u of every point, ascending, more than `degree + 2` of them.
  init(locals: [Double], weights: [Double], targets: [Double], degree: Int) {
    let basis = (0..<locals.count).map { i in
      var power = weights[i]
      return (0...degree).map { _ in
        defer { power *= locals[i] }
        return power
      }
    }
    let count = degree + 2
    var reference = (0..<count).map { $0 * (locals.count - 1) / (count - 1) }
    var best: (coefficients: [Double], error: Double) = ([], .infinity)
    for _ in 0..<30 {
      let rows = reference.enumerated().map { basis[$1] + [$0.isMultiple(of: 2) ? 1 : -1] }
      let solution = solve(rows, reference.map { targets[$0] })
      let residuals = (0..<locals.count).map { i in
        targets[i] - zip(basis[i], solution).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let largest = residuals.reduce(0) { max($0, $1.magnitude) }
      if largest < best.error { best = (Array(solution.dropLast()), largest) }
      let extrema = Self.alternation(of: residuals, count: count)
      guard let extrema, extrema != reference else { break }
      reference = extrema
    }
    leading = best.coefficients[degree]
    error = best.error
  }

  /// The `count` largest extrema of alternating sign, or nil where the error alternates less often.
  private static func alternation(of residuals: [Double], count: Int) -> [Int]? {
    var extrema: [Int] = []
    for i in residuals.indices {
      if let last = extrema.last, (residuals[last] < 0) == (residuals[i] < 0) {
        if residuals[i].magnitude > residuals[last].magnitude { extrema[extrema.count - 1] = i }
      } else {
        extrema.append(i)
      }
    }
    while extrema.count > count, let first = extrema.first, let last = extrema.last {
      if residuals[first].magnitude < residuals[last].magnitude {
        extrema.removeFirst()
      } else {
        extrema.removeLast()
      }
    }
    return extrema.count == count ? extrema : nil
  }
}

/// Solves a small square system by elimination with row pivoting.
private func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
  var rows = zip(matrix, right).map { $0 + [$1] }
  let count = rows.count
  for column in 0..<count {
    let pivot = (column..<count).max { rows[$0][column].magnitude < rows[$1][column].magnitude }
    rows.swapAt(column, pivot ?? column)
    for row in 0..<count where row != column {
      let factor = rows[row][column] / rows[column][column]
      for k in column...count { rows[row][k] -= factor * rows[column][k] }
    }
  }
  return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}
