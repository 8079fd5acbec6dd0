import SinglePathShims

// Starts of a chain. An output that is not linear stands for its tangent at 0.
extension ChainModel {
  /// At depth 1 the line through the samples, else the places of the grid whose last activation explains most of
  /// the targets.
  @inline(never)
  func drawStarts() -> Int {
    for p in 0..<2 &* depth { trial[p] = isFree(p).choose(L(repeating: 0), given[p]) }
    for l in 0..<depth { trialCentres[l] = L(repeating: 0) }
    if depth == 1 { return 1 }
    let explained: UnsafeMutablePointer<L> = vectors(in: &memory.pointee.explained)
    let starts: UnsafeMutablePointer<L> = vectors(in: &memory.pointee.starts)
    for rank in 0..<ChainGrid.starts(depth: depth) {
      explained[rank] = L(repeating: -.infinity)
      starts[rank] = L(repeating: 0)
    }
    for index in 0..<ChainGrid.count(depth: depth) {
      placeUnits(index)
      var rest = line().explained
      var number = L(repeating: Float(index))
      for rank in ChainGrid.ranks(of: index, depth: depth) {
        let isBetter = rest .> explained[rank]
        let (lower, lowerNumber) = (explained[rank], starts[rank])
        explained[rank] = isBetter.choose(rest, lower)
        starts[rank] = isBetter.choose(number, lowerNumber)
        rest = isBetter.choose(lower, rest)
        number = isBetter.choose(lowerNumber, number)
      }
    }
    return ChainGrid.starts(depth: depth)
  }

  /// Sets the trial to a start, with the output that suits its hidden units.
  @inline(never)
  func placeDrawnStart(_ start: Int) {
    if depth > 1 {
      let starts: UnsafeMutablePointer<L> = vectors(in: &memory.pointee.starts)
      memory.pointee.trial.centres = memory.pointee.best.centres
      for index in 0..<ChainGrid.count(depth: depth) {
        let isHere = starts[start] .== L(repeating: Float(index))
        if isHere.isAnySet { placeUnits(index, where: isHere) }
      }
    }
    let line = line()
    trial[lastWeight] = line.slope
    trial[lastBias] = line.level
  }

  /// Sets the hidden units of the trial to a place of the grid, in some lanes; what is frozen keeps its value.
  @inline(never)
  func placeUnits(_ index: Int, where mask: Mask<L> = Mask(true)) {
    func set(_ p: Int, _ value: Float) {
      let start = isFree(p).choose(L(repeating: value), given[p])
      trial[p] = mask.choose(start, trial[p])
    }
    for l in 1..<depth {
      let hasBias = place(depth &+ l &- 1) != nil
      let unit = ChainGrid.unit(index, layer: l, hidden, hasBias: hasBias)
      set(l &- 1, unit.weight)
      set(depth &+ l &- 1, unit.bias)
    }
  }

  /// The line through the targets by the last activation of the trial, and how much of them it explains.
  @inline(never)
  func line() -> (explained: L, slope: L, level: L) {
    let zero = L(repeating: 0)
    var (sumA, sumAA, sumAY, sumY) = (zero, zero, zero, zero)
    let isBiasFree = isFree(lastBias)
    let level = isBiasFree.choose(zero, given[lastBias])
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
    let inverseWeight = isBiasFree.keep(scale.pointee.inverseWeight)
    let shape = StartShape(sum: sumA, squares: sumAA, inverseWeight: inverseWeight)
    let common = shape.covariation(sumAY, meanY: sumY * inverseWeight)
    let slope = isFree(lastWeight).choose(common * shape.inverse, given[lastWeight])
    let varied = sumAA.subtracting(shape.mean, times: sumA)
    return (
      explained: slope * (common + common).subtracting(slope, times: varied), slope: slope,
      level: level + inverseWeight * sumY.subtracting(slope, times: sumA)
    )
  }
}
