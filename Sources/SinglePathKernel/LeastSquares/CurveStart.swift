/// The two best starts of a curve, and how much of the targets' variation each explains.
@usableFromInline
struct CurveStarts<L: Lanes>: BitwiseCopyable {
  @usableFromInline var first: CurveStart<L>
  @usableFromInline var second: CurveStart<L>

  @inlinable @inline(__always)
  init() {
    first = CurveStart()
    second = CurveStart()
  }

  /// Keeps the two best; of equals the earlier.
  @inlinable @inline(__always)
  mutating func take(_ start: CurveStart<L>) {
    let isBest = start.explained .> first.explained
    let isSecond = start.explained .> second.explained
    second = first.chosen(by: isBest, otherwise: start.chosen(by: isSecond, otherwise: second))
    first = start.chosen(by: isBest, otherwise: first)
  }
}

@usableFromInline
struct CurveStart<L: Lanes>: BitwiseCopyable {
  @usableFromInline var explained: L
  @usableFromInline var slope: L
  @usableFromInline var middle: L
  @usableFromInline var w2: L
  @usableFromInline var c: L

  @inlinable @inline(__always)
  init(explained: L, slope: L, middle: L, w2: L, c: L) {
    self.explained = explained
    self.slope = slope
    self.middle = middle
    self.w2 = w2
    self.c = c
  }

  @inlinable @inline(__always)
  init() {
    self.init(
      explained: L(repeating: -1), slope: L(repeating: 3), middle: L(repeating: 0),
      w2: L(repeating: 0.5), c: L(repeating: 0.5))
  }

  @inlinable @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      explained: mask.choose(explained, other.explained), slope: mask.choose(slope, other.slope),
      middle: mask.choose(middle, other.middle), w2: mask.choose(w2, other.w2),
      c: mask.choose(c, other.c))
  }

  /// w₁ = k, b₁ = −k m; v is the mean of y.
  @inlinable @inline(__always)
  func point(_ scale: UnsafePointer<CurveScale<L>>) -> CurvePoint<L> {
    CurvePoint(w1: slope, b1: -(slope * middle), w2: w2, v: scale.pointee.meanY, c: c)
  }
}

/// The lattice of starts: slopes k and midpoints m of σ(k (x − m)). k > 0 is enough, as
/// σ(−z) = 1 − σ(z).
@usableFromInline
enum CurveLattice {
  @inlinable @inline(__always)
  static var count: Int { 16 }

  @inlinable @inline(__always)
  static func start(_ index: Int) -> (slope: Float, middle: Float) {
    index < 5
      ? (3, -0.8 + 0.4 * Float(index)) : (14, -1 + 0.2 * Float(index &- 5))
  }

  /// In the place of 4 (σ(k (x − m)) − ½): t (3 − t²) with t = k (x − m) / 4 held to ±1, which has about
  /// its shape.
  @inlinable @inline(__always)
  static func shape<L: Lanes>(_ slope: Float, _ middle: Float, at x: L) -> L {
    let t = L(repeating: -0.25 * slope * middle).adding(L(repeating: 0.25 * slope), times: x)
      .atMost(1).atLeast(-1)
    return t * L(repeating: 3).subtracting(t, times: t)
  }
}

/// Sums over the samples of a start's shape α: Σ α, Σ α², Σ α y.
@usableFromInline
struct CurveShapeSums<L: Lanes>: BitwiseCopyable {
  @usableFromInline var a: L
  @usableFromInline var aa: L
  @usableFromInline var ay: L

  @inlinable @inline(__always)
  init() {
    a = L(repeating: 0)
    aa = L(repeating: 0)
    ay = L(repeating: 0)
  }

  /// The start with its best linear output.
  @inlinable @inline(__always)
  func start(
    _ slope: Float, _ middle: Float, _ scale: UnsafePointer<CurveScale<L>>
  ) -> CurveStart<L> {
    let mean = a * scale.pointee.inverseWeight
    let varied = aa.subtracting(mean, times: a)
    let common = ay.subtracting(a, times: scale.pointee.meanY)
    let w = (varied .> aa * L(repeating: 1e-5)).keep(common / varied)
    return CurveStart(
      explained: w * common, slope: L(repeating: slope), middle: L(repeating: middle),
      w2: w * L(repeating: 4), c: L(repeating: 0.5).adding(mean, times: L(repeating: 0.25)))
  }
}
