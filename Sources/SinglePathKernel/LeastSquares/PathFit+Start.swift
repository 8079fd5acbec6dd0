import SinglePathShims

// What a fit of any path does before its first pass.
extension PathFit {
  /// Takes the measure of the samples, normalises them, and finds out what can be fitted.
  @inline(never)
  func measure() {
    let (scale, zero, one) = (workspace.scale, L(repeating: 0), L(repeating: 1))
    var ranges = samples.ranges()
    ranges.check = ranges.check.accumulatingNonFinite(ranges.highX - ranges.lowX)
      .accumulatingNonFinite(ranges.highY - ranges.lowY)
    // x is moved only where b⁽¹⁾ can take that up, y only where b⁽ᴸ⁾ can.
    let sizeX = ranges.lowX.withoutSign.atLeast(ranges.highX.withoutSign)
    let movesX = isFree(depth)
    ranges.lowX = movesX.choose(ranges.lowX, -sizeX)
    ranges.highX = movesX.choose(ranges.highX, sizeX)
    let sizeY = ranges.lowY.withoutSign.atLeast(ranges.highY.withoutSign)
    let movesY = isFree(2 &* depth &- 1)
    ranges.lowY = scalesTargets ? movesY.choose(ranges.lowY, -sizeY) : L(repeating: -0.5)
    ranges.highY = scalesTargets ? movesY.choose(ranges.highY, sizeY) : L(repeating: 0.5)
    scale.pointee.set(ranges)
    scale.pointee.roundUnits()
    samples.normaliseAndSpread(scale)
    var count = zero
    for p in 0..<2 &* depth { count = count + isFree(p).keep(one) }
    scale.pointee.freedom = (scale.pointee.samples - count).atLeast(1)
    takeGiven()
    let least = cost.dependsOnErrorOnly ? count + one : count.atLeast(1)
    let isFinite = scale.pointee.isFinite .& (workspace.best.pointee.check .== zero)
    let hasEnough = scale.pointee.samples .>= least
    workspace.state.pointee.canBeFitted = isFinite .& hasEnough
    workspace.best.pointee.verdict = isFinite.choose(
      L(repeating: Float(SP_VERDICT_TOO_FEW_SAMPLES)),
      L(repeating: Float(SP_VERDICT_NOT_FINITE_INPUT)))
    workspace.best.pointee.passes = zero
    workspace.best.pointee.cost = L(repeating: .infinity)
    for p in 0..<2 &* depth { workspace.bestParameters[p] = workspace.given[p] }
    for l in 0..<depth { workspace.bestCentres[l] = zero }
  }

  /// The host's parameters, for the normalised samples; checks those that matter.
  @inline(__always)
  func takeGiven() {
    let (scale, given, zero) = (workspace.scale, workspace.given, L(repeating: 0))
    let planes = block.parameters(
      of: call, count: parameterCount, scratch: workspace.hostPlanes)
    let isStart = Mask<L>(Int(call.pointee.fit_start) == SP_START_GIVEN)
    var check = zero
    for p in 0..<2 &* depth {
      // A drawn start does not read what is free: that memory may never have been written.
      let value: L = p < parameterCount ? (isStart .| .!isFree(p)).keep(planes[p].load(0)) : zero
      given[p] = value
      check = check.accumulatingNonFinite(value)
    }
    let end = 2 &* depth &- 1
    given[depth] = given[depth].adding(given[0], times: scale.pointee.middleX)
    given[0] = given[0] * scale.pointee.halfX
    given[depth &- 1] = given[depth &- 1] * scale.pointee.inverseY
    given[end] = (given[end] - scale.pointee.middleY) * scale.pointee.inverseY
    workspace.best.pointee.check = check
  }

  /// Of the host: L weights, and as many biases if there are any.
  @inline(__always)
  var parameterCount: Int { call.pointee.has_biases == 0 ? depth : 2 &* depth }

