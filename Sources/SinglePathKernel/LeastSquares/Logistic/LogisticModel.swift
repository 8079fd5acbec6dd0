import SinglePathShims

/// Four-parameter logistic curves: depth 2 with biases, hidden sigmoids, a linear output, the squared error and
/// nothing frozen. Variable projection on residuals (Golub and Pereyra, "The differentiation of pseudo-inverses
/// and nonlinear least squares problems whose variables separate", SIAM J. Numer. Anal. 10, 1973): the system
/// to solve is that of the two parameters of the unit. Gauss and Newton's form at first, then Newton's.
struct LogisticModel<Code: InstructionSetTarget, L: Lanes>: FitModel {
  /// The stored fields of a fit.
  struct Memory: BitwiseCopyable {
    var trial: LogisticCurve<L>
    var kept: LogisticCurve<L>
    var best: LogisticCurve<L>
    /// At the parameters kept.
    var linearization: LogisticLinearization<L>
    /// The last step in b₁ and w₁.
    var lastStep: UnitPair<L>
    var starts: (LogisticCurve<L>, LogisticCurve<L>)
    var sums: LogisticSums<L>
    /// The same for each vector of the machine in `L`.
    var partSums: LogisticSums<L>
    /// The lanes that the pass is for, and how many passes each has behind it.
    var lanes: Mask<L>
    var passes: L
    /// Not 0 if the table of start shapes is made.
    var hasTable: Int
  }
  typealias PerParameter = Four<L>

