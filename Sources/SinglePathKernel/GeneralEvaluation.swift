import SinglePathShims

/// Prediction, cost and examination of every shape on every kind of sample, with the host's parameters
/// read in place.
@usableFromInline
struct GeneralEvaluation<Code: MachineCode> {
  @usableFromInline typealias L = Code.Vector

  @usableFromInline let source: UnsafePointer<sp_call>
  @usableFromInline let scratch: GeneralWorkspace<L>
  @usableFromInline let path: GeneralPath<Code>

  /// Read where it lies: the struct is large, and a small call has no time to copy it.
  @inlinable @inline(__always)
  var call: sp_call { source.pointee }

  @inlinable @inline(__always)
  init(_ source: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) {
    self.source = source
    scratch = GeneralWorkspace(memory, of: source.pointee)
    path = GeneralPath(source.pointee, scratch)
  }

  @inlinable @inline(__always)
  func run(_ block: Block<L>) {
    let parameters = block.planes(
      call.parameters, planeStride: call.parameter_stride, count: scratch.parameterCount,
      copy: scratch.hostPlanes)
    let samples = GeneralSamples<Code>(call, block, scratch)
    switch Int(call.operation) {
    case SP_PREDICT: predict(block, samples, parameters)
    case SP_COST: sumCosts(block, samples, parameters)
    default: examine(block, samples, parameters)
    }
  }

  /// ŷ of every path of a block for every frame.
  @inlinable @inline(__always)
  func predict(_ block: Block<L>, _ samples: GeneralSamples<Code>, _ parameters: Planes) {
    for t in 0..<Int(call.frames) {
      let x = samples.inputs(t)
      path.forward(x, parameters, block.vectors)
      path.predict(x, parameters, block.vectors)
      write(scratch.predictions, to: call.outputs + t &* call.output_stride, of: block)
    }
  }

  /// The weighted sum of J over the frames, of every path of a block, in the frames' order.
  @inlinable @inline(__always)
  func sumCosts(_ block: Block<L>, _ samples: GeneralSamples<Code>, _ parameters: Planes) {
    // The row of slopes has no other use here.
    let sums = scratch.slopes
    fill(sums, with: 0, block)
    for t in 0..<Int(call.frames) {
      let frame = samples.frame(t)
      path.forward(frame.x, parameters, block.vectors)
      path.addCosts(frame, parameters, to: sums, block.vectors)
    }
    write(sums, to: call.outputs, of: block)
  }

  /// The rows of SP_EXAMINED_* and the mean size of each parameter's gradient.
  @inlinable @inline(__always)
  func examine(_ block: Block<L>, _ samples: GeneralSamples<Code>, _ parameters: Planes) {
    for s in 0..<scratch.sumCount { fill(scratch.sums[s], with: 0, block) }
    if path.depth == 1 { fill(scratch.sums[Int(SP_EXAMINED_SLOPE)], with: 1, block) }
    for t in 0..<Int(call.frames) {
      let frame = samples.frame(t)
      path.forward(frame.x, parameters, block.vectors)
      path.addCosts(frame, parameters, to: scratch.sums[Int(SP_EXAMINED_COST)], block.vectors)
      count(frame, block)
      takeSlopes(frame.y, block)
      if call.wants_gradient != 0 { addGradients(frame, parameters, block) }
    }
    for s in 0..<Int(SP_EXAMINED_ROWS) {
      write(scratch.sums[s], to: call.outputs + s &* call.output_stride, of: block)
    }
    if call.wants_gradient != 0 { writeGradients(block) }
  }

  /// Counts the samples that are not missing, and checks that they are finite.
  @inlinable @inline(__always)
  func count(_ frame: GeneralFrame, _ block: Block<L>) {
    let samples = scratch.sums[Int(SP_EXAMINED_SAMPLES)]
    let checks = scratch.sums[Int(SP_EXAMINED_INPUT)]
    let weights = frame.weights ?? scratch.ones
    for v in 0..<block.vectors {
      let y: L = frame.y.load(v)
      let number: L = samples.load(v)
      samples.store((number + L(repeating: 1)).wherePresent(y, otherwise: number), v)
      let check: L = checks.load(v)
      let checked = check.checkingFinite(frame.x.load(v)).checkingFinite(y)
        .checkingFinite(weights.load(v))
      checks.store(checked.withOneNaN.wherePresent(y, otherwise: check), v)
    }
  }

