import SinglePathShims

/// The shapes of the grid at every sample of an x that all paths share, behind the samples in the workspace: what
/// is left to do for a path is Σ α y. The values are those that `LogisticModel.score` computes.
struct LogisticShapeTable<Code: InstructionSetTarget, L: Lanes> {
  let base: UnsafeMutablePointer<Float>
  let frames: Int

  /// Nil where x is not shared, where there are weights, or where there is no room.
  @inline(__always)
  init?(_ samples: SamplePanels<Code, L>) {
    let start = samples.base + samples.frames &* samples.stride
    let length = (samples.frames &+ 5) &* LogisticGrid.count
    guard samples.call.pointee.input_step == 0, !samples.isWeighted, samples.isResident,
      start + length <= samples.end
    else { return nil }
    base = start
    frames = samples.frames
  }

  /// A value for each start of the grid: of each sample, α; and of all, the slope and midpoint, Σ α, the mean of
  /// α and the inverse of its variation.
  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* LogisticGrid.count }

  @inline(never)
  func make(_ samples: SamplePanels<Code, L>, inverseWeight: L) {
    for index in 0..<LogisticGrid.count {
      row(frames)[index] = LogisticGrid.slope(index)
      row(frames &+ 1)[index] = LogisticGrid.midpoint(index)
    }
    var first = 0
    while first < LogisticGrid.count {
      let line = LogisticGrid.clippedLine(
        L.load(row(frames) + first), L.load(row(frames &+ 1) + first))
      var (sum, squares) = (L(repeating: 0), L(repeating: 0))
      for t in 0..<frames {
        let shape = LogisticGrid.shape(
          line, at: L(repeating: (samples.base + t &* samples.stride).pointee))
        sum = sum + shape
        squares = squares.adding(shape, times: shape)
        shape.store(row(t) + first)
      }
      let shape = StartShape(sum: sum, squares: squares, inverseWeight: inverseWeight)
      shape.sum.store(row(frames &+ 2) + first)
      shape.mean.store(row(frames &+ 3) + first)
      shape.inverse.store(row(frames &+ 4) + first)
      first &+= L.width
    }
  }

  /// Scores all starts in order, four at a time, whose sums fit into the registers.
  @inline(__always)
  func forEachScore(
    _ samples: SamplePanels<Code, L>, meanY: L,
    _ body: (_ index: Int, _ score: StartScore<L>) -> Void
  ) {
    var first = 0
    while first < LogisticGrid.count {
      let zero = L(repeating: 0)
      var (product0, product1, product2, product3) = (zero, zero, zero, zero)
      for t in 0..<frames {
        let y = L.load(samples.base + (t &* samples.stride &+ L.width))
        let shapes = row(t) + first
        product0 = product0.adding(L(repeating: shapes[0]), times: y)
        product1 = product1.adding(L(repeating: shapes[1]), times: y)
        product2 = product2.adding(L(repeating: shapes[2]), times: y)
        product3 = product3.adding(L(repeating: shapes[3]), times: y)
      }
      body(first, score(first, product0, meanY))
      body(first &+ 1, score(first &+ 1, product1, meanY))
      body(first &+ 2, score(first &+ 2, product2, meanY))
      body(first &+ 3, score(first &+ 3, product3, meanY))
      first &+= 4
    }
  }

  @inline(__always)
  func score(_ index: Int, _ product: L, _ meanY: L) -> StartScore<L> {
    StartShape(
      sum: L(repeating: row(frames &+ 2)[index]), mean: L(repeating: row(frames &+ 3)[index]),
      inverse: L(repeating: row(frames &+ 4)[index])
    ).score(product, meanY: meanY)
  }
}
