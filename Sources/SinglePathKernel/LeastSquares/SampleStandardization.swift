import SinglePathShims

/// (F1): how the samples of each path are centred and scaled, and what is known of them. x comes into ±1 and y
/// into ±½, so that the units and offsets of the data change a fit by rounding only.
struct SampleStandardization<L: Lanes>: BitwiseCopyable {
  /// The middle of x and y, half the range of x, the range of y, and the inverses of both, 0 for 0.
  let middleX: L
  var halfX: L
  var inverseX: L
  let middleY: L
  var rangeY: L
  var inverseY: L

  /// How many samples are not missing, and the sum of their weights.
  let samples: L
  let weight: L
  let inverseWeight: L
  /// Samples beyond the free parameters, at least 1.
  let degreesOfFreedom: L

  // Of the scaled samples:
  var meanY = L(repeating: 0)
  /// Σ w y² about the mean.
  var totalY = L(repeating: 0)
  /// The most that Σ w s² and Σ w (s x)² can be, for s = σ′(z) ≤ ¼: the metric of a step in z, in which λ limits
  /// it.
  let dampingScaleZ: L
  var dampingScaleX = L(repeating: 0)
  /// A sum of squares that rounding alone leaves: y has an error of 2⁻²³ of its largest value.
  let roundingCost: L

  /// 0 where all samples are finite.
  let check: L

  /// - Parameter parameters: how many are free.
  @inline(__always)
  init(_ ranges: SampleRanges<L>, parameters: L) {
    let (lowX, highX, lowY, highY) = (ranges.lowX, ranges.highX, ranges.lowY, ranges.highY)
    let (zero, one, half) = (L(repeating: 0), L(repeating: 1), L(repeating: 0.5))
    // A smaller range has no finite inverse.
    let least = L(repeating: 0x1p-126)
    middleX = (half * lowX).adding(half, times: highX)
    halfX = (half * highX).subtracting(half, times: lowX)
    inverseX = (halfX .>= least).keep(one / halfX)
    middleY = (half * lowY).adding(half, times: highY)
    rangeY = highY - lowY
    inverseY = (rangeY .>= least).keep(one / rangeY)
    samples = ranges.samples
    weight = ranges.weight
    inverseWeight = one / weight
    degreesOfFreedom = (samples - parameters).atLeast(1)
    dampingScaleZ = weight * L(repeating: 1 / 16)
    let largest = lowY.withoutSign.atLeast(highY.withoutSign) * inverseY
    let lastPlace = L(repeating: 0x1p-23) * largest.atLeast(1)
    roundingCost = weight * lastPlace * lastPlace
    // What is not finite makes a range or the weight so.
    let check = ranges.check.accumulatingNonFinite(rangeY).accumulatingNonFinite(halfX)
      .accumulatingNonFinite(weight)
    self.check = (samples .<= zero).choose(zero, check)
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
  func standardized(_ x: L, _ y: L) -> (x: L, y: L) {
    ((y .== y).keep((x - middleX) * inverseX), (y - middleY) * inverseY)
  }

  @inline(__always)
  var isFinite: Mask<L> { check .== L(repeating: 0) }
  @inline(__always)
  var isFlat: Mask<L> { totalY .<= roundingCost }
  @inline(__always)
  var hasOneInput: Mask<L> { inverseX .== L(repeating: 0) }

  /// True where a sample lies on the slope of the curve. The slope of a step between two inputs, or of one that
  /// separates two labels, is known from the tails of the sigmoid alone, and a steeper curve is as good.
  ///
  /// - Parameter response: Σ w (∂ŷ/∂z⁽²⁾)².
  @inline(__always)
  func isResolved(response: L) -> Mask<L> {
    response * samples .> L(repeating: FitThreshold.leastResponse) * totalY
  }
}

/// The ranges of each path's samples, as the host has them.
struct SampleRanges<L: Lanes>: BitwiseCopyable {
  var lowX = L(repeating: .infinity)
  var highX = L(repeating: -.infinity)
  var lowY = L(repeating: .infinity)
  var highY = L(repeating: -.infinity)
  /// How many are not missing, and the sum of their weights.
  var samples = L(repeating: 0)
  var weight = L(repeating: 0)
  /// 0 where every x is finite.
  var check = L(repeating: 0)

  @inline(__always)
  init<Code: InstructionSetTarget>(of panels: SamplePanels<Code, L>) {
    panels.forEachRaw { panel, count in
      for t in 0..<count {
        let (x, y, weight) = panels.sample(t, of: panel)
        let present = panels.isPresent(t, of: panel)
        lowX = present.choose(x.atMost(lowX), lowX)
        highX = present.choose(x.atLeast(highX), highX)
        lowY = present.choose(y.atMost(lowY), lowY)
        highY = present.choose(y.atLeast(highY), highY)
        samples = samples + present.keep(L(repeating: 1))
        self.weight = self.weight + weight
        check = check.adding(x, times: L(repeating: 0))
      }
    }
  }
}

extension SamplePanels {
  /// Standardises the samples if all are here, and computes the mean and the variation of y, and that of x about
  /// its middle.
  @inline(__always)
  func standardize(by scale: UnsafeMutablePointer<SampleStandardization<L>>) {
    let zero = L(repeating: 0)
    var (y1, yy, xx) = (zero, zero, zero)
    if isResident { standardize(frames, scale.pointee) }
    forEach(scale) { panel, count, _ in
      for t in 0..<count {
        let (x, y, weight) = sample(t, of: panel)
        y1 = y1.adding(weight, times: y)
        yy = yy.adding(weight * y, times: y)
        xx = xx.adding(weight * x, times: x)
      }
    }
    let mean = y1 * scale.pointee.inverseWeight
    scale.pointee.meanY = mean
    scale.pointee.totalY = yy.subtracting(mean, times: y1)
    scale.pointee.dampingScaleX = xx * L(repeating: 1 / 16)
  }
}