  /// Sets the state and the trial to the start of an attempt, of lanes that have not converged yet.
  @inline(__always)
  func begin(_ parameters: UnsafePointer<L>) {
    let (state, zero) = (workspace.state, L(repeating: 0))
    let isDone = workspace.best.pointee.verdict .== L(repeating: Float(SP_VERDICT_CONVERGED))
    state.pointee.begin(state.pointee.canBeFitted .& .!isDone)
    for p in 0..<2 &* depth { workspace.trial[p] = parameters[p] }
    // Without the output's weight nothing before it would matter to the first pass.
    if isProjected && depth > 1 {
      let weight = workspace.trial[depth &- 1]
      let isNone = isFree(depth &- 1) .& (weight .== zero)
      workspace.trial[depth &- 1] = isNone.choose(L(repeating: 1), weight)
    }
    for p in 0..<2 &* depth { workspace.kept[p] = workspace.trial[p] }
    for l in 0..<depth {
      workspace.trialCentres[l] = workspace.bestCentres[l]
      workspace.centres[l] = workspace.bestCentres[l]
    }
    workspace.normal.clear()
  }

  /// Parameters of 0, but for those that are frozen.
  @inline(__always)
  func placeOrigin() {
    for p in 0..<2 &* depth {
      workspace.trial[p] = isFree(p).choose(L(repeating: 0), workspace.given[p])
    }
  }

  // MARK: - Starts drawn from the samples

  /// Finds the places of the lattice whose last activation explains most of the targets.
  @inline(never)
  func drawStarts() {
    let (explained, starts) = (workspace.explained, workspace.starts)
    placeOrigin()
    for rank in 0..<PathLattice.starts(depth: depth) {
      explained[rank] = L(repeating: -.infinity)
      starts[rank] = L(repeating: 0)
    }
    for index in 0..<PathLattice.count(depth: depth) {
      place(index)
      var rest = judge().explained
      var number = L(repeating: Float(index))
      for rank in PathLattice.ranks(of: index, depth: depth) {
        let isBetter = rest .> explained[rank]
        let (lower, lowerNumber) = (explained[rank], starts[rank])
        explained[rank] = isBetter.choose(rest, lower)
        starts[rank] = isBetter.choose(number, lowerNumber)
        rest = isBetter.choose(lower, rest)
        number = isBetter.choose(lowerNumber, number)
      }
    }
  }

  /// Sets the hidden units of the trial to a place of the lattice, in some lanes; what is frozen keeps its
  /// value.
  @inline(never)
  func place(_ index: Int, where mask: Mask<L> = Mask(true)) {
    func set(_ p: Int, _ value: Float) {
      let start = isFree(p).choose(L(repeating: value), workspace.given[p])
      workspace.trial[p] = mask.choose(start, workspace.trial[p])
    }
    for l in 1..<depth {
      let hasBias = workspace.numbers[depth &+ l &- 1] != 16
      let unit = PathLattice.unit(index, layer: l, hidden, hasBias: hasBias)
      set(l &- 1, unit.weight)
      set(depth &+ l &- 1, unit.bias)
    }
  }

  /// Sets the trial to the place of a rank, with the output that suits it.
  @inline(never)
  func placeStart(_ rank: Int) {
    for index in 0..<PathLattice.count(depth: depth) {
      let isHere = workspace.starts[rank] .== L(repeating: Float(index))
      if isHere.isAnySet { place(index, where: isHere) }
    }
    placeOutput()
  }

  /// Sets the output of the trial to what suits its hidden units.
  @inline(__always)
  func placeOutput() {
    let line = judge()
    workspace.trial[depth &- 1] = line.slope
    workspace.trial[2 &* depth &- 1] = line.level
  }

