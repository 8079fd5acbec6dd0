import SinglePathShims

/// The cost of a sample, chosen when the code runs.
struct Cost {
  let code: Int
  /// κ of Huber's cost.
  let threshold: Float
  /// Whether the output is the sigmoid and the cost its cross-entropy (the canonical link): then J is
  /// computed from z, and (13) is ŷ − y.
  let hasCanonicalLink: Bool

  @inline(__always)
  init(of call: UnsafePointer<sp_call>) {
    code = Int(call.pointee.cost)
    threshold = call.pointee.threshold
    hasCanonicalLink =
      code == SP_COST_CROSS_ENTROPY && Int(call.pointee.output) == SP_OUTPUT_SIGMOID
  }

  @inline(__always)
  var isSquaredError: Bool { code == SP_COST_SQUARED_ERROR }

  /// Whether J is a function of the error ŷ − y alone.
  @inline(__always)
  var dependsOnErrorOnly: Bool { code != SP_COST_CROSS_ENTROPY }

  /// Where the cross-entropy of an output other than the sigmoid leaves its formula: below this and
  /// above 1 minus this it goes on as a straight line, since such an output may leave 0…1.
  @inline(__always)
  static var margin: Float { 0x1p-10 }

  /// −∂J/∂ŷ of an error y − ŷ, for costs of the error alone.
  @inline(__always)
  func clipped<L: Lanes>(_ error: L) -> L {
    code == SP_COST_HUBER ? error.atMost(threshold).atLeast(-threshold) : error
  }

  /// −∂J/∂ŷ of each prediction ŷ of a row; with the canonical link, −∂J/∂z.
  @inline(__always)
  func errors<L: Lanes>(
    _: L.Type, predictions: Row, targets: Row, to errors: Row, vectors: Int
  ) {
    if code == SP_COST_CROSS_ENTROPY && !hasCanonicalLink {
      for v in 0..<vectors {
        let p = Self.clampedToMargin(predictions.load(v) as L)
        errors.store((targets.load(v) - p) / (p * (L(repeating: 1) - p)), v)
      }
      return
    }
    for v in 0..<vectors {
      errors.store(clipped((targets.load(v) as L) - predictions.load(v)), v)
    }
  }

  /// Adds J of each sample of a row, times its weight, to a sum.
  ///
  /// - Parameter output: z⁽ᴸ⁺¹⁾ and ŷ of vector v.
  @inline(__always)
  func add<L: Lanes>(
    targets: Row, weights: Row?, to sums: Row, vectors: Int,
    output: (_ v: Int) -> (z: L, prediction: L)
  ) {
    @inline(__always)
    func each(_ added: (_ v: Int, _ y: L, _ weight: L, _ sum: L) -> L) {
      Self.addEach(targets: targets, weights: weights, to: sums, vectors: vectors, added)
    }
    if hasCanonicalLink {
      each { v, y, weight, sum in
        L.fusedMultiplyAdd(weight, Self.crossEntropy(ofSigmoidAt: output(v).z, y), sum)
      }
    } else if code == SP_COST_CROSS_ENTROPY {
      each { v, y, weight, sum in
        L.fusedMultiplyAdd(weight, Self.crossEntropy(output(v).prediction, y), sum)
      }
    } else if code == SP_COST_HUBER {
      each { v, y, weight, sum in
        // c is the error where that is small: c (error − ½ c) is ½ error², else κ (|error| − ½ κ).
        let error = output(v).prediction - y
        let c = error.atMost(threshold).atLeast(-threshold)
        let rest = L.fusedMultiplyAdd(L(repeating: -0.5), c, error)
        return L.fusedMultiplyAdd(weight * c, rest, sum)
      }
    } else {
      Self.addSquares(targets: targets, weights: weights, to: sums, vectors: vectors) { v in
        output(v).prediction
      }
    }
  }

  /// Adds (7), J = ½ (ŷ − y)², of each sample of a row, times its weight, to a sum.
  @inline(__always)
  static func addSquares<L: Lanes>(
    targets: Row, weights: Row?, to sums: Row, vectors: Int, prediction: (_ v: Int) -> L
  ) {
    addEach(targets: targets, weights: weights, to: sums, vectors: vectors) {
      v, y, weight, sum in
      let error = prediction(v) - y
      return L.fusedMultiplyAdd(weight * (L(repeating: 0.5) * error), error, sum)
    }
  }

