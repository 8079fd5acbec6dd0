extension ReferencePath {
  /// Fits the path to the samples by least squares, from its own parameters on: Levenberg-Marquardt on
  /// Σ w J in the generalised Gauss-Newton form.
  ///
  /// The result depends on the unit of x, and on its zero point if b⁽¹⁾ is free, by rounding only; on those
  /// of y too where the output is linear.
  ///
  /// - Parameters:
  ///   - samples: samples whose target is NaN, or whose weight is not above 0, are missing.
  ///   - frozen: which parameters keep their bits, one for each as in `parameters`; nil for none.
  ///   - limit: of passes, at least 1.
  public func fitted(
    to samples: [Sample], frozen: [Bool]? = nil, passes limit: Int = 500
  ) -> LeastSquaresFit {
    fit(samples, frozen: frozen) { task in [task.descend(from: self, damping: 1e-3, limit)] }
  }

  /// The least cost that a few undamped steps from here find. Meant for a path that is nearly fitted, in
  /// single precision for example, at the price of `passes` passes.
  ///
  /// A step counts only if the cost falls. Without such a step the parameters keep their bits.
  public func finished(
    on samples: [Sample], frozen: [Bool]? = nil, passes: Int = 4
  ) -> LeastSquaresFit {
    fit(samples, frozen: frozen) { task in [task.descend(from: self, damping: 0, passes)] }
  }

  /// The best of fits from many starts that are drawn from the samples; the parameters of this path matter
  /// only where they are frozen.
  ///
  /// - Parameter refined: how many of the starts, best first, are fitted; at least 1.
  public func bestFit(
    to samples: [Sample], frozen: [Bool]? = nil, refined: Int = 8
  ) -> LeastSquaresFit {
    fit(samples, frozen: frozen) { task in
      task.starts().prefix(refined).map { task.descend(from: $0, damping: 1e-3, 500) }
    }
  }

  private func fit(
    _ samples: [Sample], frozen: [Bool]?, search: (FittingTask) -> [FittingTask.Result]
  ) -> LeastSquaresFit {
    let frozen = frozen ?? Array(repeating: false, count: parameterCount)
    precondition(frozen.count == parameterCount, "One flag for each parameter.")
    let counted = samples.filter { !$0.y.isNaN && $0.weight > 0 }
    let dof = counted.count - frozen.count { !$0 }
    func nothing(_ verdict: LeastSquaresFit.Verdict, total: Double) -> LeastSquaresFit {
      LeastSquaresFit(
        path: self, verdict: verdict, cost: cost(of: counted), totalSumOfSquares: total,
        sampleCount: counted.count, degreesOfFreedom: dof, passes: 0,
        covariance: nothingKnown(frozen), nextStep: Array(repeating: 0, count: parameterCount),
        expectedGain: 0, frozen: frozen)
    }
    guard !counted.isEmpty else { return nothing(.tooFewSamples, total: 0) }
    let isFinite =
      counted.allSatisfy { $0.x.isFinite && $0.y.isFinite && $0.weight.isFinite }
      && parameters.allSatisfy(\.isFinite)
    guard isFinite, let task = FittingTask(counted, path: self, frozen: frozen) else {
      return nothing(.nonFiniteInput, total: .nan)
    }
    guard dof >= (cost == .crossEntropy ? 0 : 1) else {
      return nothing(.tooFewSamples, total: task.totalSumOfSquares)
    }
    return task.fit(of: search(task))
  }
}

/// One fit: standardised samples, and what holds for every start.
struct FittingTask {
  /// Where a descent ended.
  struct Result {
    let equations: NormalEquations
    let end: LevenbergMarquardt.End
    let passes: Int
    let hasMoved: Bool
  }

  let samples: [Sample]
  /// The path that was given, and the same for the standardised samples.
  let original, path: ReferencePath
  let frozen: [Bool]
  private let free: [Int]
  private let standardisation: Standardisation
  private let totalWeight: Double
  /// Σ w (y − ȳ)² of the standardised samples.
  private let spread: Double
  /// The largest size of a standardised target, as it was given.
  private let magnitude: Double

  /// Nil if the samples span more than a finite range.
  init?(_ samples: [Sample], path: ReferencePath, frozen: [Bool]) {
    guard let standardisation = Standardisation(samples, path: path, frozen: frozen) else {
      return nil
    }
    self.standardisation = standardisation
    (original, self.frozen) = (path, frozen)
    self.path = standardisation.standardised(path)
    self.samples = standardisation.standardised(samples)
    free = frozen.indices.filter { !frozen[$0] }
    let weight = samples.reduce(0) { $0 + $1.weight }
    let mean = self.samples.reduce(0) { $0 + $1.weight * $1.y } / weight
    totalWeight = weight
    spread = self.samples.reduce(0) { $0 + $1.weight * ($1.y - mean) * ($1.y - mean) }
    magnitude = samples.reduce(0) { max($0, abs($1.y)) } / standardisation.yUnit
  }

