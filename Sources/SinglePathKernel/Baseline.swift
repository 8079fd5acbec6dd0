import SinglePathShims

/// Four lanes, which every machine has: SSE2 or NEON.
private enum Baseline: MachineCode {
  typealias Vector = SIMD4<Float>

  @inline(never)
  static func train<Kind: PathKind>(
    _ kind: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    trainAll(kind, call, memory)
  }

  @inline(never)
  static func train<Kind: PathKind, Goal: Destination, let depth: Int>(
    _ kind: Kind.Type, _ frame: Frame<Goal, depth>
  ) -> Int {
    trainFrame(kind, frame)
  }

  @inline(never)
  static func forward<Kind: PathKind>(
    _ kind: Kind.Type, _ depth: Int, _ x: Row, _ parameters: Planes, to activations: Planes,
    _ vectors: Int
  ) {
    passForward(kind, depth, x, parameters, to: activations, vectors)
  }

  @inline(never)
  static func predict<Kind: PathKind>(
    _ kind: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) {
    predictAll(kind, call, memory)
  }

  @inline(never)
  static func sumCosts<Kind: PathKind>(
    _ kind: Kind.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
  ) {
    sumAllCosts(kind, call, memory)
  }

  @inline(never)
  static func trainGeneral(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int
  {
    trainAllGeneral(call, memory)
  }

  @inline(never)
  static func evaluateGeneral(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) {
    evaluateAllGeneral(call, memory)
  }

  @inline(never)
  static func forward(
    _ activation: Activation, weight: Row, _ a: Row, bias: Row, to result: Row, _ vectors: Int
  ) {
    passForward(activation, weight: weight, a, bias: bias, to: result, vectors)
  }

  @inline(never)
  static func backward(
    _ activation: Activation, weight: Row, _ a: Row, signal: Row, to result: Row, _ vectors: Int
  ) {
    passBackward(activation, weight: weight, a, signal: signal, to: result, vectors)
  }
}

@c @implementation
public func sp_kernel_baseline(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  Baseline.run(call, memory)
}
