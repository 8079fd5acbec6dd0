import SinglePathShims

extension sp_review_call {
  /// Draws a verdict on every path from its training, its samples and its cost so far, and sends back
  /// those that diverged or rise.
  public func run() {
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    drawVerdicts()
  }

  /// Not inlined: arithmetic must not move out of the standard floating-point state of its caller.
  @inline(never)
  private func drawVerdicts() {
    for i in 0..<Int(count) { verdicts[i] = UInt8(truncatingIfNeeded: verdict(i)) }
  }

  private func verdict(_ i: Int) -> Int {
    let cost = row(SP_EXAMINED_COST, i)
    // What is not finite in the samples is no fault of the parameters: going back would not help.
    if row(SP_EXAMINED_INPUT, i) != 0 { return SP_VERDICT_NOT_FINITE_INPUT }
    if row(SP_EXAMINED_SAMPLES, i) < rules.minimum_samples { return SP_VERDICT_TOO_FEW_SAMPLES }
    let hasDiverged = Int(verdicts[i]) == SP_VERDICT_DIVERGED || !cost.isFinite
    note(i, cost: hasDiverged ? .infinity : cost)
    if rates != nil, hasDiverged || cost > (1 + rules.retreat_threshold) * best_costs[i] {
      retreat(i)
    }
    if hasDiverged { return SP_VERDICT_DIVERGED }
    let slope = row(SP_EXAMINED_SLOPE, i)
    if slope == 0, Int(hidden) == SP_HIDDEN_RELU { return SP_VERDICT_DEAD }
    if slope < SP_SATURATED_SLOPE { return SP_VERDICT_SATURATED }
    if ages[i] < rules.patience { return Int(verdicts[i]) }
    let isAbove =
      cost
      > max(
        (1 + rules.relative_tolerance) * best_costs[i], best_costs[i] + rules.absolute_tolerance)
    return isAbove ? SP_VERDICT_STALLED : SP_VERDICT_CONVERGED
  }

  private func row(_ row: Int, _ i: Int) -> Float { examined[row &* examined_stride &+ i] }

  /// Keeps the best cost, with its parameters, and how long ago it fell markedly.
  private func note(_ i: Int, cost: Float) {
    if cost < best_costs[i] {
      best_costs[i] = cost
      if rates != nil {
        for p in 0..<Int(parameter_count) {
          best_parameters[p &* best_stride &+ i] = parameters[p &* parameter_stride &+ i]
        }
      }
    }
    let reference = reference_costs[i]
    if best_costs[i]
      < min((1 - rules.relative_tolerance) * reference, reference - rules.absolute_tolerance)
    {
      reference_costs[i] = best_costs[i]
      ages[i] = 0
    } else if ages[i] < .max {
      ages[i] &+= 1
    }
  }

  /// Back to the best parameters, if there are any, with half the rate.
  private func retreat(_ i: Int) {
    if best_costs[i] < .infinity {
      for p in 0..<Int(parameter_count) {
        parameters[p &* parameter_stride &+ i] = best_parameters[p &* best_stride &+ i]
      }
    }
    rates[i] = max(rates[i] / 2, .leastNormalMagnitude)
  }
}
