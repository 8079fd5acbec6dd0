import SinglePathShims

// What a fit does before its first pass.
extension CurveFit {
  /// Takes the measure of the samples, and normalises them.
  @inlinable @inline(never)
  func measure(_ samples: FitSamples<Code, L>) {
    takeRanges(samples)
    let scale = workspace.scale
    let zero = L(repeating: 0)
    var (y1, yy, xx) = (zero, zero, zero)
    if samples.isResident { samples.normalise(samples.frames, scale.pointee) }
    samples.forEachPanel(scale) { panel, count in
      for t in 0..<count {
        let (x, y, weight) = samples.sample(t, of: panel)
        y1 = y1.adding(weight, times: y)
        yy = yy.adding(weight * y, times: y)
        xx = xx.adding(weight * x, times: x)
      }
    }
    let mean = y1 * scale.pointee.inverseWeight
    scale.pointee.meanY = mean
    scale.pointee.totalY = yy.subtracting(mean, times: y1)
    scale.pointee.metricX = xx * L(repeating: 1 / 16)
  }

  /// Ranges, numbers and weights of the samples.
  @inlinable @inline(__always)
  func takeRanges(_ samples: FitSamples<Code, L>) {
    let zero = L(repeating: 0)
    var (lowX, highX) = (L(repeating: .infinity), L(repeating: -.infinity))
    var (lowY, highY) = (lowX, highX)
    var (number, weights, check) = (zero, zero, zero)
    samples.forEachRawPanel { panel, count in
      for t in 0..<count {
        let (x, y, weight) = samples.sample(t, of: panel)
        let present = samples.isPresent(t, of: panel)
        lowX = present.choose(x.atMost(lowX), lowX)
        highX = present.choose(x.atLeast(highX), highX)
        lowY = present.choose(y.atMost(lowY), lowY)
        highY = present.choose(y.atLeast(highY), highY)
        number = number + present.keep(L(repeating: 1))
        weights = weights + weight
        check = check.adding(x, times: zero)
      }
    }
    workspace.scale.pointee.set(
      lowX: lowX, highX: highX, lowY: lowY, highY: highY, samples: number, weight: weights,
      check: check)
  }

  /// Judges every start of the lattice, and keeps two.
  @inlinable @inline(never)
  func drawStarts(_ samples: FitSamples<Code, L>) {
    let sums = workspace.shapeSums
    for index in 0..<CurveLattice.count { sums[index] = CurveShapeSums() }
    samples.forEachPanel(workspace.scale) { panel, count in
      for index in 0..<CurveLattice.count {
        let (slope, middle) = CurveLattice.start(index)
        var sum = sums[index]
        for t in 0..<count {
          let (x, y, weight) = samples.sample(t, of: panel)
          let shape = CurveLattice.shape(slope, middle, at: x)
          let weighted = weight * shape
          sum.a = sum.a + weighted
          sum.aa = sum.aa.adding(weighted, times: shape)
          sum.ay = sum.ay.adding(weighted, times: y)
        }
        sums[index] = sum
      }
    }
    var starts = CurveStarts<L>()
    for index in 0..<CurveLattice.count {
      let (slope, middle) = CurveLattice.start(index)
      starts.take(sums[index].start(slope, middle, workspace.scale))
    }
    workspace.starts.pointee = starts
  }

  /// Sets the state of a group to a start: one of the two drawn, the second where the first has left much of
  /// the variation, or the parameters that were given.
  @inlinable @inline(never)
  func begin(_ attempt: Int, _ isGiven: Bool, _ block: Block<L>) {
    let (scale, zero) = (workspace.scale, L(repeating: 0))
    let starts = workspace.starts.pointee
    let point =
      isGiven
      ? givenPoint(block)
      : (attempt == 0 ? starts.first : starts.second).point(scale)
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
  @inlinable @inline(__always)
  func givenPoint(_ block: Block<L>) -> CurvePoint<L> {
    let planes = block.planes(
      call.pointee.parameters, planeStride: call.pointee.parameter_stride, count: 4,
      copy: workspace.hostPlanes)
    return workspace.scale.pointee.point(
      weight1: planes[0].load(0), weight2: planes[1].load(0), bias1: planes[2].load(0),
      bias2: planes[3].load(0))
  }
}
