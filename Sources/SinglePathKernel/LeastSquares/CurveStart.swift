/// The lattice of starts: slopes k and midpoints m of σ(k (x − m)), five midpoints at a flat slope and
/// eleven at a steep one. k > 0 is enough, as σ(−z) = 1 − σ(z).
enum CurveLattice {
  @inline(__always)
  static var flat: Int { 5 }
  @inline(__always)
  static var count: Int { 16 }

  @inline(__always)
  static var flatSlope: Float { 3 }
  @inline(__always)
  static var steepSlope: Float { 14 }
  /// Tried once the best midpoint is known.
  @inline(__always)
  static var middlingSlope: Float { 6.5 }

  @inline(__always)
  static func slope(_ index: Int) -> Float { index < flat ? flatSlope : steepSlope }
  @inline(__always)
  static func middle(_ index: Int) -> Float {
    index < flat ? -0.8 + 0.4 * Float(index) : -1 + 0.2 * Float(index &- flat)
  }

  /// In the place of 2 σ(z) − 1 stands a ramp, 0.34 z held to ±1, which has about its shape. These are the
  /// factor and the shift of a ramp's x.
  @inline(__always)
  static func ramp<L: Lanes>(_ slope: L, _ middle: L) -> (factor: L, shift: L) {
    let factor = L(repeating: 0.34) * slope
    return (factor, -(factor * middle))
  }

  @inline(__always)
  static func shape<L: Lanes>(_ ramp: (factor: L, shift: L), at x: L) -> L {
    ramp.shift.adding(ramp.factor, times: x).atMost(1).atLeast(-1)
  }
}

/// Sums over the samples of a shape α, Σ α and Σ α², and what follows from them: the mean of α, and the
/// inverse of its variation, or 0 if it hardly varies.
struct CurveShape<L: Lanes>: BitwiseCopyable {
  let sum: L
  let mean: L
  let inverse: L

  @inline(__always)
  init(sum: L, mean: L, inverse: L) {
    self.sum = sum
    self.mean = mean
    self.inverse = inverse
  }

  @inline(__always)
  init(sum: L, squares: L, _ scale: UnsafePointer<CurveScale<L>>) {
    self.sum = sum
    mean = sum * scale.pointee.inverseWeight
    let varied = squares.subtracting(mean, times: sum)
    inverse = (varied .> squares * L(repeating: 1e-5)).keep(L(repeating: 1) / varied)
  }

  /// - Parameter product: Σ α y.
  @inline(__always)
  func judgement(_ product: L, _ scale: UnsafePointer<CurveScale<L>>) -> CurveJudgement<L> {
    let common = product.subtracting(sum, times: scale.pointee.meanY)
    return CurveJudgement(explained: common * common.withoutSign * inverse, mean: mean)
  }
}

/// How much of the variation of y a shape explains with the best linear output, with the sign of that
/// output's weight, and the shape's mean.
struct CurveJudgement<L: Lanes>: BitwiseCopyable {
  var explained: L
  var mean: L

  @inline(__always)
  init(explained: L, mean: L) {
    self.explained = explained
    self.mean = mean
  }

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

/// A unit to start from: its number on the lattice.
struct CurveStart<L: Lanes>: BitwiseCopyable {
  var index: L
  var judgement: CurveJudgement<L>

  @inline(__always)
  init(index: L, judgement: CurveJudgement<L>) {
    self.index = index
    self.judgement = judgement
  }

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      index: mask.choose(index, other.index),
      judgement: judgement.chosen(by: mask, otherwise: other.judgement))
  }

  @inline(__always)
  var isFlat: Mask<L> { index .< L(repeating: Float(CurveLattice.flat)) }
  @inline(__always)
  var slope: L {
    isFlat.choose(L(repeating: CurveLattice.flatSlope), L(repeating: CurveLattice.steepSlope))
  }
  /// With a part of the way to the next midpoint.
  @inline(__always)
  func middle(offset: L) -> L {
    let number = index + offset
    return isFlat.choose(
      L(repeating: -0.8).adding(number, times: L(repeating: 0.4)),
      L(repeating: -2).adding(number, times: L(repeating: 0.2)))
  }

  /// w₁ = k, b₁ = −k m; v is the mean of y; w₂ is set right by the first pass, its sign matters alone.
  @inline(__always)
  static func point(
    slope: L, middle: L, _ judgement: CurveJudgement<L>, _ scale: UnsafePointer<CurveScale<L>>
  ) -> CurvePoint<L> {
    let one = L(repeating: 1)
    return CurvePoint(
      w1: slope, b1: -(slope * middle),
      w2: (judgement.explained .< L(repeating: 0)).choose(-one, one), v: scale.pointee.meanY,
      c: L(repeating: 0.5).adding(judgement.mean, times: L(repeating: 0.5)))
  }
}

/// The two best of the lattice.
struct CurveStarts<L: Lanes>: BitwiseCopyable {
  var first: CurveStart<L>
  var second: CurveStart<L>
  /// Where the first has the top of a parabola through its neighbours, in ±½ of their distance.
  var offset: L

  /// - Parameter judged: by number; of equals the earlier is better.
  @inline(__always)
  init(_ judged: UnsafePointer<CurveJudgement<L>>) {
    let zero = L(repeating: 0)
    first = CurveStart(index: zero, judgement: judged[0])
    second = CurveStart(index: zero, judgement: CurveJudgement(explained: zero, mean: zero))
    // What its neighbours explain; beyond an end of a row nothing is known, and the first stays where it is.
    let edge = L(repeating: .nan)
    var (before, after, follows) = (edge, edge, Mask<L>(true))
    for j in 1..<CurveLattice.count {
      let one = CurveStart(index: L(repeating: Float(j)), judgement: judged[j])
      let isRow = j != CurveLattice.flat
      after = follows.choose(isRow ? one.judgement.explained : edge, after)
      let isBest = one.judgement.isBetter(than: first.judgement)
      let isSecond = one.judgement.isBetter(than: second.judgement)
      before = isBest.choose(isRow ? judged[j &- 1].explained : edge, before)
      second = first.chosen(by: isBest, otherwise: one.chosen(by: isSecond, otherwise: second))
      first = one.chosen(by: isBest, otherwise: first)
      follows = isBest
    }
    after = follows.choose(edge, after)
    let best = first.judgement.explained
    let bend = (best - before) + (best - after)
    let top = L(repeating: 0.5) * (after - before) / bend
    offset = (top.withoutSign .<= L(repeating: 0.5)).keep(top)
  }
}
