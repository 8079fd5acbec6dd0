import SinglePathShims

/// Paths of any shape, with any parameters frozen: the generalised Gauss-Newton form on the chain's own forward
/// and backward pass.
///
/// Parameters are counted as `Planes` counts those of paths with biases, whether a shape has biases or not:
/// number l − 1 is θ⁽ˡ⁾ and number L + l − 1 is b⁽ˡ⁾.
struct ChainModel<Code: InstructionSetTarget>: FitModel {
  typealias L = Code.Single
  typealias PerParameter = Sixteen<L>

  /// The stored fields of a fit.
  struct Memory: BitwiseCopyable {
    var trial: ChainParameters<L>
    var kept: ChainParameters<L>
    var best: ChainParameters<L>
    /// The host's parameters, for the standardised samples.
    var given: Sixteen<L>
    /// θ⁽¹⁾ as the host has it, where it is frozen.
    var frozenWeight: L
    /// The diagonal of D, in which λ limits a step.
    var dampingScale: Sixteen<L>
    /// A row of ones.
    var ones: L
    /// How much the best places of the grid explain, and their numbers.
    var explained: Four<L>
    var starts: Four<L>
    /// The numbers of the free parameters, in order; and of each parameter its place among them, or `notFree`.
    var free: Sixteen<UInt8>
    var places: Sixteen<UInt8>
    var freeCount: Int
  }

