import SinglePathShims

extension Evaluation {
  @inline(__always)
  func examine() {
    let sums = workspace.sums
    for s in 0..<workspace.sumCount { fill(sums[s], with: 0) }
    if output.path.depth == 1 { fill(sums[Int(SP_EXAMINED_SLOPE)], with: 1) }
    for t in 0..<frames {
      let frame = samples.frame(t)
      forEachChunk(frame.x) { x, parameters, start, vectors in
        let chunk = frame.advanced(by: start)
        let y = samples.presentTargets(chunk, from: start, vectors: vectors)
        let sums = sums.advanced(by: start)
        addCosts(chunk, y, parameters, to: sums[Int(SP_EXAMINED_COST)], vectors: vectors)
        count(chunk, y, sums, vectors: vectors)
        GradientFlow<Code, Bias>(
          chunk: Chunk(
            x: x, y: y, weights: output.isOfDerivation ? chunk.weights : nil, rates: ones,
            signals: call.pointee.wants_gradient == 0 || output.isOfDerivation
              ? nil : output.errorSignals(chunk, y, parameters, vectors: vectors),
            parameters: parameters, activations: workspace.activations, vectors: vectors),
          depth: output.path.depth, wantsSizes: call.pointee.wants_gradient != 0, sums: sums
        ).run(hidden)
      }
    }
    for s in 0..<Int(SP_EXAMINED_ROWS) { write(s) }
    if call.pointee.wants_gradient != 0 { writeMeanSizes() }
  }

  /// A rate of 1.
  @inline(__always)
  var ones: Row { block.shared(1, scratch: workspace.constant) }

  /// Counts the samples that are not missing, and checks that they are finite.
  @inline(__always)
  func count(_ chunk: SampleFrame, _ targets: Row, _ sums: Planes, vectors: Int) {
    let samples = sums[Int(SP_EXAMINED_SAMPLES)]
    let checks = sums[Int(SP_EXAMINED_INPUT)]
    for v in 0..<vectors {
      let y: L = targets.load(v)
      let number: L = samples.load(v)
      samples.store((number + L(repeating: 1)).wherePresent(y, otherwise: number), v)
      let check: L = checks.load(v)
      var checked = check.accumulatingNonFinite(chunk.x.load(v)).accumulatingNonFinite(y)
      if let weights = chunk.weights { checked = checked.accumulatingNonFinite(weights.load(v)) }
      checks.store(checked.canonicalizingNaN.wherePresent(y, otherwise: check), v)
    }
  }

  /// Divides the sums of sizes by the number of samples; NaN if there are none.
  @inline(__always)
  func writeMeanSizes() {
    let samples = workspace.sums[Int(SP_EXAMINED_SAMPLES)]
    for p in 0..<workspace.parameterCount {
      let row = Int(SP_EXAMINED_ROWS) &+ p
      let sums = workspace.sums[row]
      for v in 0..<block.vectors { sums.store((sums.load(v) as L) / samples.load(v), v) }
      write(row)
    }
  }

  @inline(__always)
  func fill(_ row: Row, with value: Float) {
    for v in 0..<block.vectors { row.store(L(repeating: value), v) }
  }

  /// Copies a row of sums to the host, with canonical NaNs.
  @inline(__always)
  func write(_ row: Int) {
    let host = call.pointee.outputs + row &* call.pointee.output_stride
    let result = Row(block.output(host, scratch: workspace.outputs), step: L.width)
    for v in 0..<block.vectors {
      result.store((workspace.sums[row].load(v) as L).canonicalizingNaN, v)
    }
    block.finish(host, scratch: workspace.outputs)
  }
}

/// How well the gradient of a chunk's samples passes the hidden units, and how large it is.
struct GradientFlow<Code: InstructionSetTarget, Bias: BiasKind>: ActivationTask {
  typealias L = Code.Vector

  let chunk: Chunk
  let depth: Int
  let wantsSizes: Bool
  let sums: Planes

  @inline(never)
  func run<Unit: ActivationFunction>(_: Unit.Type) {
    raiseSmallestSlopes(Unit.self)
    if wantsSizes {
      _ = Path<L, Unit, Bias, AnyDepth>(depth: depth).backwardPass(
        chunk, to: GradientSizeSink(to: sums, first: Int(SP_EXAMINED_ROWS)))
    }
  }

  /// max over the samples of (min over the hidden units of f′).
  @inline(__always)
  func raiseSmallestSlopes<Unit: ActivationFunction>(_: Unit.Type) {
    let largest = sums[Int(SP_EXAMINED_SLOPE)]
    for v in 0..<chunk.vectors {
      var smallest = L(repeating: 1)
      for l in 1..<depth {
        smallest = smallest.atMost(Unit.slope(at: chunk.activations[l &- 1].load(v)) as L)
      }
      let old: L = largest.load(v)
      let new = old.atLeast(smallest)
      largest.store(new.wherePresent(chunk.y.load(v), otherwise: old), v)
    }
  }
}