  /// Replaces each sum of a row by what `added` makes of it, unless the sample is missing.
  @inline(__always)
  static func addEach<L: Lanes>(
    targets: Row, weights: Row?, to sums: Row, vectors: Int,
    _ added: (_ v: Int, _ y: L, _ weight: L, _ sum: L) -> L
  ) {
    for v in 0..<vectors {
      let y: L = targets.load(v)
      let sum: L = sums.load(v)
      let new = added(v, y, weights?.load(v) ?? L(repeating: 1), sum)
      sums.store(new.canonicalizingNaN.wherePresent(y, otherwise: sum), v)
    }
  }

  /// −y ln σ(z) − (1 − y) ln(1 − σ(z)), as |z| (1 − y or y) + ln(1 + e^−|z|): nothing overflows and
  /// nothing cancels.
  @inline(__always)
  static func crossEntropy<L: Lanes>(ofSigmoidAt z: L, _ y: L) -> L {
    let part = (L(repeating: 1) - y).wherePositive(z, otherwise: y)
    let size = z.magnitude.atMost(.greatestFiniteMagnitude)
    return L.fusedMultiplyAdd(size, part, Softplus.log1pExpNegativeMagnitude(z))
  }

  /// −y ln ŷ − (1 − y) ln(1 − ŷ), and its tangents beyond the margins.
  @inline(__always)
  static func crossEntropy<L: Lanes>(_ ŷ: L, _ y: L) -> L {
    let p = clampedToMargin(ŷ)
    let q = L(repeating: 1) - p
    let other = (y - L(repeating: 1)) * Logarithm.value(q)
    let inside = L.fusedMultiplyAdd(-y, Logarithm.value(p), other)
    return L.fusedMultiplyAdd((p - y) / (p * q), ŷ - p, inside)
  }

  @inline(__always)
  static func clampedToMargin<L: Lanes>(_ ŷ: L) -> L { ŷ.atLeast(margin).atMost(1 - margin) }
}

/// J of a sample, ∂J/∂z⁽ᴸ⁺¹⁾ (13), and the curvature ∂²J/∂ŷ² g′(z)², which is at least 0.
struct CostTerms<L: Lanes> {
  let cost: L
  let signal: L
  let curvature: L
}

extension Cost {
  /// The terms of each sample of a chunk.
  ///
  /// - Parameters:
  ///   - threshold: κ of Huber's cost, in the units of the targets.
  ///   - sample: z, ŷ = g(z), g′(z) and y.
  @inline(__always)
  func forEachTerms<L: Lanes>(
    _ vectors: Int, threshold: L,
    of sample: (_ v: Int) -> (z: L, prediction: L, slope: L, target: L),
    _ body: (_ terms: CostTerms<L>, _ v: Int) -> Void
  ) {
    let half = L(repeating: 0.5)
    @inline(__always)
    func each(_ terms: ((z: L, prediction: L, slope: L, target: L)) -> CostTerms<L>) {
      for v in 0..<vectors { body(terms(sample(v)), v) }
    }
    if hasCanonicalLink {
      each { z, ŷ, slope, y in
        CostTerms(
          cost: Self.crossEntropy(ofSigmoidAt: z, y), signal: ŷ - y, curvature: slope)
      }
    } else if !dependsOnErrorOnly {
      each { _, ŷ, slope, y in
        let p = Self.clampedToMargin(ŷ)
        let q = L(repeating: 1) - p
        let curvature = (y / (p * p)).adding(L(repeating: 1) - y, times: L(repeating: 1) / (q * q))
        return CostTerms(
          cost: Self.crossEntropy(ŷ, y), signal: (p - y) / (p * q) * slope,
          curvature: (ŷ .== p).keep(curvature) * (slope * slope))
      }
    } else if isSquaredError {
      each { _, ŷ, slope, y in
        let error = ŷ - y
        return CostTerms(
          cost: half * error * error, signal: error * slope, curvature: slope * slope)
      }
    } else {
      each { _, ŷ, slope, y in
        let error = ŷ - y
        let held = error.atMost(threshold).atLeast(-threshold)
        return CostTerms(
          cost: held * error.subtracting(half, times: held), signal: held * slope,
          curvature: (held .== error).keep(slope * slope))
      }
    }
  }
}
