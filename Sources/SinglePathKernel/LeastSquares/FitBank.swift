import SinglePathShims

/// Fits every path by least squares, each lane a path's own fit, which stops when it needs no more. Returns
/// for how many paths the result was not finite.
///
/// The bits of a path's result depend on its own samples, start and settings alone: no sum crosses lanes, and
/// masks keep a lane that has ended as it is. What a vector does depends on values in one way only: on whether
/// any of its lanes still needs it.
@inline(never)
func fitBank<Code: InstructionSetTarget>(
  _: Code.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) -> Int {
  // Without a path, what all paths share may not be there to be read.
  if call.pointee.count == 0 { return 0 }
  if !LogisticModel<Code, Code.Single>.fits(call) {
    return Fit<ChainModel<Code>>.run(call, memory)
  }
  // Two vectors of 16 lanes would leave too little room for the samples.
  return Code.Vector.width <= 16
    ? Fit<LogisticModel<Code, Code.Vector>>.run(call, memory)
    : Fit<LogisticModel<Code, Code.Single>>.run(call, memory)
}

/// The fit of one vector of paths: attempts from several starts, each of passes over the samples and steps
/// between them. The model says how a pass is summed and a step is solved, (F2) to (F5); everything else is
/// the same for all models.
struct Fit<Model: FitModel> {
  typealias L = Model.L

  let call: UnsafePointer<sp_call>
  let block: Block<L>
  let model: Model
  let memory: UnsafeMutablePointer<FitMemory<Model>>

