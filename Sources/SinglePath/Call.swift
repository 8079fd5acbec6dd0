import SinglePathShims

/// Filling a call's struct from checked arguments. Each function returns the memory it covers.
extension sp_call {
  mutating func set(_ parameters: Parameters) throws(SinglePathError) -> Region {
    let paths = parameters.count
    guard paths >= 0 else { throw .size("the number of paths", paths, least: 0) }
    depth = UInt8(parameters.shape.depth)
    has_biases = parameters.shape.hasBiases ? 1 : 0
    sigmoid = UInt8(
      parameters.shape.sigmoid == .table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL)
    count = paths
    self.parameters = parameters.base
    parameter_stride = parameters.stride
    return try Region(
      "the parameters", parameters.base, rows: parameters.shape.parameterCount, width: paths,
      stride: parameters.stride, leastStride: paths)
  }

  mutating func set(inputs: Frames, paths: Int) throws(SinglePathError) -> Region {
    guard inputs.count >= 0 else { throw .size("the number of frames", inputs.count, least: 0) }
    frames = inputs.count
    self.inputs = inputs.base
    input_stride = inputs.stride
    input_step = inputs.isShared ? 0 : 1
    return try Region(
      "the inputs", inputs.base, rows: inputs.count, width: inputs.isShared ? min(1, paths) : paths,
      stride: inputs.stride, leastStride: 0)
  }

  mutating func set(
    targets: Frames, inputs: Frames, paths: Int
  ) throws(SinglePathError) -> Region {
    guard targets.count == inputs.count else {
      throw .frames(inputs: inputs.count, targets: targets.count)
    }
    guard !targets.isShared else { throw .sharedTargets }
    self.targets = targets.base
    target_stride = targets.stride
    return try Region(
      "the targets", targets.base, rows: targets.count, width: paths, stride: targets.stride,
      leastStride: 0)
  }
}