  var totalSumOfSquares: Double { spread * standardisation.costUnit }

  /// What rounding of the targets alone makes of a cost. Hard labels can be met better than that, but only by
  /// weights without end.
  private var exactCost: Double {
    let rounding = path.cost == .crossEntropy ? 0x1p-46 : 0x1p-105 * magnitude * magnitude
    return totalWeight * rounding
  }

  func descend(from start: ReferencePath, damping λ: Double, _ passes: Int) -> Result {
    let standard = start == original ? path : start
    // One undamped step ends a linear fit.
    let λ = path.depth == 1 && path.output == .identity ? 0 : λ
    var descent = LevenbergMarquardt(
      standard, free: free, samples: samples, exactCost: exactCost, damping: λ)
    let end = descent.descend(passes: passes)
    return Result(
      equations: descent.best, end: end, passes: descent.passes,
      hasMoved: start != original
        || !descent.best.parameters.prefix(path.parameterCount).elementsEqual(path.parameters))
  }

  /// The fit of the result with the least cost.
  func fit(of results: [Result]) -> LeastSquaresFit {
    // A cost that is not a number loses against all others.
    let best = results.min { $0.equations.cost < $1.equations.cost || $1.equations.cost.isNaN }
    guard let best else { preconditionFailure("a search has at least one result") }
    var fitted = path
    fitted.parameters = Array(best.equations.parameters.prefix(path.parameterCount))
    let determination = Determination(best.equations, path: fitted, totalWeight: totalWeight)
    let next = nextStep(best.equations, determination)
    let dof = samples.count - free.count
    let cost = best.equations.cost * standardisation.costUnit
    let variance = path.cost == .crossEntropy ? 1 : 2 * best.equations.cost / Double(dof)
    let isFlat = spread <= totalWeight * 0x1p-100 * magnitude * magnitude
    let covariance =
      isFlat
      ? nothingKnown(frozen)
      : standardisation.restored(
        ParameterCovariance(
          matrix: determination.inverse.map { variance * $0 },
          openDirections: determination.openDirections))
    return LeastSquaresFit(
      path: best.hasMoved ? standardisation.original(fitted, of: original) : original,
      verdict: verdict(
        isSettled(gain: next.gain, variance: variance) ? .converged : best.end,
        isFlat: isFlat, isComplete: covariance.openDirections.isEmpty), cost: cost,
      totalSumOfSquares: totalSumOfSquares, sampleCount: samples.count, degreesOfFreedom: dof,
      passes: results.reduce(0) { $0 + $1.passes }, covariance: covariance,
      nextStep: standardisation.restored(next.step),
      expectedGain: next.gain * standardisation.costUnit, frozen: frozen)
  }

  /// Whether a full step would change the fit by less than a thousandth of its standard error: the criterion
  /// of Bates and Watts (A relative offset orthogonality convergence criterion for nonlinear least
  /// squares, 1981).
  private func isSettled(gain: Double, variance: Double) -> Bool {
    2 * gain <= 1e-6 * variance * Double(free.count)
  }

  /// The undamped step of all parameters, and ½ gᵀ H⁻¹ g, by which it would lower a quadratic cost.
  private func nextStep(
    _ equations: NormalEquations, _ determination: Determination
  ) -> (step: [Double], gain: Double) {
    let count = path.parameterCount
    var step = Array(repeating: 0.0, count: count)
    var gain = 0.0
    for (i, row) in free.enumerated() {
      for (j, column) in free.enumerated() {
        step[row] -= determination.inverse[row * count + column] * equations.gradient[j]
      }
      gain -= step[row] * equations.gradient[i] / 2
    }
    return (step, gain)
  }

  private func verdict(
    _ end: LevenbergMarquardt.End, isFlat: Bool, isComplete: Bool
  ) -> LeastSquaresFit.Verdict {
    if isFlat && path.cost != .crossEntropy { return .flat }
    if !isComplete { return .undetermined }
    return switch end {
    case .converged, .exact: .converged
    case .stalled: .stalled
    case .limit: .limit
    }
  }
}

/// Each free parameter is open.
private func nothingKnown(_ frozen: [Bool]) -> ParameterCovariance {
  let free = frozen.indices.filter { !frozen[$0] }
  return ParameterCovariance(
    matrix: Array(repeating: 0, count: frozen.count * frozen.count),
    openDirections: free.map { i in frozen.indices.map { $0 == i ? 1 : 0 } })
}
