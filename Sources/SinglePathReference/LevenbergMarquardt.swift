/// Levenberg-Marquardt steps (Moré, The Levenberg-Marquardt algorithm: implementation and theory, 1978)
/// with the damping of Nielsen (Damping parameter in Marquardt's method, 1999).
///
/// A step p solves (H + λ D) p = −g and is taken if it lowers the cost. D is the largest diagonal of H
/// that was seen: the steps do not depend on the units of the parameters.
struct LevenbergMarquardt {
  enum End { case converged, exact, stalled, limit }

  /// The place with the least cost so far.
  private(set) var best: NormalEquations
  private(set) var passes = 1
  private var trial: NormalEquations
  private let samples: [Sample]
  /// A cost that rounding of the targets explains.
  private let exactCost: Double
  /// The share of the cost below which a step's gain ends the search. The steps of a cross-entropy near its
  /// optimum are exact Newton steps, and its rows may be animals one by one or their groups: one more step
  /// makes these agree to ten digits.
  private let leastDecrement: Double

  private var λ: Double
  /// What λ is multiplied with when a step is refused.
  private var growth = 2.0
  /// The square root of D.
  private var scale: [Double]
  private var step: [Double]
  private var factor: CholeskyFactor

  /// Evaluates the start.
  ///
  /// - Parameter λ: the damping of the first step, as a share of D.
  init(
    _ path: ReferencePath, free: [Int], samples: [Sample], exactCost: Double, damping λ: Double
  ) {
    best = NormalEquations(path, free: free)
    best.evaluate(samples)
    trial = NormalEquations(path, free: free)
    (self.samples, self.exactCost, self.λ) = (samples, exactCost, λ)
    leastDecrement = path.cost == .crossEntropy ? 1e-26 : 1e-20
    scale = Array(repeating: 0, count: free.count)
    step = scale
    factor = CholeskyFactor(count: free.count, floor: 0x1p-50)
  }

  /// Steps until none lowers the cost, or `passes` evaluations were made.
  mutating func descend(passes limit: Int) -> End {
    guard best.cost.isFinite, !best.free.isEmpty else { return .stalled }
    var lastDecrement = Double.infinity
    var refinements = 0
    while true {
      if best.cost <= exactCost { return .exact }
      let decrement = solve()
      let isLoose = λ <= 1e-4
      if isLoose, decrement <= leastDecrement * best.cost { return .converged }
      // The cost cannot tell such small steps apart; the slope still can, as long as it keeps falling.
      let isRefinement = isLoose && decrement <= 1e-12 * best.cost
      if isRefinement {
        if refinements == 8 || decrement > 0.25 * lastDecrement { return .converged }
        refinements += 1
      }
      lastDecrement = decrement
      guard passes < limit else { return isRefinement ? .converged : .limit }
      take()
      if trial.cost < best.cost || isRefinement && trial.cost <= (1 + 1e-12) * best.cost {
        accept(decrement: decrement)
      } else {
        if decrement <= 1e-10 * best.cost, isLoose { return .converged }
        λ = max(λ, 1e-6) * growth
        growth = min(2 * growth, 1e6)
        if λ > 1e12 { return .stalled }
      }
    }
  }

  /// Solves for the step.
  ///
  /// - Returns: −gᵀp, about twice what the cost falls by; at least 0.
  private mutating func solve() -> Double {
    let count = step.count
    for i in 0..<count {
      scale[i] = max(scale[i], best.curvature[i * count + i].squareRoot())
      step[i] = scale[i] == 0 ? 0 : -best.gradient[i] / scale[i]
    }
    factor.factorise { i, j in
      // A parameter that nothing depends on keeps its value.
      guard scale[i] > 0, scale[j] > 0 else { return i == j ? 1 : 0 }
      return best.curvature[i * count + j] / (scale[i] * scale[j]) + (i == j ? λ : 0)
    }
    factor.solve(&step)
    var decrement = 0.0
    for i in 0..<count where scale[i] > 0 {
      step[i] /= scale[i]
      decrement -= best.gradient[i] * step[i]
    }
    return max(0, decrement)
  }

  private mutating func take() {
    _ = trial.parameters.update(fromContentsOf: best.parameters)
    for (i, parameter) in best.free.enumerated() { trial.parameters[parameter] += step[i] }
    trial.evaluate(samples)
    passes += 1
  }

  private mutating func accept(decrement: Double) {
    // The model of the cost falls by ½ (−gᵀp + λ pᵀ D p).
    var damped = 0.0
    for i in step.indices { damped += λ * (scale[i] * step[i]) * (scale[i] * step[i]) }
    let gain = 2 * (best.cost - trial.cost) / (decrement + damped)
    // A gain that is rounding says nothing.
    let excess = decrement > 1e-12 * best.cost ? 2 * gain - 1 : 1
    λ = max(1e-15, λ * max(0.1, 1 - excess * excess * excess))
    growth = 2
    swap(&best, &trial)
  }
}
