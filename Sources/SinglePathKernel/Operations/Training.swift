import SinglePathShims

/// Training: the bank in blocks whose parameters stay in the first-level cache, in a block frame after
/// frame, in a frame chunk after chunk of vectors.
///
/// The first frame of a call reads the host's planes; the updates stay in the workspace; those of the last
/// frame go to the host. A path that is not finite then still has its old parameters in the host's
/// memory, and keeps them.
///
/// - Returns: how many paths diverged.
@inline(never)
func trainBank<Code: InstructionSetTarget, Bias: BiasKind>(
  _: Code.Type, _: Bias.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) -> Int {
  typealias L = Code.Vector
  let isPlain =
    SampleRows<L>.arePlain(call) && UpdateRules<L>.isEmpty(call)
    && Int(call.pointee.output) == SP_OUTPUT_IDENTITY
    && Int(call.pointee.cost) == SP_COST_SQUARED_ERROR
    && Int(call.pointee.hidden) == SP_HIDDEN_SIGMOID
  let training = Training<Code, Bias>(
    call, Workspace(memory, of: call, hasRows: !isPlain))
  var diverged = 0
  forEachBlock(of: call, training.workspace) { block in
    diverged &+= isPlain ? training.trainPlainly(block) : training.train(block)
  }
  return diverged
}

struct Training<Code: InstructionSetTarget, Bias: BiasKind> {
  typealias L = Code.Vector

  /// Read where it lies: the struct is large, and a small call has no time to copy it.
  let call: UnsafePointer<sp_call>
  let workspace: Workspace<L>

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ workspace: Workspace<L>) {
    self.call = call
    self.workspace = workspace
  }

  @inline(__always)
  var frames: Int { Int(call.pointee.frames) }

  @inline(__always)
  var parameterCount: Int { workspace.parameterCount }

  /// Stochastic gradient descent as the derivation has it, on sigmoids with a linear output and the
  /// squared error: a function for each depth, and the last frame's updates go to the host from registers.
  @inline(__always)
  func trainPlainly(_ block: Block<L>) -> Int {
    let samples = SampleRows(call, block, workspace)
    let host = block.parameters(of: call, count: parameterCount, scratch: workspace.hostPlanes)
    let rates = block.rates(of: call, scratch: workspace.rates)
    let hostSink = HostSink(to: host, of: call, block, scratch: workspace.verdicts)
    var diverged = 0
    for t in 0..<frames {
      let frame = Frame(
        x: samples.inputs(t), y: samples.targets(t), rates: rates,
        parameters: t == 0 ? host : workspace.parameters, vectors: block.vectors)
      if t &+ 1 < frames {
        _ = trainPlainFrame(frame, to: WorkspaceSink(to: workspace.parameters))
      } else {
        diverged = trainPlainFrame(frame, to: hostSink)
      }
    }
    if frames == 0 { diverged = commit(host, to: hostSink, block) }
    finish(block)
    return diverged
  }

  @inline(__always)
  func trainPlainFrame<Sink: GradientSink>(_ frame: Frame, to sink: Sink) -> Int
  where Sink.Vector == L {
    @inline(__always)
    func train<Depth: DepthKind>(_ depth: Depth.Type) -> Int {
      trainFrame(Code.self, Bias.self, depth, frame, call, workspace, to: sink)
    }
    if !Code.hasConstantDepths { return train(AnyDepth.self) }
    switch call.pointee.depth {
    case 1: return train(ConstantDepth<1>.self)
    case 2: return train(ConstantDepth<2>.self)
    case 3: return train(ConstantDepth<3>.self)
    case 4: return train(ConstantDepth<4>.self)
    case 5: return train(ConstantDepth<5>.self)
    case 6: return train(ConstantDepth<6>.self)
    case 7: return train(ConstantDepth<7>.self)
    // SP_DEPTHS: a loop for any depth would be code that no call reaches.
    default: return train(ConstantDepth<8>.self)
    }
  }

  /// Every other shape, kind of sample and rule.
  @inline(__always)
  func train(_ block: Block<L>) -> Int {
    let samples = SampleRows(call, block, workspace)
    let host = block.parameters(of: call, count: parameterCount, scratch: workspace.hostPlanes)
    let rules = UpdateRules(call, block, workspace)
    let function = ActivationCode(hiddenOf: call)
    var parameters = host
    var place = 0
    for t in 0..<frames {
      let isLast = place &+ 1 >= Int(call.pointee.batch) || t &+ 1 == frames
      let frame = AnyFrame<Code, Bias>(
        samples: samples, frame: samples.frame(t), parameters: parameters, rules: rules,
        isFirstOfBatch: place == 0, isLastOfBatch: isLast)
      frame.run(function)
      place = isLast ? 0 : place &+ 1
      if isLast { parameters = workspace.parameters }
    }
    let sink = HostSink(to: host, of: call, block, scratch: workspace.verdicts)
    let diverged = commit(parameters, to: sink, block)
    finish(block)
    return diverged
  }

  @inline(__always)
  func commit(_ parameters: Planes, to sink: HostSink<L>, _ block: Block<L>) -> Int {
    sink.commit(parameters, vectors: block.vectors, parameterCount: parameterCount)
  }

  /// Copies to the host what a bank's tail got.
  @inline(__always)
  func finish(_ block: Block<L>) {
    if block.tail == 0 { return }
    if let verdicts = call.pointee.verdicts {
      block.finish(verdicts, scratch: workspace.verdicts)
    }
    block.finishParameters(of: call, workspace.hostPlanes, count: parameterCount)
  }
}
