import SinglePathShims

/// The state of an attempt from pass to pass.
struct FitState<L: Lanes>: BitwiseCopyable {
  /// F at the parameters kept.
  var cost = L(repeating: .infinity)
  /// λ, and ν, the factor by which the next rejection raises it.
  var damping = L(repeating: 1)
  var growth = L(repeating: 2)
  /// Rejections in a row.
  var rejections = L(repeating: 0)
  /// How much F should fall with the trial.
  var predicted = L(repeating: 1)
  var passes = L(repeating: 0)
  /// How many steps long the way to the trial is: 1, or `Damping.extrapolation`.
  var multiplier = L(repeating: 1)
  var verdict = L(repeating: 0)

  /// Lanes at work, and those of them that make undamped steps at their end.
  var active: Mask<L>
  var isPolishing = Mask<L>(false)
  /// The gain of the step before.
  var lastGain = L(repeating: 0)
}

/// The constants of (F5) and (F6).
enum Damping {
  /// λ stays where neither λ D nor H is lost in rounding beside the other, and where float has room for both.
  @inline(__always)
  static var least: Float { 1e-7 }
  @inline(__always)
  static var greatest: Float { 1e12 }
  @inline(__always)
  static var greatestGrowth: Float { 1e6 }
  /// The most by which an accepted step lowers λ. Nielsen's 1/3 takes more passes, 0.03 no fewer.
  @inline(__always)
  static var leastFactor: Float { 0.1 }

  /// The least share of a cost in the residuals before elimination. Below it, cancellation has destroyed the
  /// digits of the difference.
  @inline(__always)
  static var leastShareOfResidual: Float { 1e-3 }
  /// A larger cost comes from an overflow, or soon leads to one.
  @inline(__always)
  static var greatestCost: Float { 1e30 }
  /// How much more the cost of an undamped step at the end may be: rounding of a sum over the samples.
  @inline(__always)
  static var roundingOfCost: Float { 1 + 0x1p-17 }

  /// (F6): how many steps are made at once where steps do not become shorter. The optimum may be a step between
  /// two inputs, or a tail of the sigmoid, which is an exponential function: the cost then falls as e⁻ᵘ with
  /// u → ∞, and each step of Newton's goes 1 in u.
  @inline(__always)
  static var extrapolation: Float { 32 }
  /// Passes of a lane before the first extrapolation: the steps of a finite optimum are shorter by then.
  @inline(__always)
  static var passesBeforeExtrapolation: Float { 5 }
}

extension FitState {
  /// (F5): accepts or rejects the trial, and damps accordingly (Nielsen, "Damping parameter in Marquardt's
  /// method", report IMM-REP-1999-05). A rejected extrapolation does not raise λ.
  ///
  /// - Returns: the lanes that accept it.
  @inline(__always)
  mutating func acceptOrReject<Trial: FitEvaluation>(
    _ trial: Trial, isFirst: Mask<L>, firstDamping: L
  ) -> Mask<L> where Trial.L == L {
    let one = L(repeating: 1)
    let new = trial.cost
    let isLower =
      (new .< cost) .& (new .> trial.residual * L(repeating: Damping.leastShareOfResidual))
    let isAsGood = isPolishing .& (new .<= cost * L(repeating: Damping.roundingOfCost))
    let accepted =
      active .& trial.isSound .& (isLower .| isAsGood .| isFirst)
      .& (new .< L(repeating: Damping.greatestCost))
    let rejected = active .& .!accepted
    // λ ← λ max(0.1, 1 − (2 ρ − 1)³) with ρ = (F − F′) / predicted.
    let ratio = (cost - new) / predicted
    let t = L(repeating: -1).adding(ratio, times: L(repeating: 2))
    let factor = one.subtracting(t * t, times: t).atLeast(Damping.leastFactor)
    let lowered = (damping * factor).atLeast(Damping.least)
    let raised = (damping * growth).atMost(Damping.greatest)
    damping = accepted.choose(
      isFirst.choose(firstDamping, lowered),
      (rejected .& (multiplier .<= one)).choose(raised, damping))
    growth = accepted.choose(
      L(repeating: 2),
      rejected.choose((growth + growth).atMost(Damping.greatestGrowth), growth))
    rejections = accepted.choose(
      L(repeating: 0), rejected.choose(rejections + one, rejections))
    passes = passes + active.keep(one)
    cost = accepted.choose(new, cost)
    return accepted
  }

  /// (F6): sets how far the next trial goes.
  @inline(__always)
  mutating func extrapolate<Step: FitStep>(_ step: Step, where goesOn: Mask<L>)
  where Step.L == L {
    let extrapolates =
      step.isAsLong .& goesOn .& (rejections .<= L(repeating: 0))
      .& (passes .>= L(repeating: Damping.passesBeforeExtrapolation))
    multiplier = extrapolates.choose(L(repeating: Damping.extrapolation), L(repeating: 1))
  }
}
