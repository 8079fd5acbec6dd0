import Foundation
import SinglePathReference

/// What a least squares fit says about a series, in the user's units, and how far that can be trusted.
struct CurveFacts: Equatable {
  private(set) var facts: [Fact] = []
  private(set) var verdict: CurveVerdict
  private(set) var reasons: [String] = []
  /// RSS: Σ w (ŷ − y)², in the scaled unit.
  let scaledSumOfSquares: Double
  /// 1 − RSS / Σ w (y − ȳ)²; NaN for a constant series.
  let rSquared: Double
  /// The standard deviation of an error of weight 1, in the unit of y.
  let residualStandardError: Double
  let degreesOfFreedom: Int
  /// ∫ y dx over the range of x; of log₁₀ x where that is fitted.
  let area: Double

  /// - Parameters:
  ///   - fit: of the scaled samples, with a path that has parameters.
  ///   - samples: those.
  ///   - growth: whether the words of growth curves are wanted.
  ///   - simpler: the fit of a curve with fewer parameters that this one contains.
  init(
    _ fit: LeastSquaresFit, to samples: [Sample], series: Series, scaling: Scaling, growth: Bool,
    simpler: LeastSquaresFit? = nil
  ) {
    degreesOfFreedom = fit.degreesOfFreedom
    let isSquared = fit.path.cost == .squaredError
    scaledSumOfSquares = isSquared ? 2 * fit.cost : squares(fit.path, series, scaling)
    rSquared = 1 - scaledSumOfSquares / fit.totalSumOfSquares
    residualStandardError =
      scaling.yScale * (scaledSumOfSquares / Double(max(1, fit.degreesOfFreedom))).squareRoot()
    let range = DataRange(series, scaling)
    area = range.area(fit.path, scaling)
    verdict = CurveVerdict(fit.verdict)
    if let reason = separation(series, fit.path) {
      (verdict, reasons) = (.separated, [reason])
    } else if verdict != .flat, isSquared, fit.path.output == .identity,
      let reason = Flatness(fit).reason
    {
      (verdict, reasons) = (.flat, [reason])
    } else if verdict == .flat {
      reasons = ["y does not vary"]
    } else {
      reasons = [
        simpler.flatMap { SimplerCurve(fit, $0)?.reason }, fit.reasonOfStop,
      ].compactMap { $0 }
    }
    guard let geometry = CurveGeometry(fit.path) else {
      if verdict == .undetermined { reasons.append("the samples leave a parameter open") }
      return
    }
    // Parameters that run away together leave a curve whose facts may be known.
    if verdict == .undetermined { verdict = .converged }
    let delta = DeltaMethod(fit)
    let units = Units(scaling)
    if fit.path.depth == 1 {
      addLine(geometry, delta, units, range)
    } else {
      addCurve(geometry, delta, units, range, PlateauProfile(fit, samples: samples))
      if growth { addGrowth(geometry, delta, units, range) }
    }
    if verdict == .flat || verdict == .separated {
      facts = facts.map { Fact(name: $0.name) }
    }
  }

  // MARK: - Lines

  private mutating func addLine(
    _ geometry: CurveGeometry, _ delta: DeltaMethod, _ units: Units, _ range: DataRange
  ) {
    let path = delta.fit.path
    let origin = units.scaledX(0)
    let (yScale, yOffset) = path.output == .identity ? (units.yScale, units.yOffset) : (1, 0)
    add(.intercept, delta { geometry.line(at: origin, $0) }.estimate(.linear(yScale, yOffset)))
    let slope = delta(geometry.lineSlope)
    let isKnown = slope.error <= Threshold.slope * abs(slope.value)
    add(.slope, isKnown ? slope.estimate(.linear(yScale / units.xScale, 0)) : nil)
    if range.halfWidth == 0 {
      settle(.undetermined, "all x are the same")
    } else if !isKnown {
      settle(.undetermined, "the slope is open: its error is above twice its size")
    }
    // Without a bias the place of ½ is none that the samples chose.
    if path.output.isSigmoid, path.biases != nil {
      addMidpoint(delta(geometry.lineZero), units, range, isShown: isKnown)
    }
  }

  // MARK: - Curves with two plateaus

  private mutating func addCurve(
    _ geometry: CurveGeometry, _ delta: DeltaMethod, _ units: Units, _ range: DataRange,
    _ profile: PlateauProfile
  ) {
    addPlateaus(geometry, delta, units, profile)
    addMidpoint(
      delta(geometry.midpoint), units, range,
      isShown: facts.allSatisfy { $0.estimate != nil })
    let steepness = delta(geometry.steepness)
    // The slope of a logistic curve is one number at depth 2 alone.
    let exponent = delta.fit.path.depth == 2 ? delta(geometry.logisticSlope) : nil
    let isFree =
      !(steepness.relativeError <= Threshold.slope)
      || !((exponent?.relativeError ?? 0) <= Threshold.slope)
    if let exponent { add(.slope, isFree ? nil : exponent.estimate(units.exponent)) }
    add(.steepness, isFree ? nil : steepness.estimate(units.slope))
    if exponent == nil {
      add(.steepestAt, isFree ? nil : delta(geometry.steepestAt).estimate(units.x))
    }
    if isFree {
      settle(.undetermined, "the slope is free, as if the curve rose or fell between two points")
    } else if steepness.relativeError > Threshold.weakSlope {
      reasons.append(
        String(format: "the slope is known to ± %.0f %% only", 100 * steepness.relativeError))
    }
  }