  let call: UnsafePointer<sp_call>
  let workspace: FitWorkspace<Self>
  let block: Block<L>
  let samples: SamplePanels<Code, L>

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>, _ block: Block<L>) {
    self.call = call
    self.workspace = workspace
    self.block = block
    samples = SamplePanels(call, workspace, block)
  }

  /// Whether the paths of a call are such curves. A mask of 0 for all paths freezes nothing.
  @inline(__always)
  static func fits(_ call: UnsafePointer<sp_call>) -> Bool {
    let hasMasks = call.pointee.frozen != nil && call.pointee.frozen_step != 0
    let shared = call.pointee.frozen?.pointee ?? call.pointee.frozen_mask
    return call.pointee.depth == 2 && call.pointee.has_biases != 0 && !hasMasks && shared == 0
      && Int(call.pointee.sigmoid) == SP_SIGMOID_POLYNOMIAL
      && Int(call.pointee.hidden) == SP_HIDDEN_SIGMOID
      && Int(call.pointee.output) == SP_OUTPUT_IDENTITY
      && Int(call.pointee.cost) == SP_COST_SQUARED_ERROR
  }

  // MARK: - Rules

  static var schedule: FitSchedule { .untilExplained }
  static var termination: TerminationRule {
    // Scaled samples make 1.6e-13 a gain of (4e-7)² at a cost of 1.
    TerminationRule(negligibleGain: 3e-7, roundingOfGradient: 1.6e-13, polishes: false)
  }
  /// Passes of a lane before the second derivatives of ŷ join in: near the start they mislead, near the end
  /// they make convergence quadratic.
  @inline(__always)
  static var gaussNewtonPasses: Float { 3 }
  /// Squared distance in standard errors. The last step is made without a pass there: one of Gauss and Newton's
  /// leaves up to a fifth of the distance, one of Newton's hardly any.
  @inline(__always)
  static var toleranceOfNewton: Float { 1e-4 }
  @inline(__always)
  static var toleranceOfGaussNewton: Float { 1e-5 }
  /// The square of the second-order change of ŷ on the way, as a share of F, that is safe to ignore.
  @inline(__always)
  static var safeCurvature: Float { 0.01 }
  /// A pivot, as a share of its diagonal entry, that is rounding.
  @inline(__always)
  static var leastPivot: Float { 1e-7 }

  /// The nearer the start, the smaller λ: 0.7 passes fewer than with a constant.
  @inline(__always)
  static func firstDamping(cost: L, _ scale: SampleStandardization<L>) -> L {
    (L(repeating: 0.05) * cost / scale.totalY).atMost(0.1).atLeast(1e-4)
  }

  @inline(__always)
  var parameterCount: Int { 4 }
  @inline(__always)
  func isFree(_ p: Int) -> Mask<L> { Mask(true) }

  // MARK: - Memory

  @inline(__always)
  static var workspaceBytes: Int { Int(SP_WORKSPACE_BYTES) }

  /// What a pass stores between its two loops.
  @inline(__always)
  static func arrayVectors(_: UnsafePointer<sp_call>) -> Int {
    let floats = LogisticPass<Code.Single>.scratchFloats
    return (floats &+ L.width &- 1) / L.width
  }

  @inline(__always)
  static func prepare(_: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>) {
    workspace.model.pointee.hasTable = 0
  }

  @inline(__always)
  var memory: UnsafeMutablePointer<Memory> { workspace.model }
  @inline(__always)
  var scale: UnsafeMutablePointer<SampleStandardization<L>> { workspace.scale }
  @inline(__always)
  var state: UnsafeMutablePointer<FitState<L>> { workspace.state }

  // MARK: - Samples

  @inline(never)
  func standardizeSamples() -> FitLanes<L> {
    scale.pointee = SampleStandardization(
      SampleRanges(of: samples), parameters: L(repeating: 4))
    samples.standardize(by: scale)
    let (isFinite, isFlat) = (scale.pointee.isFinite, scale.pointee.isFlat)
    let hasEnough = scale.pointee.samples .>= L(repeating: 5)
    let changed = isFinite .& hasEnough
    let constant = isFlat.choose(
      L(repeating: Float(SP_VERDICT_FLAT)), L(repeating: Float(SP_VERDICT_UNDETERMINED)))
    return FitLanes(
      changed: changed, fitted: changed .& .!isFlat .& .!scale.pointee.hasOneInput, flat: isFlat,
      verdict: isFinite.choose(
        hasEnough.choose(constant, L(repeating: Float(SP_VERDICT_TOO_FEW_SAMPLES))),
        L(repeating: Float(SP_VERDICT_NOT_FINITE_INPUT))))
  }

  // MARK: - Starts

  @inline(__always)
  func placeDrawnStart(_ index: Int) {
    memory.pointee.trial = index == 0 ? memory.pointee.starts.0 : memory.pointee.starts.1
  }

  @inline(__always)
  func placeGivenStart() {
    let planes = block.parameters(of: call, count: 4, scratch: workspace.tailPlanes)
    memory.pointee.trial = scale.pointee.curve(
      LogisticParameters(
        weight1: planes[0].load(0), weight2: planes[1].load(0), bias1: planes[2].load(0),
        bias2: planes[3].load(0)))
  }

  @inline(__always)
  func placeKept() {
    memory.pointee.kept = memory.pointee.kept.rising
    memory.pointee.trial = memory.pointee.kept
  }

  @inline(__always)
  func placeBest() { memory.pointee.trial = memory.pointee.best }

  @inline(__always)
  func begin() {
    memory.pointee.kept = memory.pointee.trial
    memory.pointee.linearization = LogisticLinearization()
    memory.pointee.lastStep = UnitPair(z: L(repeating: 0), x: L(repeating: 0))
  }

  // MARK: - Passes

  /// True if a lane at work has come near enough to its end for second derivatives.
  @inline(__always)
  var isLate: Bool {
    let passes = state.pointee.passes .>= L(repeating: Self.gaussNewtonPasses)
    return (state.pointee.active .& passes).isAnySet
  }

  /// Vectors of the machine in one of `L`.
  @inline(__always)
  var parts: Int { L.width / Code.Single.width }

  @inline(__always)
  func sumTrial() { sum(where: state.pointee.active, passes: state.pointee.passes) }

  /// One pass at the trial, by those vectors of the machine that have a lane at work.
  @inline(__always)
  func sum(where lanes: Mask<L>, passes: L) {
    memory.pointee.lanes = lanes
    memory.pointee.passes = passes
    let laneBits = address(of: &memory.pointee.lanes).floats
    let lanePasses = address(of: &memory.pointee.passes).floats
    let partSums = address(of: &memory.pointee.partSums).elements(LogisticSums<Code.Single>.self)
    samples.forEach(scale) { panel, count, isFirst in
      for part in 0..<parts {
        let first = part &* Code.Single.width
        let active = Mask(bits: Code.Single.load(laneBits + first))
        if !active.isAnySet { continue }
        let late =
          Code.Single.load(lanePasses + first) .>= Code.Single(repeating: Self.gaussNewtonPasses)
        let curve = LogisticCurve<Code.Single>(
          part: part, of: address(of: &memory.pointee.trial))
        let pass = LogisticPass(
          samples: samples.part(part, panel, count), scratch: workspace.arrays.floats)
        pass.add(
          to: partSums + part, curve, isFirst: isFirst, isWeighted: samples.isWeighted,
          isNewton: (active .& late).isAnySet)
      }
    }
    gather(partSums)
  }

  /// Puts the sums of the parts side by side.
  @inline(__always)
  func gather(_ partSums: UnsafeMutablePointer<LogisticSums<Code.Single>>) {
    let to = address(of: &memory.pointee.sums).floats
    for part in 0..<parts {
      let from = (partSums + part).floats
      for index in 0..<LogisticSums<L>.count {
        Code.Single.load(from + index &* Code.Single.width)
          .store(to + (index &* L.width &+ part &* Code.Single.width))
      }
    }
  }

  // MARK: - Steps

  @inline(__always)
  func evaluateTrial() -> LogisticEvaluation<L> {
    LogisticEvaluation(
      memory.pointee.sums, at: memory.pointee.trial, scale.pointee.inverseWeight,
      newton: isLate ? state.pointee.passes .>= L(repeating: Self.gaussNewtonPasses) : nil)
  }

  @inline(__always)
  func keep(_ trial: LogisticEvaluation<L>, where accepted: Mask<L>, isFirst: Bool) {
    memory.pointee.kept = trial.curve.chosen(by: accepted, otherwise: memory.pointee.kept)
    memory.pointee.linearization = trial.linearization.chosen(
      by: accepted, otherwise: memory.pointee.linearization)
  }

  /// (S + λ D) p = q by L D Lᵀ, on the columns of b₁ and w₁ without their factor w₂.
  @inline(__always)
  func solve(damping: L) -> LogisticStep<L> {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    let (kept, cost) = (memory.pointee.kept, state.pointee.cost)
    let linearization = memory.pointee.linearization
    let (S, q) = (linearization.curvature, linearization.gradient)
    let dampedZ = damping * scale.pointee.dampingScaleZ
    let dampedX = damping * scale.pointee.dampingScaleX
    let inverseP = one / (S.zz + dampedZ)
    let lower = S.zx * inverseP
    let lastFull = S.xx + dampedX
    let last = lastFull.subtracting(lower, times: S.zx)
    let inverseLast = (last .> lastFull * L(repeating: Self.leastPivot)).choose(one / last, zero)
    let y = q.x.subtracting(lower, times: q.z)
    let z = q.z * inverseP
    let gain = (z * q.z).adding(y * inverseLast, times: y)
    let stepX = y * inverseLast
    let stepZ = z.subtracting(lower, times: stepX)
    let inverse = one / kept.w2
    let step = UnitPair(z: stepZ * inverse, x: stepX * inverse)
    let (responseV, responseW) = (linearization.responseV, linearization.responseW)
    let fallW2 = (responseW.x * stepX).adding(responseW.z, times: stepZ)
    let fallV = (responseV.x * stepX).adding(responseV.z, times: stepZ)
    // The second-order change of ŷ along the step.
    let move = step.x.withoutSign + step.z.withoutSign
    let curvature = fallW2.withoutSign.adding(kept.w2.withoutSign, times: move) * move
    let isNewton = state.pointee.passes .> L(repeating: Self.gaussNewtonPasses)
    let old = memory.pointee.lastStep
    return LogisticStep(
      gain: gain,
      predicted: gain.adding(dampedZ * stepZ, times: stepZ).adding(dampedX * stepX, times: stepX),
      tolerance: isNewton.choose(
        L(repeating: Self.toleranceOfNewton), L(repeating: Self.toleranceOfGaussNewton)),
      noise: cost,
      isSafe: curvature * curvature * scale.pointee.weight
        .<= cost * L(repeating: Self.safeCurvature),
      isAsLong: (step.x * old.x).adding(step.z, times: old.z)
        .> L(repeating: 0.5) * (old.x * old.x).adding(old.z, times: old.z),
      unit: step, fallV: fallV, fallW2: fallW2)
  }

  /// v and w₂ follow the unit by their linear response, which keeps F near its least over both.
  @inline(__always)
  func proposeTrial(_ step: LogisticStep<L>, multiplier: L, keepingUnseen unseen: Mask<L>?) {
    let kept = memory.pointee.kept
    memory.pointee.lastStep = step.unit
    let next = LogisticCurve(
      w1: kept.w1.adding(multiplier, times: step.unit.x),
      b1: kept.b1.adding(multiplier, times: step.unit.z),
      w2: kept.w2.subtracting(multiplier, times: step.fallW2),
      v: kept.v.subtracting(multiplier, times: step.fallV), c: kept.c)
    if let unseen { memory.pointee.kept = next.chosen(by: unseen, otherwise: kept) }
    memory.pointee.trial = next
  }

  // MARK: - Results

  @inline(__always)
  func close(where lanes: Mask<L>) -> LogisticClosing<L> {
    sum(where: lanes, passes: L(repeating: 0))
    return LogisticClosing(memory.pointee.sums, at: memory.pointee.trial, scale.pointee)
  }

  /// Lanes that are not fitted get a constant.
  @inline(__always)
  func clearBest(where lanes: FitLanes<L>) {
    let zero = L(repeating: 0)
    memory.pointee.best = LogisticCurve(
      w1: zero, b1: zero, w2: zero, v: scale.pointee.meanY, c: zero)
  }

  @inline(__always)
  func storeBest(where mask: Mask<L>) {
    memory.pointee.best = memory.pointee.kept.chosen(by: mask, otherwise: memory.pointee.best)
  }

  @inline(__always)
  func storeErrors(_ closing: LogisticClosing<L>, where mask: Mask<L>) {
    let isKnown = mask .& closing.hasErrors
    for p in 0..<4 {
      let error = isKnown.choose(closing.errors[p], L(repeating: .nan))
      workspace.errors[p] = mask.choose(error, workspace.errors[p])
    }
  }

  @inline(__always)
  func hostParameter(_ p: Int) -> L { scale.pointee.parameters(of: memory.pointee.best)[p] }
}
