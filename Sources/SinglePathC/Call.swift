import CSinglePath
import SinglePathChecks
import SinglePathShims

/// Filling a kernel call with a host's arguments.
extension sp_call {
  /// A call for paths of a shape.
  init(_ operation: Int, _ shape: sp_shape, paths: Int, frames: Int) throws(Refusal) {
    try self.init(
      operation, depth: Int(shape.depth), biases: Int(shape.has_biases),
      sigmoid: Int(shape.sigmoid), paths: paths, frames: frames)
  }

  mutating func set(parameters: UnsafePointer<Float>?, stride: Int) {
    self.parameters = UnsafeMutablePointer(mutating: parameters)
    parameter_stride = stride
  }

  mutating func set(inputs: UnsafePointer<Float>?, stride: Int, step: Int) {
    self.inputs = inputs
    input_stride = stride
    input_step = step
  }

  mutating func set(targets: UnsafePointer<Float>?, stride: Int) {
    self.targets = targets
    target_stride = stride
  }

  /// Checks the call, runs it on the best instruction set of this machine and returns how many paths
  /// diverged.
  func run(diverged: UnsafePointer<Int>? = nil) throws(Refusal) -> Int {
    try check(diverged: diverged, mayBeMisaligned: false)
    return withUnsafePointer(to: self) { sp_run(MachineCode.best.kernel, $0) }
  }
}
