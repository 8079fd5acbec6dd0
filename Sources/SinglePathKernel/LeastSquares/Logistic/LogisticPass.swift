/// One pass of a curve over the samples of one vector of the machine.
///
/// Two loops over each chunk of samples, which store between them what a sample needs for both: in one loop the
/// sums would not fit into the registers.
struct LogisticPass<L: Lanes> {
  /// Samples between the two loops.
  @inline(__always)
  static var chunk: Int { min(16, 128 / L.width) }

  /// Values of a sample that are stored: a − c, s, r, 1 − 2 a, and with weights s times the weight.
  @inline(__always)
  static var values: Int { 5 }

  @inline(__always)
  static var scratchFloats: Int { chunk &* values &* L.width }

  let samples: PanelPart<L>
  /// `scratchFloats`.
  let scratch: UnsafeMutablePointer<Float>

  /// Adds a panel's samples to the sums, or to zeros if the panel is the first. Each kind of pass has code of its
  /// own.
  @inline(__always)
  func add(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, isFirst: Bool,
    isWeighted: Bool, isNewton: Bool
  ) {
    switch (isWeighted, isNewton) {
    case (false, false): addPlain(to: sums, curve, isFirst)
    case (false, true): addForNewton(to: sums, curve, isFirst)
    case (true, false): addWeighted(to: sums, curve, isFirst)
    case (true, true): addWeightedForNewton(to: sums, curve, isFirst)
    }
  }

  @inline(never)
  func addPlain(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, _ isFirst: Bool
  ) {
    add(to: sums, curve, isFirst, weighted: false, newton: false)
  }
  @inline(never)
  func addForNewton(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, _ isFirst: Bool
  ) {
    add(to: sums, curve, isFirst, weighted: false, newton: true)
  }
  @inline(never)
  func addWeighted(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, _ isFirst: Bool
  ) {
    add(to: sums, curve, isFirst, weighted: true, newton: false)
  }
  @inline(never)
  func addWeightedForNewton(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, _ isFirst: Bool
  ) {
    add(to: sums, curve, isFirst, weighted: true, newton: true)
  }

  @inline(__always)
  func add(
    to sums: UnsafeMutablePointer<LogisticSums<L>>, _ curve: LogisticCurve<L>, _ isFirst: Bool,
    weighted: Bool, newton: Bool
  ) {
    var (first, isFirst) = (0, isFirst)
    while first < samples.count {
      let end = min(first &+ Self.chunk, samples.count)
      addErrors(first, end, to: sums, curve, isFirst, weighted: weighted, newton: newton)
      addSlopes(first, end, to: sums, isFirst, weighted: weighted, newton: newton)
      (first, isFirst) = (end, false)
    }
  }

  /// The first loop: everything without x.
  @inline(__always)
  func addErrors(
    _ first: Int, _ end: Int, to sums: UnsafeMutablePointer<LogisticSums<L>>,
    _ curve: LogisticCurve<L>,
    _ isFirst: Bool, weighted: Bool, newton: Bool
  ) {
    let zero = L(repeating: 0)
    var (sumA, sumAA) = isFirst ? (zero, zero) : (sums.pointee.a, sums.pointee.aa)
    var (sumR, sumRA, sumRR) =
      isFirst ? (zero, zero, zero) : (sums.pointee.r, sums.pointee.ra, sums.pointee.rr)
    var place = scratch
    for t in first..<end {
      let (value, rest) = PolynomialSigmoid.bothSides(
        curve.b1.adding(curve.w1, times: samples.x(t)))
      let y = samples.y(t)
      var a = value - curve.c
      var r = (y - curve.v).subtracting(curve.w2, times: a)
      var s = value * rest
      if weighted {
        let weight = samples.weight(t)
        let weightedA = weight * a
        let weightedR = weight * r
        sumA = sumA + weightedA
        sumAA = sumAA.adding(weightedA, times: a)
        sumR = sumR + weightedR
        sumRA = sumRA.adding(weightedR, times: a)
        sumRR = sumRR.adding(weightedR, times: r)
        (weight * s).store(place + 4 &* L.width)
        r = weightedR
      } else {
        let present = y .== y
        a = present.keep(a)
        r = present.keep(r)
        s = present.keep(s)
        sumA = sumA + a
        sumAA = sumAA.adding(a, times: a)
        sumR = sumR + r
        sumRA = sumRA.adding(r, times: a)
        sumRR = sumRR.adding(r, times: r)
      }
      a.store(place)
      s.store(place + L.width)
      r.store(place + 2 &* L.width)
      if newton { (rest - value).store(place + 3 &* L.width) }
      place += Self.values &* L.width
    }
    (sums.pointee.a, sums.pointee.aa) = (sumA, sumAA)
    (sums.pointee.r, sums.pointee.ra, sums.pointee.rr) = (sumR, sumRA, sumRR)
  }

  /// The second loop: what has s as a factor.
  @inline(__always)
  func addSlopes(
    _ first: Int, _ end: Int, to sums: UnsafeMutablePointer<LogisticSums<L>>, _ isFirst: Bool,
    weighted: Bool, newton: Bool
  ) {
    var sum = isFirst ? LogisticSums() : sums.pointee
    var place = UnsafePointer(scratch)
    for t in first..<end {
      let a = L.load(place)
      let s = L.load(place + L.width)
      let r = L.load(place + 2 &* L.width)
      let x = samples.x(t)
      let weightedS = weighted ? L.load(place + 4 &* L.width) : s
      let weightedSX = weightedS * x
      let rs = r * s
      sum.rs = sum.rs + rs
      sum.rsx = sum.rsx.adding(rs, times: x)
      sum.s = sum.s + weightedS
      sum.sa = sum.sa.adding(weightedS, times: a)
      sum.sx = sum.sx + weightedSX
      sum.sxa = sum.sxa.adding(weightedSX, times: a)
      sum.ss = sum.ss.adding(weightedS, times: s)
      sum.ssx = sum.ssx.adding(weightedSX, times: s)
      sum.ssxx = sum.ssxx.adding(weightedSX, times: weighted ? s * x : weightedSX)
      if newton {
        let k = rs * L.load(place + 3 &* L.width)
        let kx = k * x
        sum.k = sum.k + k
        sum.kx = sum.kx + kx
        sum.kxx = sum.kxx.adding(kx, times: x)
      }
      place += Self.values &* L.width
    }
    sums.pointee.s = sum.s
    sums.pointee.sa = sum.sa
    sums.pointee.sx = sum.sx
    sums.pointee.sxa = sum.sxa
    sums.pointee.ss = sum.ss
    sums.pointee.ssx = sum.ssx
    sums.pointee.ssxx = sum.ssxx
    sums.pointee.rs = sum.rs
    sums.pointee.rsx = sum.rsx
    if newton {
      sums.pointee.k = sum.k
      sums.pointee.kx = sum.kx
      sums.pointee.kxx = sum.kxx
    }
  }
}

extension PolynomialSigmoid {
  /// a = σ(z) and 1 − a, neither of which loses digits where the other is near 1: so their product (5)
  /// is as good on both sides.
  @inline(__always)
  static func bothSides<L: Lanes>(_ z: L) -> (a: L, rest: L) {
    let e = exponential(z)
    let A = e.evenPart
    let numerator = A + e.r
    let other = e.s * (A - e.r)
    let reciprocal = L(repeating: 1) / (numerator + other)
    return (numerator * reciprocal, other * reciprocal)
  }
}
