import SinglePathShims

/// (F7), (F8): when a lane ends. What differs between models, and the thresholds of all.
struct TerminationRule {
  /// Gain, as a share of F, that is not worth a pass, whatever λ. 0: none, for models whose λ stays large in
  /// narrow valleys, where a small gain does not mean that the optimum is near.
  let negligibleGain: Float
  /// Gain², in units of F of scaled samples, that rounding of the gradient alone leaves after a rejection.
  let roundingOfGradient: Float
  /// Whether converged lanes go on with undamped steps, (F8), as long as the gradient has something to gain:
  /// rounding spoils the cost before it spoils the gradient.
  let polishes: Bool

  /// λ at which the step is nearly Newton's, so that its gain tells how far the optimum is.
  @inline(__always)
  static var freeDamping: Float { 1e-4 }
  /// Rejections after which the gain counts at any λ: the cost does not resolve the step.
  @inline(__always)
  static var rejectionsOfUnresolvedStep: Float { 3 }
  /// Gain, as a share of F, that the rounding of F hides: 16 times 2⁻²³.
  @inline(__always)
  static var roundingOfCost: Float { 2e-6 }
  /// Rejections in a row after which a start is given up. λ has grown by 2⁷⁸ by then, to its bound.
  @inline(__always)
  static var rejectionLimit: Float { 12 }
  /// How much smaller each polishing step's gain must be. Newton's steps square it, rounding does not lower it.
  @inline(__always)
  static var polishingFactor: Float { 0.25 }
}

extension FitState {
  /// Ends the lanes that need no further pass, and says what became of them.
  ///
  /// - Returns: the lanes that have converged.
  @inline(__always)
  mutating func updateTermination<Step: FitStep>(
    _ step: Step, _ scale: SampleStandardization<L>, _ rule: TerminationRule, passLimit: Float
  ) -> Mask<L> where Step.L == L {
    let gain = step.gain
    let isFound = cost .< L(repeating: Damping.greatestCost)
    let isRounding =
      (rejections .> L(repeating: 0))
      .& ((gain .<= cost * L(repeating: TerminationRule.roundingOfCost))
        .| (gain * gain .<= cost * L(repeating: rule.roundingOfGradient)))
    let isNegligible = gain .<= cost * L(repeating: rule.negligibleGain)
    // The squared distance from the optimum in standard errors (Bates and Watts).
    let isNear =
      (gain * scale.degreesOfFreedom .<= step.noise * step.tolerance) .& step.isSafe
    let isFree =
      (damping .<= L(repeating: TerminationRule.freeDamping))
      .| (rejections .>= L(repeating: TerminationRule.rejectionsOfUnresolvedStep))
    let converged =
      active .& isFound
      .& ((isNear .& isFree) .| isNegligible .| isRounding .| isPolishing)
    let isExact = active .& (cost .<= scale.roundingCost)
    let isDone =
      rule.polishes
      ? isPolishing .& .!(gain .< L(repeating: TerminationRule.polishingFactor) * lastGain)
      : converged
    let hasFinished = isDone .| isExact
    let isStalled = (rejections .>= L(repeating: TerminationRule.rejectionLimit)) .| .!isFound
    let isLimited = passes .>= L(repeating: passLimit)
    let hasEnded = active .& (hasFinished .| isStalled .| isLimited)
    let reason = hasFinished.choose(
      L(repeating: Float(SP_VERDICT_CONVERGED)),
      isStalled.choose(
        L(repeating: Float(SP_VERDICT_STALLED)), L(repeating: Float(SP_VERDICT_LIMIT))))
    verdict = hasEnded.choose(reason, verdict)
    active = active .& .!hasEnded
    if rule.polishes {
      isPolishing = converged
      lastGain = gain
      damping = converged.choose(L(repeating: Damping.least), damping)
    }
    return converged
  }
}
/// What the verdict on a fit asks of its normal equations, the same of every model.
enum FitThreshold {
  /// The least pivot of the normal equations whose columns have a length of 1. It is about 0 where a column
  /// follows from the others; float's rounding leaves some 10⁻⁶.
  @inline(__always)
  static var leastPivot: Float { 1e-5 }
  /// Standard errors of the slope and of the height, as shares of them, above which they are not known. A slope
  /// is bounded from below by samples that bound it hardly from above, so it is granted twice as much.
  @inline(__always)
  static var slopeError: Float { 2 }
  @inline(__always)
  static var heightError: Float { 1 }
  /// (0.2 % of the height)², by Σ w (∂ŷ/∂z⁽²⁾)² for two samples beside a step at the middle: noise of that size
  /// hides such a tail.
  @inline(__always)
  static var leastResponse: Float { 0x1p-15 }
  /// The least curvature of the cost at a sample, as a share of the most it can be, in the mean: a smaller one
  /// means that the output is saturated at every sample.
  @inline(__always)
  static var leastCurvature: Float { 1e-4 }
}
