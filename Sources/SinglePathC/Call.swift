import CSinglePath
import SinglePathShims

/// Filling a kernel call from a host's arguments, which are checked. Each function returns the memory
/// that it covers.
extension sp_call {
  /// A call for paths of a shape.
  init(_ operation: Int, _ shape: sp_shape, paths: Int, frames: Int) throws(Refusal) {
    self.init()
    guard sp_parameter_count(shape) > 0 else { throw Refusal(SP_ERROR_SHAPE) }
    guard paths >= 0, frames >= 0 else { throw Refusal(SP_ERROR_SIZE) }
    self.operation = UInt8(truncatingIfNeeded: operation)
    depth = UInt8(truncatingIfNeeded: shape.depth)
    has_biases = UInt8(truncatingIfNeeded: shape.has_biases)
    count = paths
    self.frames = frames
  }

  mutating func set(
    parameters: UnsafePointer<Float>?, stride: Int
  ) throws(Refusal) -> Stretch {
    self.parameters = UnsafeMutablePointer(mutating: parameters)
    parameter_stride = stride
    return try Stretch(
      parameters, rows: Int(depth) &* (has_biases == 0 ? 1 : 2), width: count, stride: stride,
      leastStride: count)
  }

  mutating func set(
    inputs: UnsafePointer<Float>?, stride: Int, step: Int
  ) throws(Refusal) -> Stretch {
    self.inputs = inputs
    input_stride = stride
    input_step = step
    return try Stretch(
      inputs, rows: frames, width: Self.width(count, step: step), stride: stride, leastStride: 0)
  }

  mutating func set(targets: UnsafePointer<Float>?, stride: Int) throws(Refusal) -> Stretch {
    self.targets = targets
    target_stride = stride
    return try Stretch(targets, rows: frames, width: count, stride: stride, leastStride: 0)
  }

  mutating func set(rates: UnsafePointer<Float>?, step: Int) throws(Refusal) -> Stretch {
    self.rates = rates
    rate_step = step
    return try Stretch(
      rates, rows: 1, width: Self.width(count, step: step), stride: 0, leastStride: 0)
  }

  /// Checks the values of the learning rates, after where they lie.
  func checkRates() throws(Refusal) {
    for i in 0..<(try Self.width(count, step: rate_step)) {
      // Finite and above 0, by its bits: a comparison of subnormal numbers depends on the host's
      // floating-point state.
      guard 1..<Float.infinity.bitPattern ~= rates[i].bitPattern else {
        throw Refusal(SP_ERROR_RATE)
      }
    }
  }

  /// How many elements a row has: one a path, or one that all paths share.
  private static func width(_ paths: Int, step: Int) throws(Refusal) -> Int {
    guard step == 0 || step == 1 else { throw Refusal(SP_ERROR_STRIDE) }
    return step == 0 ? min(1, paths) : paths
  }

  /// Runs the checked call on the best instruction set of this machine and returns how many paths
  /// diverged.
  func run() -> Int {
    withUnsafePointer(to: self) { sp_run(MachineCode.best.kernel, $0) }
  }
}
