/// (F2) and (F4): the normal equations (H + λ D) p = −g of the free parameters. H = Σ w c j jᵀ and g = Σ w e j,
/// with the row j = ∂z⁽ᴸ⁺¹⁾/∂p of a sample, the error signal e of its output (13) and the curvature c of its
/// cost.
struct NormalEquations<L: Lanes> {
  let first: UnsafeMutablePointer<L>
  let count: Int

  /// How many numbers there are: H, lower triangle row by row, g, Σ w J and Σ w c.
  @inline(__always)
  static func length(_ count: Int) -> Int { count &* (count &+ 1) / 2 &+ count &+ 2 }
  @inline(__always)
  var length: Int { Self.length(count) }

  /// H, where row ≥ column.
  @inline(__always)
  subscript(_ row: Int, _ column: Int) -> L {
    get { first[row &* (row &+ 1) / 2 &+ column] }
    nonmutating set { first[row &* (row &+ 1) / 2 &+ column] = newValue }
  }

  /// H, whichever of the two is the larger.
  @inline(__always)
  func entry(_ i: Int, _ k: Int) -> L { self[max(i, k), min(i, k)] }

  @inline(__always)
  var gradient: UnsafeMutablePointer<L> { first + count &* (count &+ 1) / 2 }
  /// Σ w J.
  @inline(__always)
  var cost: UnsafeMutablePointer<L> { gradient + count }
  /// Σ w c.
  @inline(__always)
  var curvature: UnsafeMutablePointer<L> { gradient + (count &+ 1) }

  @inline(__always)
  func clear() {
    for index in 0..<length { first[index] = L(repeating: 0) }
  }

  /// Takes another's numbers in some lanes.
  @inline(__always)
  func take(_ other: Self, where mask: Mask<L>) {
    for index in 0..<length { first[index] = mask.choose(other.first[index], first[index]) }
  }

  /// A pivot, as a share of its diagonal entry, that is rounding.
  @inline(__always)
  static var leastPivot: Float { 1e-7 }

  /// Makes this the factors of another's H + λ D = U D Uᵀ: below the diagonal the factor's entries, on it the
  /// inverse of the pivots, or 0 for a pivot that is rounding.
  ///
  /// - Parameter scale: the diagonal of D.
  /// - Returns: the smallest pivot as a share of its diagonal entry, where that is not 0.
  @inline(never)
  func factorise(_ system: Self, damping: L, scale: UnsafePointer<L>) -> L {
    let zero = L(repeating: 0)
    var smallest = L(repeating: 1)
    for i in 0..<count {
      for k in 0..<i {
        var entry = system[i, k]
        for m in 0..<k { entry = entry.subtracting(self[i, m], times: self[k, m]) }
        self[i, k] = entry
      }
      let whole = system[i, i].adding(damping, times: scale[i])
      var pivot = whole
      for k in 0..<i {
        let product = self[i, k]
        let factor = product * self[k, k]
        pivot = pivot.subtracting(product, times: factor)
        self[i, k] = factor
      }
      let share = pivot / whole
      smallest = (whole .> zero).choose(share.atMost(smallest), smallest)
      self[i, i] = (pivot .> L(repeating: Self.leastPivot) * whole).keep(L(repeating: 1) / pivot)
    }
    return smallest
  }

  /// Solves for U of U y = b in the place of b, which is this one's gradient, and returns bᵀ (H + λ D)⁻¹ b.
  @inline(never)
  func forwardSubstitute() -> L {
    var size = L(repeating: 0)
    for i in 0..<count {
      var y = gradient[i]
      for k in 0..<i { y = y.subtracting(self[i, k], times: gradient[k]) }
      gradient[i] = y
      size = size.adding(y * self[i, i], times: y)
    }
    return size
  }

  /// Goes on to (H + λ D)⁻¹ b.
  @inline(__always)
  func backSubstitute() {
    var i = count &- 1
    while i >= 0 {
      var p = gradient[i] * self[i, i]
      for k in (i &+ 1)..<count { p = p.subtracting(self[k, i], times: gradient[k]) }
      gradient[i] = p
      i &-= 1
    }
  }
}
