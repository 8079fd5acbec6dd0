/// What there is of each path's samples, as the host has them.
struct SampleRanges<L: Lanes>: BitwiseCopyable {
  var lowX: L
  var highX: L
  var lowY: L
  var highY: L
  /// How many are not missing, and the sum of their weights.
  var samples: L
  var weight: L
  /// 0 where every x is finite.
  var check: L

  /// Of no samples.
  @inline(__always)
  init() {
    let zero = L(repeating: 0)
    (lowX, highX) = (L(repeating: .infinity), L(repeating: -.infinity))
    (lowY, highY) = (lowX, highX)
    (samples, weight, check) = (zero, zero, zero)
  }
}

extension FitSamples {
  /// Ranges, numbers and weights.
  @inline(__always)
  func ranges() -> SampleRanges<L> {
    var ranges = SampleRanges<L>()
    forEachRawPanel { panel, count in
      for t in 0..<count {
        let (x, y, weight) = sample(t, of: panel)
        let present = isPresent(t, of: panel)
        ranges.lowX = present.choose(x.atMost(ranges.lowX), ranges.lowX)
        ranges.highX = present.choose(x.atLeast(ranges.highX), ranges.highX)
        ranges.lowY = present.choose(y.atMost(ranges.lowY), ranges.lowY)
        ranges.highY = present.choose(y.atLeast(ranges.highY), ranges.highY)
        ranges.samples = ranges.samples + present.keep(L(repeating: 1))
        ranges.weight = ranges.weight + weight
        ranges.check = ranges.check.adding(x, times: L(repeating: 0))
      }
    }
    return ranges
  }

  /// Normalises the samples if all are here, and takes the mean and the variation of y, and that of x about
  /// its middle.
  @inline(__always)
  func normaliseAndSpread(_ scale: UnsafeMutablePointer<CurveScale<L>>) {
    let zero = L(repeating: 0)
    var (y1, yy, xx) = (zero, zero, zero)
    if isResident { normalise(frames, scale.pointee) }
    forEachPanel(scale) { panel, count, _ in
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
    scale.pointee.metricX = xx * L(repeating: 1 / 16)
  }
}
