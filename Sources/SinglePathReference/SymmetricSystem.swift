// Small symmetric systems, row by row, of which the lower triangle is read.

/// The Cholesky factor of a symmetric matrix with no negative eigenvalue: A = L Lᵀ.
struct CholeskyFactor {
  private(set) var factor: [Double]
  /// The smallest diagonal entry that was left when its column was reached; at least 0.
  private(set) var smallestPivot = Double.infinity
  private let count: Int
  /// Pivots at or below this are rounding: their unknowns are left at 0.
  private let floor: Double

  /// Memory for matrices of `count` rows.
  init(count: Int, floor: Double) {
    (self.count, self.floor) = (count, floor)
    factor = Array(repeating: 0, count: count * count)
  }

  /// Factors A, given entry by entry for row ≥ column.
  mutating func factorise(_ entry: (_ row: Int, _ column: Int) -> Double) {
    smallestPivot = .infinity
    for j in 0..<count {
      var pivot = entry(j, j)
      for k in 0..<j { pivot -= factor[j * count + k] * factor[j * count + k] }
      smallestPivot = min(smallestPivot, max(0, pivot))
      let inverse = pivot > floor ? 1 / pivot.squareRoot() : 0
      factor[j * count + j] = inverse == 0 ? .infinity : pivot.squareRoot()
      for i in j + 1..<max(count, j + 1) {
        var sum = entry(i, j)
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        factor[i * count + j] = sum * inverse
      }
    }
  }

  /// Replaces the right-hand side b by the solution of A x = b.
  func solve(_ b: inout [Double]) {
    for i in 0..<count {
      for k in 0..<i { b[i] -= factor[i * count + k] * b[k] }
      b[i] /= factor[i * count + i]
    }
    for i in (0..<count).reversed() {
      for k in i + 1..<max(count, i + 1) { b[i] -= factor[k * count + i] * b[k] }
      b[i] /= factor[i * count + i]
    }
  }
}

/// The eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van
/// Loan, Matrix Computations, section 8.5).
///
/// - Parameter matrix: `count × count`, row by row, both triangles.
/// - Returns: the eigenvalues, and for each its vector of length 1.
func eigensystem(_ matrix: [Double], count: Int) -> (values: [Double], vectors: [[Double]]) {
  var a = matrix
  var vectors = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0 } }
  let size = matrix.reduce(0) { $0 + $1 * $1 }
  // It converges quadratically: sizes of 16 take about eight sweeps.
  for _ in 0..<30 {
    var rest = 0.0
    for i in 0..<count { for j in 0..<i { rest += a[i * count + j] * a[i * count + j] } }
    if rest <= 0x1p-106 * size { break }
    for i in 0..<count { for j in 0..<i { rotate(&a, &vectors, i, j, count: count) } }
  }
  return ((0..<count).map { a[$0 * count + $0] }, vectors)
}

/// The rotation that makes a(i, j) zero.
private func rotate(
  _ a: inout [Double], _ vectors: inout [[Double]], _ i: Int, _ j: Int, count: Int
) {
  guard a[i * count + j] != 0 else { return }
  let τ = (a[j * count + j] - a[i * count + i]) / (2 * a[i * count + j])
  let t = (τ < 0 ? -1 : 1) / (abs(τ) + (1 + τ * τ).squareRoot())
  let c = 1 / (1 + t * t).squareRoot()
  let s = c * t
  for k in 0..<count {
    let (x, y) = (a[k * count + i], a[k * count + j])
    (a[k * count + i], a[k * count + j]) = (c * x - s * y, s * x + c * y)
  }
  for k in 0..<count {
    let (x, y) = (a[i * count + k], a[j * count + k])
    (a[i * count + k], a[j * count + k]) = (c * x - s * y, s * x + c * y)
    let (u, v) = (vectors[i][k], vectors[j][k])
    (vectors[i][k], vectors[j][k]) = (c * u - s * v, s * u + c * v)
  }
}
