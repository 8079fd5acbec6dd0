/// The grid of starts: slopes k and midpoints m of σ(k (x − m)), five midpoints at a flat slope and eleven at a
/// steep one. k > 0 is enough, as σ(−z) = 1 − σ(z).
enum LogisticGrid {
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
  static var middleSlope: Float { 6.5 }

  @inline(__always)
  static func slope(_ index: Int) -> Float { index < flat ? flatSlope : steepSlope }
  @inline(__always)
  static func midpoint(_ index: Int) -> Float {
    index < flat ? -0.8 + 0.4 * Float(index) : -1 + 0.2 * Float(index &- flat)
  }

  /// In the place of 2 σ(z) − 1 stands a clipped line, 0.34 z within ±1, which has about its shape and needs no
  /// division. These are the factor and the shift of its x.
  @inline(__always)
  static func clippedLine<L: Lanes>(_ slope: L, _ midpoint: L) -> (factor: L, shift: L) {
    let factor = L(repeating: 0.34) * slope
    return (factor, -(factor * midpoint))
  }

  @inline(__always)
  static func shape<L: Lanes>(_ line: (factor: L, shift: L), at x: L) -> L {
    line.shift.adding(line.factor, times: x).atMost(1).atLeast(-1)
  }
}

/// A unit to start from: its number on the grid.
struct LogisticStart<L: Lanes> {
  var index: L
  var score: StartScore<L>

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      index: mask.choose(index, other.index),
      score: score.chosen(by: mask, otherwise: other.score))
  }

  @inline(__always)
  var isFlat: Mask<L> { index .< L(repeating: Float(LogisticGrid.flat)) }
  @inline(__always)
  var slope: L {
    isFlat.choose(L(repeating: LogisticGrid.flatSlope), L(repeating: LogisticGrid.steepSlope))
  }
  /// With a part of the way to the next midpoint.
  @inline(__always)
  func midpoint(offset: L) -> L {
    let number = index + offset
    return isFlat.choose(
      L(repeating: -0.8).adding(number, times: L(repeating: 0.4)),
      L(repeating: -2).adding(number, times: L(repeating: 0.2)))
  }

  /// w₁ = k, b₁ = −k m; v is the mean of y; w₂ is set right by the first pass, only its sign matters.
  @inline(__always)
  static func curve(slope: L, midpoint: L, _ score: StartScore<L>, meanY: L) -> LogisticCurve<L> {
    let one = L(repeating: 1)
    return LogisticCurve(
      w1: slope, b1: -(slope * midpoint),
      w2: (score.explained .< L(repeating: 0)).choose(-one, one), v: meanY,
      c: L(repeating: 0.5).adding(score.mean, times: L(repeating: 0.5)))
  }
}

/// The two best of the grid.
struct LogisticStarts<L: Lanes> {
  var first = none
  var second = none
  /// What the neighbours of the first explain. Beyond an end of a row nothing is known.
  var before = L(repeating: .nan)
  var after = L(repeating: .nan)
  /// The score before, and whether it is the best so far.
  var last = none.score
  var isAfterBest = Mask<L>(false)

  @inline(__always)
  static var none: LogisticStart<L> {
    let zero = L(repeating: 0)
    return LogisticStart(index: zero, score: StartScore(explained: zero, mean: zero))
  }

  /// Takes the scores of the grid in order. Of equals the earlier is better.
  @inline(__always)
  mutating func add(_ index: Int, _ score: StartScore<L>) {
    let one = LogisticStart(index: L(repeating: Float(index)), score: score)
    let edge = L(repeating: .nan)
    if index == 0 {
      (first, isAfterBest) = (one, Mask(true))
    } else {
      let isRow = index != LogisticGrid.flat
      after = isAfterBest.choose(isRow ? score.explained : edge, after)
      let isBest = score.isBetter(than: first.score)
      let isSecond = score.isBetter(than: second.score)
      before = isBest.choose(isRow ? last.explained : edge, before)
      second = first.chosen(by: isBest, otherwise: one.chosen(by: isSecond, otherwise: second))
      first = one.chosen(by: isBest, otherwise: first)
      isAfterBest = isBest
    }
    last = score
  }

  /// Where the first has the top of a parabola through its neighbours, in ±½ of their distance; 0 at an end of a
  /// row.
  @inline(__always)
  var offset: L {
    let after = isAfterBest.choose(L(repeating: .nan), after)
    let best = first.score.explained
    let bend = (best - before) + (best - after)
    let top = L(repeating: 0.5) * (after - before) / bend
    return (top.withoutSign .<= L(repeating: 0.5)).keep(top)
  }
}

extension LogisticModel {
  /// Finds two starts on the grid, and improves the first: its midpoint by a parabola, its slope by one more
  /// trial.
  @inline(never)
  func drawStarts() -> Int {
    var starts = LogisticStarts<L>()
    if let table = shapeTable() {
      table.forEachScore(samples, meanY: scale.pointee.meanY) { starts.add($0, $1) }
    } else {
      for index in 0..<LogisticGrid.count {
        starts.add(
          index,
          score(
            L(repeating: LogisticGrid.slope(index)), L(repeating: LogisticGrid.midpoint(index))))
      }
    }
    let midpoint = starts.first.midpoint(offset: starts.offset)
    let middle = L(repeating: LogisticGrid.middleSlope)
    let other = score(middle, midpoint)
    let isBetter = other.isBetter(than: starts.first.score)
    let meanY = scale.pointee.meanY
    memory.pointee.starts.0 = LogisticStart.curve(
      slope: isBetter.choose(middle, starts.first.slope), midpoint: midpoint,
      other.chosen(by: isBetter, otherwise: starts.first.score), meanY: meanY)
    memory.pointee.starts.1 = LogisticStart.curve(
      slope: starts.second.slope, midpoint: starts.second.midpoint(offset: L(repeating: 0)),
      starts.second.score, meanY: meanY)
    return 2
  }

  /// How much of the variation a unit of this slope and midpoint explains.
  @inline(__always)
  func score(_ slope: L, _ midpoint: L) -> StartScore<L> {
    let zero = L(repeating: 0)
    var (sum, squares, product) = (zero, zero, zero)
    let (line, isWeighted) = (LogisticGrid.clippedLine(slope, midpoint), samples.isWeighted)
    samples.forEach(scale) { panel, count, _ in
      for t in 0..<count {
        let (x, y, weight) = samples.sample(t, of: panel)
        let shape = LogisticGrid.shape(line, at: x)
        let weighted = isWeighted ? weight * shape : samples.isPresent(t, of: panel).keep(shape)
        sum = sum + weighted
        squares = squares.adding(weighted, times: isWeighted ? shape : weighted)
        product = product.adding(weighted, times: y)
      }
    }
    return StartShape(sum: sum, squares: squares, inverseWeight: scale.pointee.inverseWeight)
      .score(product, meanY: scale.pointee.meanY)
  }

  /// The shapes of the grid, if all paths have the same x and none of this vector's misses a sample: made at the
  /// first such vector.
  @inline(__always)
  func shapeTable() -> LogisticShapeTable<Code, L>? {
    guard let table = LogisticShapeTable(samples) else { return nil }
    let isComplete = scale.pointee.samples .>= L(repeating: Float(samples.frames))
    if (.!isComplete).isAnySet { return nil }
    if memory.pointee.hasTable == 0 {
      table.make(samples, inverseWeight: scale.pointee.inverseWeight)
      memory.pointee.hasTable = 1
    }
    return table
  }
}
