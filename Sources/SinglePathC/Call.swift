import CSinglePath
import SinglePathChecks
import SinglePathShims

/// Filling a kernel call with a host's arguments.
extension sp_call {
  /// A call for paths of a shape. Made where it is kept: the struct is large, and a small call has no time to
  /// copy it.
  @inline(__always)
  init(_ operation: Int, _ shape: sp_shape, paths: Int, frames: Int) throws(Refusal) {
    let reserved = shape.reserved
    guard reserved.0 | reserved.1 | reserved.2 | reserved.3 | reserved.4 == 0 else {
      throw .shape(depth: Int(shape.depth))
    }
    try self.init(
      operation, depth: Int(shape.depth), biases: Int(shape.has_biases),
      sigmoid: Int(shape.sigmoid), hidden: Int(shape.hidden), output: Int(shape.output),
      cost: Int(shape.cost), threshold: shape.threshold, paths: paths, frames: frames)
  }

  /// What the options say of the samples.
  mutating func setSamples(_ options: UnsafePointer<sp_options>?) {
    guard let options = options?.pointee else { return }
    weights = options.weights
    weight_stride = options.weight_stride
    weight_step = options.weight_step
    lengths = options.lengths
  }

  /// What the options say of the updates.
  mutating func setUpdates(_ options: UnsafePointer<sp_options>?) {
    guard let options = options?.pointee else { return }
    batch = options.batch
    gradient_limit = options.gradient_limit
    frozen = options.frozen
    frozen_step = options.frozen_step
    lower = options.lower
    upper = options.upper
    bound_stride = options.bound_stride
    bound_step = options.bound_step
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
  func run(
    diverged: UnsafePointer<Int>? = nil, options: UnsafePointer<sp_options>? = nil,
    fitting: UnsafePointer<sp_fitting>? = nil
  ) throws(Refusal) -> Int {
    try withUnsafePointer(to: self) { (call) throws(Refusal) in
      try call.check(diverged: diverged, options: options, fitting: fitting)
      return sp_run(sp_kernel_for(sp_best_instructions()), call)
    }
  }
}
