// Starts are chosen by how much of the variation of y a shape explains, by the line through y on it.

/// Sums over the samples of a shape α, Σ w α and Σ w α², and what follows from them.
struct StartShape<L: Lanes>: BitwiseCopyable {
  let sum: L
  let mean: L
  /// The inverse of its variation, or 0 if it hardly varies.
  let inverse: L

  /// The least variation of a shape, as a share of Σ w α², above its rounding.
  @inline(__always)
  static var leastVariation: Float { 1e-5 }

  @inline(__always)
  init(sum: L, mean: L, inverse: L) {
    self.sum = sum
    self.mean = mean
    self.inverse = inverse
  }

  /// - Parameter inverseWeight: 1 / Σ w; 0 for a line without a level.
  @inline(__always)
  init(sum: L, squares: L, inverseWeight: L) {
    self.sum = sum
    mean = sum * inverseWeight
    let varied = squares.subtracting(mean, times: sum)
    inverse = (varied .> squares * L(repeating: Self.leastVariation)).keep(
      L(repeating: 1) / varied)
  }

  /// - Parameter product: Σ w α y.
  @inline(__always)
  func covariation(_ product: L, meanY: L) -> L { product.subtracting(sum, times: meanY) }

  @inline(__always)
  func score(_ product: L, meanY: L) -> StartScore<L> {
    let common = covariation(product, meanY: meanY)
    return StartScore(explained: common * common.withoutSign * inverse, mean: mean)
  }
}

/// How much of the variation of y a shape explains, with the sign of the line's slope, and the shape's mean.
struct StartScore<L: Lanes>: BitwiseCopyable {
  var explained: L
  var mean: L

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      explained: mask.choose(explained, other.explained), mean: mask.choose(mean, other.mean))
  }

  @inline(__always)
  func isBetter(than other: Self) -> Mask<L> {
    explained.withoutSign .> other.explained.withoutSign
  }
}