  let call: UnsafePointer<sp_call>
  let workspace: FitWorkspace<Self>
  let block: Block<L>
  let samples: SamplePanels<Code, L>
  let depth: Int
  let freeCount: Int
  /// A mask for each lane of the parameters that stay as they are; nil where all paths share one, which the list
  /// of the free parameters knows.
  let frozen: UnsafePointer<UInt16>?
  let hidden: ActivationCode
  let output: ActivationCode
  let cost: Cost

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>, _ block: Block<L>) {
    self.call = call
    self.workspace = workspace
    self.block = block
    samples = SamplePanels(call, workspace, block)
    depth = Int(call.pointee.depth)
    freeCount = workspace.model.pointee.freeCount
    let copy = address(of: &workspace.head.pointee.tail.frozen).elements(UInt16.self)
    frozen =
      call.pointee.frozen_step == 0
      ? nil : call.pointee.frozen.map { block.values($0, scratch: copy) }
    hidden = ActivationCode(hiddenOf: call)
    output = ActivationCode(outputOf: call)
    cost = Cost(of: call)
  }

  // MARK: - Rules

  static var schedule: FitSchedule { .trialsThenBest }
  static var termination: TerminationRule {
    TerminationRule(negligibleGain: 0, roundingOfGradient: 0, polishes: true)
  }
  /// Squared distance in standard errors. From depth 3 on, valleys are so narrow that a smaller one takes many
  /// times the passes.
  @inline(__always)
  var tolerance: Float { depth > 2 ? 1e-3 : 1e-8 }
  @inline(__always)
  static func firstDamping(cost _: L, _: SampleStandardization<L>) -> L { L(repeating: 1e-2) }
  /// The share of D that is left at least after each accepted step, so that it does not fall at once.
  @inline(__always)
  static var memoryOfDampingScale: Float { 0.9 }

  // MARK: - Memory

  @inline(__always)
  static var notFree: UInt8 { 16 }

  /// The parameters that stay as they are in every path, among them the biases of a shape without.
  @inline(__always)
  static func heldByAll(_ call: UnsafePointer<sp_call>) -> UInt16 {
    let shared =
      call.pointee.frozen_step == 0
      ? call.pointee.frozen?.pointee ?? call.pointee.frozen_mask : 0
    let weights = UInt16(truncatingIfNeeded: 1 << UInt32(call.pointee.depth) &- 1)
    return call.pointee.has_biases == 0 ? shared | ~weights : shared
  }

  @inline(__always)
  static func isHeld(_ p: Int, _ held: UInt16) -> Bool {
    held >> UInt16(truncatingIfNeeded: p) & 1 == 1
  }

  /// Vectors of 64 bytes need the larger memory; others leave the cache to the host's samples.
  @inline(__always)
  static var workspaceBytes: Int {
    L.width < 16 ? Int(SP_WORKSPACE_BYTES) : Int(SP_FIT_WORKSPACE_BYTES)
  }

  /// Two systems and a chunk of samples.
  @inline(__always)
  static func arrayVectors(_ call: UnsafePointer<sp_call>) -> Int {
    let (held, depth) = (heldByAll(call), Int(call.pointee.depth))
    var count = 0
    for p in 0..<2 &* depth where !isHeld(p, held) { count &+= 1 }
    return 2 &* NormalEquations<L>.length(count) &+ ChainChunk<L>.vectors(depth: depth)
  }

  @inline(__always)
  static func prepare(_ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>) {
    let memory = workspace.model
    let free = address(of: &memory.pointee.free).elements(UInt8.self)
    let places = address(of: &memory.pointee.places).elements(UInt8.self)
    let held = heldByAll(call)
    var place: UInt8 = 0
    for p in 0..<2 &* Int(call.pointee.depth) {
      places[p] = isHeld(p, held) ? notFree : place
      if isHeld(p, held) { continue }
      free[Int(place)] = UInt8(truncatingIfNeeded: p)
      place &+= 1
    }
    memory.pointee.freeCount = Int(place)
    memory.pointee.ones = L(repeating: 1)
  }

  @inline(__always)
  var memory: UnsafeMutablePointer<Memory> { workspace.model }
  @inline(__always)
  var scale: UnsafeMutablePointer<SampleStandardization<L>> { workspace.scale }
  @inline(__always)
  var state: UnsafeMutablePointer<FitState<L>> { workspace.state }
  @inline(__always)
  var trial: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.trial) }
  @inline(__always)
  var kept: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.kept) }
  @inline(__always)
  var best: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.best) }
  @inline(__always)
  var given: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.given) }
  @inline(__always)
  var dampingScale: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.dampingScale) }
  @inline(__always)
  var trialCentres: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.trial.centres) }
  @inline(__always)
  var keptCentres: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.kept.centres) }
  @inline(__always)
  var bestCentres: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.best.centres) }
  @inline(__always)
  var free: UnsafeMutablePointer<UInt8> { address(of: &memory.pointee.free).elements(UInt8.self) }

  /// The normal equations at the parameters kept, and those of the trial, which between passes hold a factor.
  @inline(__always)
  var normal: NormalEquations<L> { NormalEquations(first: workspace.arrays, count: freeCount) }
  @inline(__always)
  var sums: NormalEquations<L> {
    NormalEquations(
      first: workspace.arrays + NormalEquations<L>.length(freeCount), count: freeCount)
  }
  @inline(__always)
  var chunk: ChainChunk<L> {
    ChainChunk(
      first: (workspace.arrays + 2 &* NormalEquations<L>.length(freeCount)).floats, depth: depth)
  }

  // MARK: - Parameters

  /// The numbers of b⁽¹⁾ and b⁽ᴸ⁾, and that of θ⁽ᴸ⁾.
  @inline(__always)
  var firstBias: Int { depth }
  @inline(__always)
  var lastBias: Int { 2 &* depth &- 1 }
  @inline(__always)
  var lastWeight: Int { depth &- 1 }

  /// The host's: L weights, and as many biases if there are any.
  @inline(__always)
  var parameterCount: Int { call.pointee.has_biases == 0 ? depth : 2 &* depth }

  /// The place of a parameter among the free ones, if it is one.
  @inline(__always)
  func place(_ p: Int) -> Int? {
    let place = address(of: &memory.pointee.places).elements(UInt8.self)[p]
    return place == Self.notFree ? nil : Int(place)
  }

  @inline(__always)
  func isFree(_ p: Int) -> Mask<L> {
    if place(p) == nil { return Mask(false) }
    guard let frozen else { return Mask(true) }
    let mask = L.mask(frozen, bit: Int32(truncatingIfNeeded: p))
    return mask .== mask
  }

  /// Whether the output's weight and bias are solved for in each pass.
  @inline(__always)
  var isProjected: Bool { output == .identity && cost.isSquaredError }

  /// Whether θ⁽ᴸ⁾ and b⁽ᴸ⁾ can take up a unit of y.
  @inline(__always)
  var scalesTargets: Bool { output == .identity && cost.dependsOnErrorOnly }

  // MARK: - Samples

  @inline(never)
  func standardizeSamples() -> FitLanes<L> {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    var ranges = SampleRanges(of: samples)
    ranges.check = ranges.check.accumulatingNonFinite(ranges.highX - ranges.lowX)
      .accumulatingNonFinite(ranges.highY - ranges.lowY)
    // x is moved only where b⁽¹⁾ can take that up, y only where b⁽ᴸ⁾ can.
    let sizeX = ranges.lowX.withoutSign.atLeast(ranges.highX.withoutSign)
    let movesX = isFree(firstBias)
    ranges.lowX = movesX.choose(ranges.lowX, -sizeX)
    ranges.highX = movesX.choose(ranges.highX, sizeX)
    let sizeY = ranges.lowY.withoutSign.atLeast(ranges.highY.withoutSign)
    let movesY = isFree(lastBias)
    ranges.lowY = scalesTargets ? movesY.choose(ranges.lowY, -sizeY) : L(repeating: -0.5)
    ranges.highY = scalesTargets ? movesY.choose(ranges.highY, sizeY) : L(repeating: 0.5)
    var count = zero
    for p in 0..<2 &* depth { count = count + isFree(p).keep(one) }
    scale.pointee = SampleStandardization(ranges, parameters: count)
    scale.pointee.roundUnits()
    samples.standardize(by: scale)
    let isFinite = scale.pointee.isFinite .& (takeGiven() .== zero)
    let least = cost.dependsOnErrorOnly ? count + one : count.atLeast(1)
    let fitted = isFinite .& (scale.pointee.samples .>= least)
    return FitLanes(
      changed: fitted, fitted: fitted,
      flat: cost.dependsOnErrorOnly ? scale.pointee.isFlat : Mask(false),
      verdict: isFinite.choose(
        L(repeating: Float(SP_VERDICT_TOO_FEW_SAMPLES)),
        L(repeating: Float(SP_VERDICT_NOT_FINITE_INPUT))))
  }

  /// Reads the host's parameters that matter, for the standardised samples.
  ///
  /// - Returns: 0 where they are finite.
  @inline(__always)
  func takeGiven() -> L {
    let (scale, zero) = (scale.pointee, L(repeating: 0))
    let planes = block.parameters(
      of: call, count: parameterCount, scratch: workspace.tailPlanes)
    let isStart = Mask<L>(Int(call.pointee.fit_start) == SP_START_GIVEN)
    var check = zero
    for p in 0..<2 &* depth {
      // A drawn start does not read what is free: that memory may never have been written.
      let value: L = p < parameterCount ? (isStart .| .!isFree(p)).keep(planes[p].load(0)) : zero
      given[p] = value
      check = check.accumulatingNonFinite(value)
    }
    memory.pointee.frozenWeight = given[0]
    given[firstBias] = given[firstBias].adding(given[0], times: scale.middleX)
    given[0] = given[0] * scale.halfX
    given[lastWeight] = given[lastWeight] * scale.inverseY
    given[lastBias] = (given[lastBias] - scale.middleY) * scale.inverseY
    return check
  }

  // MARK: - Places

  @inline(__always)
  func placeGivenStart() {
    for p in 0..<2 &* depth { trial[p] = given[p] }
    for l in 0..<depth { trialCentres[l] = L(repeating: 0) }
  }

  @inline(__always)
  func placeKept() { memory.pointee.trial = memory.pointee.kept }
  @inline(__always)
  func placeBest() { memory.pointee.trial = memory.pointee.best }

  @inline(__always)
  func begin() {
    // Without the output's weight nothing before it would matter to the first pass.
    if isProjected && depth > 1 {
      let weight = trial[lastWeight]
      let isNone = isFree(lastWeight) .& (weight .== L(repeating: 0))
      trial[lastWeight] = isNone.choose(L(repeating: 1), weight)
    }
    memory.pointee.kept = memory.pointee.trial
    normal.clear()
  }

  @inline(__always)
  func clearBest(where lanes: FitLanes<L>) {
    for p in 0..<2 &* depth { best[p] = given[p] }
    for l in 0..<depth { bestCentres[l] = L(repeating: 0) }
  }

  @inline(__always)
  func storeBest(where mask: Mask<L>) { copy(kept, to: best, where: mask) }

  /// Parameters and centres.
  @inline(__always)
  func copy(_ from: UnsafeMutablePointer<L>, to: UnsafeMutablePointer<L>, where mask: Mask<L>) {
    for p in 0..<2 &* depth { to[p] = mask.choose(from[p], to[p]) }
    for l in ChainParameters<L>.firstCentre..<ChainParameters<L>.firstCentre &+ depth {
      to[l] = mask.choose(from[l], to[l])
    }
  }

  // MARK: - Results

  @inline(__always)
  func hostParameter(_ p: Int) -> L {
    let (scale, fitted) = (scale.pointee, best[p])
    let weight1 = isFree(0).choose(
      (depth == 1 ? best[0] * scale.rangeY : best[0]) * scale.inverseX,
      memory.pointee.frozenWeight)
    if p == 0 { return weight1 }
    if p == lastWeight { return fitted * scale.rangeY }
    let level = p == lastBias ? scale.middleY.adding(fitted, times: scale.rangeY) : fitted
    return p == firstBias ? level.subtracting(weight1, times: scale.middleX) : level
  }
}

/// The parameters of a chain, and for each layer the centre c⁽ˡ⁾ of its activations, where θ⁽ˡ⁾ turns the line.
struct ChainParameters<L: Lanes>: BitwiseCopyable {
  var values: Sixteen<L>
  var centres: Eight<L>

  /// The number of the first centre, counted from the first parameter.
  @inline(__always)
  static var firstCentre: Int { 16 }
}