  /// The smallest slope of each sample's hidden units, and the largest of them over the samples.
  @inlinable @inline(__always)
  func takeSlopes(_ y: Row, _ block: Block<L>) {
    fill(scratch.smallestSlopes, with: 1, block)
    for l in 1..<path.depth {
      path.takeSlopes(layer: l &+ 1, block.vectors)
      lower(block)
    }
    raise(y, block)
  }

  /// Adds |∂J/∂p| of a frame for every parameter.
  @inlinable @inline(__always)
  func addGradients(_ frame: GeneralFrame, _ parameters: Planes, _ block: Block<L>) {
    path.outputSignal(frame, parameters, to: scratch.signal(path.depth &+ 1), block.vectors)
    for k in 0..<path.depth {
      let l = path.depth &- k
      let signal = scratch.signal(l &+ 1)
      addSize(frame.y, signal, path.activation(l, frame.x), to: l &- 1, block)
      if path.isBiased {
        addSize(frame.y, signal, scratch.ones, to: path.depth &+ l &- 1, block)
      }
      if l > 1 {
        path.propagate(layer: l, signal, parameters, to: scratch.signal(l), block.vectors)
      }
    }
  }

  /// Adds |∂J/∂p| of a sample.
  @inlinable @inline(__always)
  func addSize(_ y: Row, _ signal: Row, _ a: Row, to p: Int, _ block: Block<L>) {
    let sizes = scratch.sums[Int(SP_EXAMINED_ROWS) &+ p]
    for v in 0..<block.vectors {
      let sum: L = sizes.load(v)
      let gradient = (signal.load(v) as L) * a.load(v)
      sizes.store((sum + gradient.magnitude).wherePresent(y.load(v), otherwise: sum), v)
    }
  }

  /// The smallest slope of a sample so far.
  @inlinable @inline(__always)
  func lower(_ block: Block<L>) {
    for v in 0..<block.vectors {
      let smallest: L = scratch.smallestSlopes.load(v)
      scratch.smallestSlopes.store(smallest.atMost(scratch.slopes.load(v) as L), v)
    }
  }

  /// The largest of them over the samples.
  @inlinable @inline(__always)
  func raise(_ y: Row, _ block: Block<L>) {
    let largest = scratch.sums[Int(SP_EXAMINED_SLOPE)]
    for v in 0..<block.vectors {
      let old: L = largest.load(v)
      let new = old.atLeast(scratch.smallestSlopes.load(v) as L)
      largest.store(new.wherePresent(y.load(v), otherwise: old), v)
    }
  }

  @inlinable @inline(__always)
  func writeGradients(_ block: Block<L>) {
    for p in 0..<scratch.parameterCount {
      let row = Int(SP_EXAMINED_ROWS) &+ p
      let sums = scratch.sums[row]
      for v in 0..<block.vectors {
        let mean = (sums.load(v) as L) / scratch.sums[Int(SP_EXAMINED_SAMPLES)].load(v)
        sums.store(mean, v)
      }
      write(sums, to: call.outputs + row &* call.output_stride, of: block)
    }
  }

  @inlinable @inline(__always)
  func fill(_ row: Row, with value: Float, _ block: Block<L>) {
    for v in 0..<block.vectors { row.store(L(repeating: value), v) }
  }

  /// Copies a row to the host, every NaN made the one NaN.
  @inlinable @inline(__always)
  func write(_ row: Row, to host: UnsafeMutablePointer<Float>, of block: Block<L>) {
    let result = Row(block.output(host, copy: scratch.outputs), step: L.width)
    for v in 0..<block.vectors { result.store((row.load(v) as L).withOneNaN, v) }
    block.finish(host, copy: scratch.outputs)
  }
}
