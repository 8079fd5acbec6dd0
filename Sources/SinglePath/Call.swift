import SinglePathChecks
import SinglePathShims

/// Filling a call's struct with a host's arguments.
extension sp_call {
  @inline(__always)
  init(_ operation: Int, _ parameters: Parameters, inputs: Frames) throws(SinglePathError) {
    let shape = parameters.shape
    do throws(Refusal) {
      try self.init(
        operation, depth: shape.depth, biases: shape.hasBiases ? 1 : 0,
        sigmoid: shape.sigmoid == .table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL,
        paths: parameters.count, frames: inputs.count)
    } catch {
      throw SinglePathError(error)
    }
    self.parameters = parameters.base
    parameter_stride = parameters.stride
    self.inputs = inputs.base
    input_stride = inputs.stride
    input_step = inputs.isShared ? 0 : 1
  }

  @inline(__always)
  mutating func set(targets: Frames) throws(SinglePathError) {
    guard targets.count == frames else {
      throw .frames(inputs: frames, targets: targets.count)
    }
    guard !targets.isShared else { throw .sharedTargets }
    self.targets = targets.base
    target_stride = targets.stride
  }
}
