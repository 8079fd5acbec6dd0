import SinglePathShims

/// The shapes of the lattice at every sample of an x that all paths share, behind the samples in the
/// workspace: what is left to do for a path is Σ α y.
///
/// The values are those that `CurveFit.judge` comes to.
struct CurveShapeTable<Code: InstructionSetTarget, L: Lanes> {
  let workspace: FitWorkspace<L>
  let base: UnsafeMutablePointer<Float>
  let frames: Int

  /// Nil where x is not shared, where there are weights, or where there is no room.
  @inline(__always)
  init?(_ samples: FitSamples<Code, L>) {
    let start = samples.base + samples.frames &* samples.stride
    let length = (samples.frames &+ 5) &* CurveLattice.count
    guard samples.call.pointee.input_step == 0, !samples.isWeighted, samples.isResident,
      start + length <= samples.workspace.end
    else { return nil }
    workspace = samples.workspace
    base = start
    frames = samples.frames
  }

  /// To be called before the first use of a workspace.
  @inline(__always)
  static func forget(_ workspace: FitWorkspace<L>) { workspace.hasTable.pointee = 0 }

  @inline(__always)
  var isMade: Bool { workspace.hasTable.pointee != 0 }

  /// A value for each start of the lattice: of each sample, α; and of all, Σ α, the mean of α and the inverse
  /// of its variation, and the factor and shift of its ramp.
  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* CurveLattice.count }

  @inline(never)
  func make(_ samples: FitSamples<Code, L>, _ scale: UnsafePointer<CurveScale<L>>) {
    for index in 0..<CurveLattice.count {
      row(frames)[index] = CurveLattice.slope(index)
      row(frames &+ 1)[index] = CurveLattice.middle(index)
    }
    var first = 0
    while first < CurveLattice.count {
      let ramp = CurveLattice.ramp(L.load(row(frames) + first), L.load(row(frames &+ 1) + first))
      var (sum, squares) = (L(repeating: 0), L(repeating: 0))
      for t in 0..<frames {
        let shape = CurveLattice.shape(
          ramp, at: L(repeating: (samples.base + t &* samples.stride).pointee))
        sum = sum + shape
        squares = squares.adding(shape, times: shape)
        shape.store(row(t) + first)
      }
      let shape = CurveShape(sum: sum, squares: squares, scale)
      shape.sum.store(row(frames &+ 2) + first)
      shape.mean.store(row(frames &+ 3) + first)
      shape.inverse.store(row(frames &+ 4) + first)
      first &+= L.width
    }
    workspace.hasTable.pointee = 1
  }

  /// Judges all starts, four at a time, whose sums fit into the registers.
  @inline(never)
  func judge(
    _ samples: FitSamples<Code, L>, _ scale: UnsafePointer<CurveScale<L>>,
    into judged: UnsafeMutablePointer<CurveJudgement<L>>
  ) {
    var first = 0
    while first < CurveLattice.count {
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
      judged[first] = judgement(first, product0, scale)
      judged[first &+ 1] = judgement(first &+ 1, product1, scale)
      judged[first &+ 2] = judgement(first &+ 2, product2, scale)
      judged[first &+ 3] = judgement(first &+ 3, product3, scale)
      first &+= 4
    }
  }

  @inline(__always)
  func judgement(
    _ index: Int, _ product: L, _ scale: UnsafePointer<CurveScale<L>>
  ) -> CurveJudgement<L> {
    CurveShape(
      sum: L(repeating: row(frames &+ 2)[index]), mean: L(repeating: row(frames &+ 3)[index]),
      inverse: L(repeating: row(frames &+ 4)[index])
    ).judgement(product, scale)
  }
}
