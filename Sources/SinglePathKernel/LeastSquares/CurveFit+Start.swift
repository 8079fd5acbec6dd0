import SinglePathShims

// What a fit does before its first pass.
extension CurveFit {
  /// Takes the measure of the samples, and normalises them.
  @inline(never)
  func measure(_ samples: FitSamples<Code, L>) {
    workspace.scale.pointee.set(samples.ranges())
    samples.normaliseAndSpread(workspace.scale)
  }

  /// Finds two starts on the lattice, and makes the first better: its midpoint by a parabola, its slope by
  /// one more trial.
  @inline(never)
  func drawStarts(_ samples: FitSamples<Code, L>) {
    let judged = workspace.judgements
    if let table = shapeTable(samples) {
      table.judge(samples, workspace.scale, into: judged)
    } else {
      for index in 0..<CurveLattice.count {
        judged[index] = judge(
          L(repeating: CurveLattice.slope(index)), L(repeating: CurveLattice.middle(index)), samples
        )
      }
    }
    let starts = CurveStarts(judged)
    let middle = starts.first.middle(offset: starts.offset)
    let middling = L(repeating: CurveLattice.middlingSlope)
    let other = judge(middling, middle, samples)
    let isBetter = other.isBetter(than: starts.first.judgement)
    workspace.starts[0] = CurveStart.point(
      slope: isBetter.choose(middling, starts.first.slope), middle: middle,
      other.chosen(by: isBetter, otherwise: starts.first.judgement), workspace.scale)
    workspace.starts[1] = CurveStart.point(
      slope: starts.second.slope, middle: starts.second.middle(offset: L(repeating: 0)),
      starts.second.judgement, workspace.scale)
  }

  /// The shapes of the lattice, if all paths have the same x and none of this vector's misses a sample: made
  /// at the first such vector.
  @inline(__always)
  func shapeTable(_ samples: FitSamples<Code, L>) -> CurveShapeTable<Code, L>? {
    guard let table = CurveShapeTable(samples) else { return nil }
    let isComplete = workspace.scale.pointee.samples .>= L(repeating: Float(samples.frames))
    if (.!isComplete).isAnySet { return nil }
    if !table.isMade { table.make(samples, workspace.scale) }
    return table
  }

  @inline(__always)
  var isWeighted: Bool { call.pointee.weights != nil }

  /// How much of the variation a unit of this slope and midpoint explains.
  @inline(__always)
  func judge(_ slope: L, _ middle: L, _ samples: FitSamples<Code, L>) -> CurveJudgement<L> {
    let zero = L(repeating: 0)
    var (sum, squares, product) = (zero, zero, zero)
    let ramp = CurveLattice.ramp(slope, middle)
    samples.forEachPanel(workspace.scale) { panel, count, _ in
      for t in 0..<count {
        let (x, y, weight) = samples.sample(t, of: panel)
        let shape = CurveLattice.shape(ramp, at: x)
        let weighted = isWeighted ? weight * shape : samples.isPresent(t, of: panel).keep(shape)
        sum = sum + weighted
        squares = squares.adding(weighted, times: isWeighted ? shape : weighted)
        product = product.adding(weighted, times: y)
      }
    }
    return CurveShape(sum: sum, squares: squares, workspace.scale)
      .judgement(product, workspace.scale)
  }

  /// Sets the state of a group to a start: one of the two drawn, the second where the first has left much of
  /// the variation, or the parameters that were given.
  @inline(never)
  func begin(_ attempt: Int, _ isGiven: Bool, _ block: Block<L>) {
    let (scale, zero) = (workspace.scale, L(repeating: 0))
    let point = isGiven ? givenPoint(block) : workspace.starts[attempt]
    let active =
      attempt == 0
      ? scale.pointee.canBeFitted
      : scale.pointee.canBeFitted
      .& (workspace.best.pointee.cost .> L(repeating: 0.1) * scale.pointee.totalY)
    workspace.trial.pointee = CurveTrial(point: point, active: active, passes: zero)
    workspace.state.pointee = CurveState(at: point)
    if attempt == 0 { workspace.best.pointee = CurveResult(at: point, scale) }
  }

  /// The host's parameters, normalised.
  @inline(__always)
  func givenPoint(_ block: Block<L>) -> CurvePoint<L> {
    let planes = block.parameters(of: call, count: 4, scratch: workspace.hostPlanes)
    return workspace.scale.pointee.point(
      weight1: planes[0].load(0), weight2: planes[1].load(0), bias1: planes[2].load(0),
      bias2: planes[3].load(0))
  }
}
