import SinglePathShims

// (F2) for a chain: one pass over the samples, the normal equations at the trial.
extension ChainModel {
  @inline(never)
  func sumTrial() {
    sums.clear()
    forEachChunk { place, vectors in
      let y = Row(place + L.width, step: samples.stride)
      evaluateCostTerms(place, y, vectors: vectors)
      JacobianRows(model: self, x: Row(place, step: samples.stride), y: y, vectors: vectors)
        .run(hidden)
      if hasUnitCurvature {
        addProducts(vectors: vectors, scaled: false)
      } else {
        addProducts(vectors: vectors, scaled: true)
      }
    }
  }

  /// Whether w c of every sample is 1, or its row of the Jacobian 0.
  @inline(__always)
  var hasUnitCurvature: Bool { isProjected && !samples.isWeighted }

  /// Passes on chunk after chunk of the samples, with the activations at the trial made.
  @inline(__always)
  func forEachChunk(_ body: (_ place: UnsafeMutablePointer<Float>, _ vectors: Int) -> Void) {
    samples.forEach(scale) { panel, count, _ in
      var first = 0
      while first < count {
        let place = panel + first &* samples.stride
        let vectors = min(ChainChunk<L>.samples(depth), count &- first)
        activate(place, vectors: vectors)
        body(place, vectors)
        first &+= vectors
      }
    }
  }

  @inline(never)
  func activate(_ place: UnsafeMutablePointer<Float>, vectors: Int) {
    Forward<Code, L, Biased>(
      depth: depth, byTable: Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE,
      x: Row(place, step: samples.stride), parameters: trialPlanes,
      activations: chunk.activations, vectors: vectors
    ).run(hidden)
  }

  /// a⁽ᴸ⁾ of a chunk.
  @inline(__always)
  func lastActivation(_ place: UnsafeMutablePointer<Float>) -> Row {
    depth == 1 ? Row(place, step: samples.stride) : chunk.activations[depth &- 2]
  }

  /// The rows of w e and w c, and with which signal the Jacobian begins. Adds to Σ w J and Σ w c.
  @inline(never)
  func evaluateCostTerms(_ place: UnsafeMutablePointer<Float>, _ y: Row, vectors: Int) {
    let a = lastActivation(place)
    let (weight, bias) = (trial[lastWeight], trial[lastBias])
    let (z, predictions, slopes) = (chunk.errors, chunk.curvatures, chunk.slopes)
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
    let threshold = L(repeating: cost.threshold) * scale.pointee.inverseY
    cost.forEachTerms(
      vectors, threshold: threshold,
      of: { v in
        (z: z.load(v), prediction: predictions.load(v), slope: slopes.load(v), target: y.load(v))
      }
    ) { terms, v in add(terms, place + v &* samples.stride, v) }
  }

  @inline(__always)
  func add(_ terms: CostTerms<L>, _ sample: UnsafeMutablePointer<Float>, _ v: Int) {
    let (_, _, weight) = samples.sample(0, of: sample)
    if samples.isWeighted {
      sums.cost.pointee = sums.cost.pointee.adding(weight, times: terms.cost)
      let curvature = weight * terms.curvature
      sums.curvature.pointee = sums.curvature.pointee + curvature
      chunk.errors.store(weight * terms.signal, v)
      chunk.curvatures.store(curvature, v)
      chunk.signals.store(L(repeating: 1), v)
    } else {
      let present = samples.isPresent(0, of: sample)
      sums.cost.pointee = sums.cost.pointee + present.keep(terms.cost)
      let curvature = present.keep(terms.curvature)
      sums.curvature.pointee = sums.curvature.pointee + curvature
      chunk.errors.store(present.keep(terms.signal), v)
      chunk.curvatures.store(curvature, v)
      chunk.signals.store(weight, v)
    }
  }

  /// Adds the products of a chunk's rows to H and g, two rows by two columns at a time.
  @inline(__always)
  func addProducts(vectors: Int, scaled: Bool) {
    let (sums, count) = (self.sums, freeCount)
    let step = chunk.jacobian.step
    let end = vectors &* step
    let (errors, curvatures) = (chunk.errors.first, chunk.curvatures.first)
    var i = 0
    while i < count {
      // Of an odd number of rows the last stands for two.
      let next = min(i &+ 1, count &- 1)
      let (row0, row1) = (row(i), row(next))
      var (g0, g1) = (sums.gradient[i], sums.gradient[next])
      var at = 0
      while at != end {
        let error = L.load(errors + at)
        g0 = g0.adding(error, times: L.load(row0 + at))
        g1 = g1.adding(error, times: L.load(row1 + at))
        at &+= step
      }
      sums.gradient[next] = g1
      sums.gradient[i] = g0
      var k = 0
      while k <= i {
        let following = min(k &+ 1, count &- 1)
        let (column0, column1) = (row(k), row(following))
        var (h00, h01) = (sums[i, k], sums.entry(i, following))
        var (h10, h11) = (sums[next, k], sums.entry(next, following))
        at = 0
        while at != end {
          var (j0, j1) = (L.load(row0 + at), L.load(row1 + at))
          if scaled {
            let curvature = L.load(curvatures + at)
            j0 = curvature * j0
            j1 = curvature * j1
          }
          let (a, b) = (L.load(column0 + at), L.load(column1 + at))
          h00 = h00.adding(j0, times: a)
          h01 = h01.adding(j0, times: b)
          h10 = h10.adding(j1, times: a)
          h11 = h11.adding(j1, times: b)
          at &+= step
        }
        if i < next {
          sums[next, k] = h10
          sums[next, following] = h11
        }
        if k < i { sums[i, following] = h01 }
        sums[i, k] = h00
        k &+= 2
      }
      i &+= 2
    }
  }

  /// The derivatives of a chunk by a free parameter.
  @inline(__always)
  func row(_ place: Int) -> UnsafeMutablePointer<Float> {
    chunk.jacobian[Int(free[place])].first
  }

  @inline(__always)
  var trialPlanes: Planes { Planes(trial.floats, planeStride: L.width, step: 0) }
}

/// The backward pass of a chunk, with any hidden unit.
struct JacobianRows<Code: InstructionSetTarget>: ActivationTask {
  typealias L = Code.Single

  let model: ChainModel<Code>
  let x: Row
  let y: Row
  let vectors: Int

  @inline(never)
  func run<Unit: ActivationFunction>(_: Unit.Type) {
    // Sigmoids at the depth of the derivation have code of their own, more than twice as fast.
    if Unit.hasTable && model.depth == 3 && model.frozen == nil {
      add(Path<L, Unit, Biased, ConstantDepth<3>>(depth: 3), frozen: nil)
    } else {
      add(Path<L, Unit, Biased, AnyDepth>(depth: model.depth), frozen: model.frozen)
    }
  }

  @inline(__always)
  func add<Unit: ActivationFunction, Depth: DepthKind>(
    _ path: Path<L, Unit, Biased, Depth>, frozen: UnsafePointer<UInt16>?
  ) {
    let rows = model.chunk
    let ones = address(of: &model.memory.pointee.ones).floats
    let chunk = Chunk(
      x: x, y: y, rates: Row(ones, step: 0), signals: rows.signals,
      parameters: model.trialPlanes, activations: rows.activations, vectors: vectors)
    let sink = JacobianSink<L>(
      to: rows.jacobian, depth: path.depth, centres: model.trialCentres, frozen: frozen)
    _ = path.backwardPass(chunk, to: sink)
  }
}
