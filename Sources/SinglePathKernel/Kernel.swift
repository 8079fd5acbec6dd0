import SinglePathShims

/// An instruction set that the kernel is stamped out for. A stamp's functions are its own and are not
/// inlined into each other, so that none grows beyond what the compiler optimises well.
public protocol MachineCode {
  associatedtype Vector: Lanes
  static func train<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int
  static func train<Kind: PathKind, Goal: Destination, let depth: Int>(
    _: Kind.Type, _ frame: Frame<Goal, depth>
  ) -> Int
  static func forward<Kind: PathKind>(
    _: Kind.Type, _ depth: Int, _ x: Row, _ parameters: Planes, to activations: Planes,
    _ vectors: Int)
  static func predict<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer)
  static func sumCosts<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer)
  static func trainGeneral(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int
  static func evaluateGeneral(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer)
  static func forward(
    _ activation: Activation, weight: Row, _ a: Row, bias: Row, to result: Row, _ vectors: Int)
  static func backward(
    _ activation: Activation, weight: Row, _ a: Row, signal: Row, to result: Row, _ vectors: Int)
}

extension MachineCode {
  /// Runs one call, the host's floating-point state set aside, and returns how many paths diverged.
  @inlinable @inline(__always)
  public static func run(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int {
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    guard isOfDerivation(call) else {
      if Int(call.pointee.operation) == SP_TRAIN { return trainGeneral(call, memory) }
      evaluateGeneral(call, memory)
      return 0
    }
    return Int(call.pointee.sigmoid) == SP_SIGMOID_TABLE
      ? run(TableSigmoid.self, call, memory) : run(PolynomialSigmoid.self, call, memory)
  }

  /// Whether a call is of the derivation's own kind, for which there is code of its own: sigmoids, a linear
  /// output, the squared error, one update for each sample.
  @inlinable @inline(__always)
  static func isOfDerivation(_ call: UnsafePointer<sp_call>) -> Bool {
    Int(call.pointee.hidden) == SP_HIDDEN_SIGMOID && Int(call.pointee.output) == SP_OUTPUT_IDENTITY
      && Int(call.pointee.cost) == SP_COST_SQUARED_ERROR
      && Int(call.pointee.operation) != SP_EXAMINE
      && call.pointee.batch <= 1 && call.pointee.gradient_limit == 0 && call.pointee.weights == nil
      && call.pointee.lengths == nil && call.pointee.frozen == nil && call.pointee.frozen_mask == 0
      && call.pointee.lower == nil
      && call.pointee.upper == nil
  }

  @inlinable @inline(__always)
  static func run<Hidden: SigmoidForm>(
    _: Hidden.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    call.pointee.has_biases == 0
      ? run(Unbiased<Hidden>.self, call, memory) : run(Biased<Hidden>.self, call, memory)
  }

  @inlinable @inline(__always)
  static func run<Kind: PathKind>(
    _ kind: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    switch Int(call.pointee.operation) {
    case SP_TRAIN: return train(kind, call, memory)
    case SP_PREDICT: predict(kind, call, memory)
    default: sumCosts(kind, call, memory)
    }
    return 0
  }

  /// What a stamp's functions do.
  @inlinable @inline(__always)
  public static func trainAll<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    let training = Training<Self, Kind>(call, memory)
    var diverged = 0
    forEachBlock(call, vectors: training.workspace.blockVectors) { diverged &+= training.run($0) }
    return diverged
  }

  @inlinable @inline(__always)
  public static func trainFrame<Kind: PathKind, Goal: Destination, let depth: Int>(
    _: Kind.Type, _ frame: Frame<Goal, depth>
  ) -> Int {
    frame.train(Self.self, Kind.self)
  }

  @inlinable @inline(__always)
  public static func passForward<Kind: PathKind>(
    _: Kind.Type, _ depth: Int, _ x: Row, _ parameters: Planes, to activations: Planes,
    _ vectors: Int
  ) {
    Path<Vector, Kind>(depth: depth).forward(x, parameters, to: activations, vectors: vectors)
  }

  @inlinable @inline(__always)
  public static func predictAll<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Self, Kind>(call, memory)
    forEachBlock(call, vectors: evaluation.workspace.blockVectors) { evaluation.predict($0) }
  }

  @inlinable @inline(__always)
  public static func sumAllCosts<Kind: PathKind>(
    _: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = Evaluation<Self, Kind>(call, memory)
    forEachBlock(call, vectors: evaluation.workspace.blockVectors) { evaluation.sumCosts($0) }
  }

  @inlinable @inline(__always)
  public static func trainAllGeneral(
    _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    let training = GeneralTraining<Self>(call, memory)
    var diverged = 0
    forEachBlock(call, vectors: training.scratch.blockVectors) { diverged &+= training.run($0) }
    return diverged
  }

  @inlinable @inline(__always)
  public static func evaluateAllGeneral(
    _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) {
    let evaluation = GeneralEvaluation<Self>(call, memory)
    forEachBlock(call, vectors: evaluation.scratch.blockVectors) { evaluation.run($0) }
  }

  @inlinable @inline(__always)
  public static func passForward(
    _ activation: Activation, weight: Row, _ a: Row, bias: Row, to result: Row, _ vectors: Int
  ) {
    activation.run(
      Self.self, .forward(bias: bias), weight: weight, a, to: result, vectors: vectors)
  }

  @inlinable @inline(__always)
  public static func passBackward(
    _ activation: Activation, weight: Row, _ a: Row, signal: Row, to result: Row, _ vectors: Int
  ) {
    activation.run(
      Self.self, .backward(signal: signal), weight: weight, a, to: result, vectors: vectors)
  }

  @inlinable @inline(__always)
  static func forEachBlock(
    _ call: UnsafePointer<sp_call>, vectors: Int, _ body: (Block<Vector>) -> Void
  ) {
    var first = 0
    while first < Int(call.pointee.count) {
      let block = Block<Vector>(from: first, count: Int(call.pointee.count), vectors: vectors)
      body(block)
      first = block.end
    }
  }
}
