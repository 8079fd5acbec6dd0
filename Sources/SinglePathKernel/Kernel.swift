import SinglePathShims

/// An instruction set that the kernel is stamped out for. A stamp's functions are its own and are not
/// inlined into each other, so that none grows beyond what the compiler optimises well.
public protocol MachineCode {
  associatedtype Vector: Lanes
  static func train<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int
  static func train<Kind: PathKind>(_: Kind.Type, _ frame: Frame)
  static func predict<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer)
  static func sumCosts<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer)
}

extension MachineCode {
  /// Runs one call, the host's floating-point state set aside, and returns how many paths diverged.
  @inlinable @inline(__always)
  public static func run(_ call: sp_call, _ memory: UnsafeMutableRawPointer) -> Int {
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    return Int(call.sigmoid) == SP_SIGMOID_TABLE
      ? run(TableSigmoid.self, call, memory) : run(PolynomialSigmoid.self, call, memory)
  }

  @inlinable @inline(__always)
  static func run<Hidden: SigmoidForm>(
    _: Hidden.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    call.has_biases == 0
      ? run(Unbiased<Hidden>.self, call, memory) : run(Biased<Hidden>.self, call, memory)
  }

  @inlinable @inline(__always)
  static func run<Kind: PathKind>(
    _ kind: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    switch Int(call.operation) {
    case SP_TRAIN: return train(kind, call, memory)
    case SP_PREDICT: predict(kind, call, memory)
    default: sumCosts(kind, call, memory)
    }
    return 0
  }

  /// What a stamp's functions do.
  @inlinable @inline(__always)
  public static func trainAll<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    let training = Training<Self, Kind>(call, memory)
    var diverged = 0
    forEachBlock(call, training.workspace) { diverged &+= training.run($0) }
    return diverged
  }

  @inlinable @inline(__always)
  public static func trainFrame<Kind: PathKind>(_: Kind.Type, _ frame: Frame) {
    frame.train(Vector.self, Kind.self)
  }

  @inlinable @inline(__always)
  public static func predictAll<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Vector, Kind>(call, memory)
    forEachBlock(call, evaluation.workspace) { evaluation.predict($0) }
  }

  @inlinable @inline(__always)
  public static func sumAllCosts<Kind: PathKind>(
    _: Kind.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Vector, Kind>(call, memory)
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