  /// The line through the targets by the last activation of the trial, and how much of them it explains.
  ///
  /// An output that is not linear stands for its tangent at 0.
  @inline(never)
  func judge() -> (explained: L, slope: L, level: L) {
    let (zero, end) = (L(repeating: 0), 2 &* depth &- 1)
    var (sumA, sumAA, sumAY, sumY) = (zero, zero, zero, zero)
    let isBiasFree = isFree(end)
    let level = isBiasFree.choose(zero, workspace.given[end])
    forEachChunk { place, vectors in
      let last = lastActivation(place)
      for v in 0..<vectors {
        let (_, y, weight) = samples.sample(0, of: place + v &* samples.stride)
        let a: L = last.load(v)
        let target =
          output == .sigmoid ? L(repeating: -2).adding(L(repeating: 4), times: y) : y
        let weighted = weight * a
        sumA = sumA + weighted
        sumAA = sumAA.adding(weighted, times: a)
        sumAY = sumAY.adding(weighted, times: target - level)
        sumY = sumY.adding(weight, times: target - level)
      }
    }
    let inverse = isBiasFree.keep(workspace.scale.pointee.inverseWeight)
    let meanA = sumA * inverse
    let varied = sumAA.subtracting(meanA, times: sumA)
    let common = sumAY.subtracting(meanA, times: sumY)
    let isVaried = varied .> L(repeating: 1e-5) * sumAA
    let slope = isFree(depth &- 1).choose(
      isVaried.keep(common / varied), workspace.given[depth &- 1])
    return (
      explained: slope * (common + common).subtracting(slope, times: varied), slope: slope,
      level: level + inverse * sumY.subtracting(slope, times: sumA)
    )
  }
}

/// Places of the hidden units to start from, for x in −1…1: slopes k and midpoints m of the first,
/// f(k (x − m)); three ways of the second to take what comes, all of it, its upper or its lower end; the others
/// pass on what comes.
enum PathLattice {
  @inline(__always)
  static var firstUnits: Int { 15 }

  @inline(__always)
  static func count(depth: Int) -> Int { depth == 2 ? firstUnits : 3 &* firstUnits }

  /// How many of them a fit begins at.
  @inline(__always)
  static func starts(depth: Int) -> Int { depth == 2 ? 2 : 3 }

  /// The starts that a place can become: without a second unit the best two, else the best of each of its
  /// ways, since neighbours lead into the same valley.
  @inline(__always)
  static func ranks(of index: Int, depth: Int) -> Range<Int> {
    let way = index / firstUnits
    return depth == 2 ? 0..<2 : way..<way &+ 1
  }

  @inline(__always)
  static func unit(
    _ index: Int, layer l: Int, _ hidden: ActivationCode, hasBias: Bool
  ) -> (weight: Float, bias: Float) {
    if l == 1 { return first(index % firstUnits, hidden, hasBias: hasBias) }
    return next(l == 2 ? index / firstUnits : 0, hidden)
  }

  @inline(__always)
  static func first(
    _ index: Int, _ hidden: ActivationCode, hasBias: Bool
  ) -> (weight: Float, bias: Float) {
    let step = index % 5
    let slope = Self.slope(index / 5, hidden)
    // −0.8 … 0.8; without a bias the slopes differ instead.
    let middle = 0.4 * Float(step &- 2)
    if hasBias { return (slope, -slope * middle) }
    return (slope * (step < 2 ? Float(step &- 2) : 0.4 * Float(step &- 1)), 0)
  }

  @inline(__always)
  static func slope(_ row: Int, _ hidden: ActivationCode) -> Float {
    switch hidden {
    case .sigmoid: row == 0 ? 1.5 : row == 1 ? 3 : 8
    case .tanh: row == 0 ? 0.75 : row == 1 ? 1.5 : 4
    default: row == 0 ? 1 : row == 1 ? -1 : 4
    }
  }

  @inline(__always)
  static func next(_ way: Int, _ hidden: ActivationCode) -> (weight: Float, bias: Float) {
    switch hidden {
    case .sigmoid: way == 0 ? (4, -2) : way == 1 ? (8, -7) : (8, -1)
    // tanh(z / 2) = 2 σ(z) − 1 carries the sigmoid's over.
    case .tanh: way == 0 ? (1, 0) : way == 1 ? (2, -1.5) : (2, 1.5)
    default: way == 0 ? (1, 0) : way == 1 ? (1, -0.5) : (-1, 0.5)
    }
  }
}