  /// - Returns: for how many paths the result was not finite.
  @inline(never)
  static func run(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int {
    let workspace = FitWorkspace<Model>(memory, call)
    Model.prepare(call, workspace)
    var (first, notFinite) = (0, 0)
    while first < Int(call.pointee.count) {
      let block = Block<L>(from: first, count: Int(call.pointee.count), vectors: 1)
      let model = Model(call, workspace, block)
      notFinite &+= Fit(call: call, block: block, model: model, memory: workspace.head).fit()
      first = block.end
    }
    return notFinite
  }

  /// All attempts of this vector, and its results.
  @inline(__always)
  func fit() -> Int {
    let lanes = model.standardizeSamples()
    best.pointee = FitBest(
      cost: scale.pointee.totalY, verdict: lanes.verdict, passes: L(repeating: 0))
    for p in 0..<model.parameterCount { errors[p] = L(repeating: .nan) }
    model.clearBest(where: lanes)
    let isGiven = Int(call.pointee.fit_start) == SP_START_GIVEN
    let starts = isGiven ? 1 : model.drawStarts()
    let hasTrials = Model.schedule == .trialsThenBest && starts > 1
    for start in 0..<starts {
      if isGiven { model.placeGivenStart() } else { model.placeDrawnStart(start) }
      attempt(
        where: start == 0 ? lanes.fitted : lanes.fitted .& needsAnotherStart,
        passes: hasTrials ? min(FitSchedule.trialPasses, passLimit) : passLimit,
        replacesBest: start == 0)
    }
    if hasTrials {
      model.placeBest()
      attempt(where: lanes.fitted .& needsAnotherStart, passes: passLimit, replacesBest: true)
    }
    if Model.schedule == .trialsThenBest {
      model.placeBest()
      let closing = model.close(where: lanes.fitted)
      best.pointee.cost = lanes.fitted.choose(closing.cost, best.pointee.cost)
      best.pointee.verdict = lanes.fitted.choose(
        closing.verdict(best.pointee.verdict), best.pointee.verdict)
      model.storeErrors(closing, where: lanes.fitted)
    }
    return writeResults(lanes)
  }

  // MARK: - Memory

  @inline(__always)
  var scale: UnsafeMutablePointer<SampleStandardization<L>> { address(of: &memory.pointee.scale) }
  @inline(__always)
  var state: UnsafeMutablePointer<FitState<L>> { address(of: &memory.pointee.state) }
  @inline(__always)
  var best: UnsafeMutablePointer<FitBest<L>> { address(of: &memory.pointee.best) }
  /// Standard errors in the host's units, NaN where the samples do not determine the parameter.
  @inline(__always)
  var errors: UnsafeMutablePointer<L> { vectors(in: &memory.pointee.errors) }

  // MARK: - Attempts

  /// Passes over the samples after which a start is given up.
  @inline(__always)
  var passLimit: Float {
    Float(call.pointee.max_passes == 0 ? UInt32(SP_DEFAULT_PASSES) : call.pointee.max_passes)
  }

  /// Lanes that go on from a further start, or from the best.
  @inline(__always)
  var needsAnotherStart: Mask<L> {
    Model.schedule == .untilExplained
      ? best.pointee.cost
        .> L(repeating: FitSchedule.unexplainedShare) * scale.pointee.totalY
      : .!(best.pointee.verdict .== L(repeating: Float(SP_VERDICT_CONVERGED)))
  }

  /// Passes and steps from the trial's parameters until every lane has ended. What is better than the attempts
  /// before is stored as the best.
  @inline(__always)
  func attempt(where lanes: Mask<L>, passes: Float, replacesBest: Bool) {
    if !lanes.isAnySet { return }
    state.pointee = FitState(active: lanes)
    model.begin()
    var isFirst = true
    repeat {
      model.sumTrial()
      step(isFirst: isFirst, passLimit: passes)
      isFirst = false
    } while state.pointee.active.isAnySet
    storeIfBetter(replacesBest: replacesBest)
  }

  /// One step of Levenberg and Marquardt, after a pass at the trial.
  @inline(never)
  func step(isFirst: Bool, passLimit: Float) {
    let trial = model.evaluateTrial()
    let accepted = state.pointee.acceptOrReject(
      trial, isFirst: Mask(isFirst),
      firstDamping: Model.firstDamping(cost: trial.cost, scale.pointee))
    model.keep(trial, where: accepted, isFirst: isFirst)
    let step = model.solve(damping: state.pointee.damping)
    state.pointee.predicted = step.predicted
    let converged = state.pointee.updateTermination(
      step, scale.pointee, Model.termination, passLimit: passLimit)
    state.pointee.extrapolate(step, where: .!converged)
    model.proposeTrial(
      step, multiplier: state.pointee.multiplier,
      keepingUnseen: Model.termination.polishes ? nil : converged .& step.isSafe)
  }

  /// Compares an attempt with the best before, at the cost of the parameters as they are returned where every
  /// attempt goes to its end.
  @inline(never)
  func storeIfBetter(replacesBest: Bool) {
    let tried = state.pointee.passes .> L(repeating: 0)
    var (cost, verdict) = (state.pointee.cost, state.pointee.verdict)
    var closing: Model.Closing? = nil
    if Model.schedule == .untilExplained {
      model.placeKept()
      closing = model.close(where: tried)
    }
    if let closing {
      cost = closing.cost
      verdict = closing.verdict(verdict)
    }
    let isBetter = tried .& ((cost .< best.pointee.cost) .| Mask(replacesBest))
    best.pointee.cost = isBetter.choose(cost, best.pointee.cost)
    best.pointee.verdict = isBetter.choose(verdict, best.pointee.verdict)
    best.pointee.passes = best.pointee.passes + state.pointee.passes
    model.storeBest(where: isBetter)
    if let closing { model.storeErrors(closing, where: isBetter) }
  }
}

/// Which starts are tried, and how far.
enum FitSchedule {
  /// Every start to its end; a further one only in lanes where the best leaves `unexplainedShare`.
  case untilExplained
  /// `trialPasses` from each start, then on from the best: for models that need many passes.
  case trialsThenBest

  /// Of the variation of y. A curve through its samples leaves less; a local minimum seldom does.
  @inline(__always)
  static var unexplainedShare: Float { 0.1 }
  /// Enough to leave the start's own cost behind; more are saved for the best start.
  @inline(__always)
  static var trialPasses: Float { 5 }
}
