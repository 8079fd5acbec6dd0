import SinglePathShims

/// Training of every shape on every kind of sample, block after block, frame after frame, and in a
/// frame layer after layer.
@usableFromInline
struct GeneralTraining<Code: MachineCode> {
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

  /// Trains the paths of a block on every frame and returns how many diverged.
  @inlinable @inline(__always)
  func run(_ block: Block<L>) -> Int {
    let host = block.planes(
      call.parameters, planeStride: call.parameter_stride, count: scratch.parameterCount,
      copy: scratch.hostPlanes)
    let samples = GeneralSamples<Code>(call, block, scratch)
    let update = GeneralUpdate<Code>(call, block, scratch)
    var parameters = host
    var place = 0
    for t in 0..<Int(call.frames) {
      let frame = samples.frame(t)
      let isLast = place &+ 1 >= Int(call.batch) || t &+ 1 == Int(call.frames)
      path.forward(frame.x, parameters, block.vectors)
      path.outputSignal(frame, parameters, to: scratch.signal(path.depth &+ 1), block.vectors)
      path.multiply(scratch.signal(path.depth &+ 1), by: update.rates, block.vectors)
      for k in 0..<path.depth {
        let l = path.depth &- k
        let signal = scratch.signal(l &+ 1)
        if l > 1 {
          path.propagate(layer: l, signal, parameters, to: scratch.signal(l), block.vectors)
        }
        let step = BatchStep(signal: signal, y: frame.y, isFirst: place == 0, isLast: isLast)
        update.apply(step, input: path.activation(l, frame.x), to: l &- 1, of: parameters)
        if path.isBiased {
          update.apply(step, input: scratch.ones, to: path.depth &+ l &- 1, of: parameters)
        }
      }
      place = isLast ? 0 : place &+ 1
      if isLast { parameters = scratch.parameters }
    }
    let handingOver = HandingOver<Code>(to: host, of: call, block, copy: scratch.verdicts)
    let diverged = handingOver.handOver(
      parameters, vectors: block.vectors, parameterCount: scratch.parameterCount)
    block.finishTraining(
      host, parameterCount: scratch.parameterCount, of: call, copy: scratch.verdicts)
    return diverged
  }
}
