import SinglePathShims

/// An instruction set that the kernel is stamped out for. A stamp's functions are its own and are not
/// inlined into each other, so that none grows beyond what the compiler optimises well.
public protocol MachineCode {
  associatedtype Vector: Lanes
  static func train<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int
  static func train<Links: LinkKind>(_: Links.Type, _ frame: Frame)
  static func predict<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer)
  static func sumCosts<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer)
}

extension MachineCode {
  /// Runs one call, the host's floating-point state set aside, and returns how many paths diverged.
  @inlinable @inline(__always)
  public static func run(_ call: sp_call, _ memory: UnsafeMutableRawPointer) -> Int {
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    return call.has_biases == 0
      ? run(Weights.self, call, memory) : run(WeightsAndBiases.self, call, memory)
  }

  @inlinable @inline(__always)
  static func run<Links: LinkKind>(
    _ links: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    switch Int(call.operation) {
    case SP_TRAIN: return train(links, call, memory)
    case SP_PREDICT: predict(links, call, memory)
    default: sumCosts(links, call, memory)
    }
    return 0
  }

  /// What a stamp's functions do.
  @inlinable @inline(__always)
  public static func trainAll<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    let training = Training<Self, Links>(call, memory)
    var diverged = 0
    forEachBlock(call, training.workspace) { diverged &+= training.run($0) }
    return diverged
  }

  @inlinable @inline(__always)
  public static func trainFrame<Links: LinkKind>(_: Links.Type, _ frame: Frame) {
    frame.train(Vector.self, Links.self)
  }

  @inlinable @inline(__always)
  public static func predictAll<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Vector, Links>(call, memory)
    forEachBlock(call, evaluation.workspace) { evaluation.predict($0) }
  }

  @inlinable @inline(__always)
  public static func sumAllCosts<Links: LinkKind>(
    _: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Vector, Links>(call, memory)
    forEachBlock(call, evaluation.workspace) { evaluation.sumCosts($0) }
  }

  @inlinable @inline(__always)
  static func forEachBlock(
    _ call: sp_call, _ workspace: Workspace<Vector>, _ body: (Block<Vector>) -> Void
  ) {
    var first = 0
    while first < Int(call.count) {
      let block = Block<Vector>(
        from: first, count: Int(call.count), vectors: workspace.blockVectors)
      body(block)
      first = block.end
    }
  }
}
