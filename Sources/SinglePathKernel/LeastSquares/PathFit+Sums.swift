import SinglePathShims

// One pass over the samples: the normal equations at the trial.
extension PathFit {
  @_alwaysEmitIntoClient @inline(never)
  func sum() {
    workspace.sums.clear()
    forEachChunk { place, vectors in
      let y = Row(place + L.width, step: samples.stride)
      weigh(place, y, vectors: vectors)
      JacobianRows<Code>(
        chunk: Chunk(
          x: Row(place, step: samples.stride), y: y, rates: Row(workspace.ones, step: 0),
          signals: workspace.signals, parameters: planes(workspace.trial),
          activations: workspace.activations, vectors: vectors),
        sink: JacobianSink(
          to: workspace.jacobian, depth: depth, centres: workspace.trialCentres, frozen: frozen),
        depth: depth
      ).run(hidden)
      addProducts(vectors: vectors)
    }
  }

  /// Hands over chunk after chunk of the samples, with the activations at the trial made.
  @_alwaysEmitIntoClient @inline(__always)
  func forEachChunk(_ body: (_ place: UnsafeMutablePointer<Float>, _ vectors: Int) -> Void) {
    samples.forEachPanel(workspace.scale) { panel, count, _ in
      var first = 0
      while first < count {
        let place = panel + first &* samples.stride
        let vectors = min(workspace.chunkSamples, count &- first)
        activate(place, vectors: vectors)
        body(place, vectors)
        first &+= vectors
      }
    }
  }

  @_alwaysEmitIntoClient @inline(never)
  func activate(_ place: UnsafeMutablePointer<Float>, vectors: Int) {
    Forward<Code, L, Biased>(
      depth: depth, byTable: Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE,
      x: Row(place, step: samples.stride), parameters: planes(workspace.trial),
      activations: workspace.activations, vectors: vectors
    ).run(hidden)
  }

  /// a⁽ᴸ⁾ of a chunk.
  @_alwaysEmitIntoClient @inline(__always)
  func lastActivation(_ place: UnsafeMutablePointer<Float>) -> Row {
    depth == 1 ? Row(place, step: samples.stride) : workspace.activations[depth &- 2]
  }

  /// The rows of w e and w c, and with which signal the Jacobian begins; adds Σ w J and Σ w c.
  @_alwaysEmitIntoClient @inline(never)
  func weigh(_ place: UnsafeMutablePointer<Float>, _ y: Row, vectors: Int) {
    let a = lastActivation(place)
    let (weight, bias) = (workspace.trial[depth &- 1], workspace.trial[2 &* depth &- 1])
    let (z, predictions, slopes) = (workspace.errors, workspace.curvatures, workspace.slopes)
    if isProjected {
      // (14): δ⁽ᴸ⁺¹⁾ = ŷ − y.
      for v in 0..<vectors {
        let error = L.fusedMultiplyAdd(weight, a.load(v), bias) - y.load(v)
        add(
          CostTerms(
            cost: L(repeating: 0.5) * error * error, signal: error, curvature: L(repeating: 1)),
          place + v &* samples.stride, v)
      }
      return
    }
    for v in 0..<vectors {
      z.store(L.fusedMultiplyAdd(weight, a.load(v), bias), v)
      slopes.store(L(repeating: 1), v)
    }
    Activating<Code, L>(
      z: z, result: predictions, byTable: Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE,
      vectors: vectors
    ).run(output)
    if output != .identity {
      MultiplyingBySlope<Code, L>(a: predictions, result: slopes, vectors: vectors).run(output)
    }
    let threshold = L(repeating: cost.threshold) * workspace.scale.pointee.inverseY
    cost.forEachTerms(
      vectors, threshold: threshold,
      of: { v in
        (z: z.load(v), prediction: predictions.load(v), slope: slopes.load(v), target: y.load(v))
      }
    ) { terms, v in add(terms, place + v &* samples.stride, v) }
  }