  private mutating func addPlateaus(
    _ geometry: CurveGeometry, _ delta: DeltaMethod, _ units: Units, _ profile: PlateauProfile
  ) {
    let (lower, upper) = (delta(geometry.lower), delta(geometry.upper))
    let height = upper.value - lower.value
    let rises = delta.fit.path.weights[delta.fit.path.depth] > 0
    for (name, plateau) in [(FactName.lower, lower), (.upper, upper)] {
      let isSeen =
        plateau.error <= Threshold.surePlateau * height
        || plateau.error <= Threshold.plateau * height
          && !profile.canDoWithout(endAt: (name == .upper) == rises)
      add(name, isSeen ? plateau.estimate(units.y) : nil)
      if !isSeen { settle(.undetermined, "the \(name) plateau is not seen") }
    }
  }

  /// - Parameter isShown: whether the curve has a midpoint: with both plateaus, or a line with its slope.
  private mutating func addMidpoint(
    _ midpoint: Uncertain, _ units: Units, _ range: DataRange, isShown: Bool
  ) {
    let isSharp = isShown && midpoint.error <= Threshold.midpoint * range.halfWidth
    let isInside = range.scaled.contains(midpoint.value)
    facts.append(
      Fact(
        name: .midpoint, estimate: isSharp && isInside ? midpoint.estimate(units.x) : nil,
        bound: isInside || !midpoint.value.isFinite ? nil : range.bound(midpoint.value)))
    if !isInside {
      settle(.undetermined, "the midpoint lies outside the data")
    } else if !isSharp, isShown {
      settle(.undetermined, "the midpoint is open")
    }
  }

  // MARK: - Growth

  /// In the words of growth curves: r of the exponential beginning is the logistic slope; the tangent at
  /// the steepest point leaves the lower plateau at the end of the lag.
  private mutating func addGrowth(
    _ geometry: CurveGeometry, _ delta: DeltaMethod, _ units: Units, _ range: DataRange
  ) {
    let known = Dictionary(facts.map { ($0.name, $0.estimate) }) { first, _ in first }
    let rises = geometry.direction(delta.fit.path.parameters) > 0
    let isSteep = rises && known[.steepness] != .some(nil)
    add(.maximumRate, isSteep ? known[.steepness] ?? nil : nil)
    let doublingTime = delta { log(2) / geometry.logisticSlope($0) }
    add(.doublingTime, isSteep ? doublingTime.estimate(.linear(units.xScale, 0)) : nil)
    let lag = delta { p in
      let place = geometry.steepestAt(p)
      return place - (geometry.height(at: place, p) - geometry.lower(p)) / geometry.steepness(p)
    }
    add(.lag, isSteep && known[.lower] != .some(nil) ? lag.estimate(units.x) : nil)
    add(.carryingCapacity, rises ? known[.upper] ?? nil : nil)
  }

  // MARK: - Keeping

  private mutating func add(_ name: FactName, _ estimate: Estimate?) {
    let isKnown = estimate.map { $0.value.isFinite && $0.standardError.isFinite } ?? false
    facts.append(Fact(name: name, estimate: isKnown ? estimate : nil))
  }

  /// A verdict that says more about the data replaces none that says nothing is there.
  private mutating func settle(_ verdict: CurveVerdict, _ reason: String) {
    guard self.verdict.hasCurve || self.verdict == verdict else { return }
    self.verdict = verdict
    reasons.append(reason)
  }
}

extension LeastSquaresFit {
  /// What was still to gain where the search stopped before the least cost; nil where it did not.
  fileprivate var reasonOfStop: String? {
    guard verdict == .limit || verdict == .stalled else { return nil }
    let parameters = path.parameters
    // In scaled units a parameter of 1 does something.
    let moves = zip(nextStep, parameters).map { abs($0) / max(1, abs($1)) }
    let farthest = moves.indices.max { moves[$0] < moves[$1] } ?? 0
    let (isBias, layer) = (farthest >= path.depth, farthest % path.depth + 1)
    let name = FrozenParameter(isBias: isBias, layer: layer, value: nil).name
    let stop = verdict == .limit ? "the passes were used up" : "the steps became too short"
    let gain = short(100 * min(1, expectedGain / cost), digits: 2)
    let (here, next) = (parameters[farthest], parameters[farthest] + nextStep[farthest])
    return "\(stop): \(name) is \(short(here)), the next step takes it to \(short(next)) and "
      + "the cost down by \(gain) %"
  }
}

/// From which relative standard errors on a fact is open. Checked on simulations and on real curves.
enum Threshold {
  /// Of the slope.
  static let slope = 2.0
  /// Of the slope, from which on its uncertainty is told.
  static let weakSlope = 0.5
  /// Of a plateau, as a share of the curve's height.
  static let plateau = 0.5
  /// The same, up to which a plateau needs no second look.
  static let surePlateau = 0.02
  /// Of the midpoint, as a share of half the range of x.
  static let midpoint = 0.5
}
