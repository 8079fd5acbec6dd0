import SinglePathShims

/// How the samples of each path are centred and scaled, and what is known of them: x into ±1 and y into
/// ±½, so that the units and offsets of the data change a fit by rounding only.
struct CurveScale<L: Lanes>: BitwiseCopyable {
  /// The middle of x and y, half the range of x, the range of y, and the inverses of both, 0 for 0.
  var middleX: L
  var halfX: L
  var inverseX: L
  var middleY: L
  var rangeY: L
  var inverseY: L

  /// How many samples are not missing, and the sum of their weights.
  var samples: L
  var weight: L
  var inverseWeight: L
  /// Samples beyond the parameters, at least 1.
  var freedom: L

  // Of the scaled samples:
  var meanY: L
  /// Σ y² about the mean.
  var totalY: L
  /// A sum of squares that rounding alone leaves.
  var floor: L
  /// What Σ s² and Σ (s x)² are at most: the metric of a step, in which its size is limited.
  var metricZ: L
  var metricX: L

  /// 0 where all samples are finite.
  var check: L

  @inline(__always)
  mutating func set(_ ranges: SampleRanges<L>) {
    let (lowX, highX, lowY, highY) = (ranges.lowX, ranges.highX, ranges.lowY, ranges.highY)
    let (samples, weight) = (ranges.samples, ranges.weight)
    let (zero, one, half) = (L(repeating: 0), L(repeating: 1), L(repeating: 0.5))
    middleX = (half * lowX).adding(half, times: highX)
    halfX = (half * highX).subtracting(half, times: lowX)
    inverseX = (halfX .>= L(repeating: 0x1p-126)).keep(one / halfX)
    middleY = (half * lowY).adding(half, times: highY)
    rangeY = highY - lowY
    inverseY = (rangeY .>= L(repeating: 0x1p-126)).keep(one / rangeY)
    self.samples = samples
    self.weight = weight
    inverseWeight = one / weight
    freedom = (samples - L(repeating: 4)).atLeast(1)
    metricZ = weight * L(repeating: 1 / 16)
    let largest = lowY.withoutSign.atLeast(highY.withoutSign) * inverseY
    let last = L(repeating: 0x1p-23) * largest.atLeast(1)
    floor = weight * last * last
    // What is not finite makes a range or the weight so.
    check = ranges.check.accumulatingNonFinite(rangeY).accumulatingNonFinite(halfX)
      .accumulatingNonFinite(weight)
    let isEmpty = samples .<= zero
    check = isEmpty.choose(zero, check)
  }

  /// Makes the units powers of two, which change no digit of a sample.
  @inline(__always)
  mutating func roundUnits() {
    // As in `Exponential`: an integer n and 127 in the low byte of the mantissa.
    let (magic, none) = (L(repeating: 0x1.8000FEp23), L(repeating: 0))
    let x = halfX.exponent.atMost(126).atLeast(-126)
    let y = rangeY.exponent.atMost(126).atLeast(-126)
    let (hasX, hasY) = (inverseX .> none, inverseY .> none)
    halfX = hasX.choose((magic + x).shiftedToExponent(), halfX)
    inverseX = hasX.choose((magic - x).shiftedToExponent(), inverseX)
    rangeY = hasY.choose((magic + y).shiftedToExponent(), rangeY)
    inverseY = hasY.choose((magic - y).shiftedToExponent(), inverseY)
  }

  /// x and y of a sample.
  @inline(__always)
  func normalised(_ x: L, _ y: L) -> (x: L, y: L) {
    ((y .== y).keep((x - middleX) * inverseX), (y - middleY) * inverseY)
  }

  @inline(__always)
  var isFinite: Mask<L> { check .== L(repeating: 0) }
  /// A curve has four parameters.
  @inline(__always)
  var hasEnough: Mask<L> { samples .>= L(repeating: 5) }
  @inline(__always)
  var isFlat: Mask<L> { totalY .<= floor }
  @inline(__always)
  var isOfOneInput: Mask<L> { inverseX .== L(repeating: 0) }

  /// True where a sample lies on the slope of the curve. The slope of a step between two inputs, or of one that
  /// separates two labels, is known from the tails of the sigmoid alone, and a steeper curve is as good.
  ///
  /// The threshold is (0.2 % of the height)² for two samples at the middle of 25: noise of that size hides
  /// such a tail.
  ///
  /// - Parameter response: Σ w (∂ŷ/∂z⁽²⁾)².
  @inline(__always)
  func isResolved(response: L) -> Mask<L> {
    response * samples .> L(repeating: 0x1p-15) * totalY
  }

  /// Lanes whose parameters are set, if only to those of a constant, and those that are fitted.
  @inline(__always)
  var canBeChanged: Mask<L> { isFinite .& hasEnough }
  @inline(__always)
  var canBeFitted: Mask<L> { canBeChanged .& .!isFlat .& .!isOfOneInput }

  /// The verdict on lanes that are not fitted.
  @inline(__always)
  var firstVerdict: L {
    let flat = isFlat.choose(
      L(repeating: Float(SP_VERDICT_FLAT)), L(repeating: Float(SP_VERDICT_UNDETERMINED)))
    let enough = hasEnough.choose(flat, L(repeating: Float(SP_VERDICT_TOO_FEW_SAMPLES)))
    return isFinite.choose(enough, L(repeating: Float(SP_VERDICT_NOT_FINITE_INPUT)))
  }

  /// The parameters of a curve, for samples as the host has them.
  @inline(__always)
  func parameters(of point: CurvePoint<L>) -> CurveParameters<L> {
    let weight1 = point.w1 * inverseX
    return CurveParameters(
      weight1: weight1, weight2: point.w2 * rangeY,
      bias1: point.b1.subtracting(weight1, times: middleX),
      bias2: middleY.adding(point.v.subtracting(point.w2, times: point.c), times: rangeY))
  }

  /// The curve of a host's parameters.
  @inline(__always)
  func point(weight1: L, weight2: L, bias1: L, bias2: L) -> CurvePoint<L> {
    let w2 = weight2 * inverseY
    return CurvePoint(
      w1: weight1 * halfX, b1: bias1.adding(weight1, times: middleX), w2: w2,
      v: ((bias2 - middleY) * inverseY).adding(w2, times: L(repeating: 0.5)),
      c: L(repeating: 0.5))
  }
}