  @_alwaysEmitIntoClient @inline(__always)
  func add(_ terms: CostTerms<L>, _ sample: UnsafeMutablePointer<Float>, _ v: Int) {
    let (_, _, weight) = samples.sample(0, of: sample)
    let sums = workspace.sums
    if samples.isWeighted {
      sums.cost.pointee = sums.cost.pointee.adding(weight, times: terms.cost)
      let curvature = weight * terms.curvature
      sums.curvature.pointee = sums.curvature.pointee + curvature
      workspace.errors.store(weight * terms.signal, v)
      workspace.curvatures.store(curvature, v)
      workspace.signals.store(L(repeating: 1), v)
    } else {
      let present = samples.isPresent(0, of: sample)
      sums.cost.pointee = sums.cost.pointee + present.keep(terms.cost)
      let curvature = present.keep(terms.curvature)
      sums.curvature.pointee = sums.curvature.pointee + curvature
      workspace.errors.store(present.keep(terms.signal), v)
      workspace.curvatures.store(curvature, v)
      workspace.signals.store(weight, v)
    }
  }

  /// Adds the products of a chunk's rows to H and g, two rows by two columns at a time.
  @_alwaysEmitIntoClient @inline(never)
  func addProducts(vectors: Int) {
    let (sums, count) = (workspace.sums, workspace.freeCount)
    let last = count &- 1
    func row(_ i: Int) -> Row { workspace.jacobian[Int(workspace.free[min(i, last)])] }
    let (errors, curvatures) = (workspace.errors, workspace.curvatures)
    var i = 0
    while i < count {
      let (row0, row1) = (row(i), row(i &+ 1))
      let next = min(i &+ 1, last)
      var (g0, g1) = (sums.gradient[i], sums.gradient[next])
      for v in 0..<vectors {
        let error: L = errors.load(v)
        g0 = g0.adding(error, times: row0.load(v))
        g1 = g1.adding(error, times: row1.load(v))
      }
      sums.gradient[next] = g1
      sums.gradient[i] = g0
      var k = 0
      while k <= i {
        let (column0, column1) = (row(k), row(k &+ 1))
        var h00 = sums[i, k]
        var h01 = sums.entry(i, k &+ 1 > last ? k : k &+ 1)
        var h10 = sums[next, k]
        var h11 = sums.entry(next, k &+ 1 > last ? k : k &+ 1)
        for v in 0..<vectors {
          let curvature: L = curvatures.load(v)
          let j0 = curvature * row0.load(v)
          let j1 = curvature * row1.load(v)
          let (column0, column1) = (column0.load(v) as L, column1.load(v) as L)
          h00 = h00.adding(j0, times: column0)
          h01 = h01.adding(j0, times: column1)
          h10 = h10.adding(j1, times: column0)
          h11 = h11.adding(j1, times: column1)
        }
        if i < last {
          sums[next, k] = h10
          sums[next, k &+ 1] = h11
        }
        if k < i { sums[i, k &+ 1] = h01 }
        sums[i, k] = h00
        k &+= 2
      }
      i &+= 2
    }
  }
}

/// The backward pass of a chunk, with any hidden unit.
@usableFromInline
struct JacobianRows<Code: InstructionSetTarget>: ActivationTask {
  @usableFromInline let chunk: Chunk
  @usableFromInline let sink: JacobianSink<Code.Narrow>
  @usableFromInline let depth: Int

  @_alwaysEmitIntoClient @inline(__always)
  init(chunk: Chunk, sink: JacobianSink<Code.Narrow>, depth: Int) {
    self.chunk = chunk
    self.sink = sink
    self.depth = depth
  }

  @_alwaysEmitIntoClient @inline(never)
  func run<Unit: ActivationFunction>(_: Unit.Type) {
    _ = Path<Code.Narrow, Unit, Biased, AnyDepth>(depth: depth).backwardPass(chunk, to: sink)
  }
}

/// J of a sample, ∂J/∂z⁽ᴸ⁺¹⁾ (13), and the curvature ∂²J/∂ŷ² g′(z)², which is at least 0.
@usableFromInline
struct CostTerms<L: Lanes> {
  @usableFromInline let cost: L
  @usableFromInline let signal: L
  @usableFromInline let curvature: L

  @_alwaysEmitIntoClient @inline(__always)
  init(cost: L, signal: L, curvature: L) {
    self.cost = cost
    self.signal = signal
    self.curvature = curvature
  }
}

extension Cost {
  /// The terms of each sample of a chunk.
  ///
  /// - Parameters:
  ///   - threshold: κ of Huber's cost, in the units of the targets.
  ///   - sample: z, ŷ = g(z), g′(z) and y.
  @_alwaysEmitIntoClient @inline(__always)
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
