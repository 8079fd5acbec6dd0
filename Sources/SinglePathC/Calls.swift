import CSinglePath
import SinglePathShims

// The calls of single_path.h: everything is checked, then the kernel runs.

@c @implementation
public func sp_train(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafeMutablePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ rates: UnsafePointer<Float>!,
  _ rateStep: Int, _ verdicts: UnsafeMutablePointer<UInt8>!, _ diverged: UnsafeMutablePointer<Int>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_TRAIN, shape, paths: count, frames: frames)
    let planes = try call.set(parameters: parameters, stride: parameterStride)
    let x = try call.set(inputs: inputs, stride: inputStride, step: inputStep)
    let y = try call.set(targets: targets, stride: targetStride)
    let eta = try call.set(rates: rates, step: rateStep)
    let bytes = try Stretch(
      verdicts, rows: 1, width: count, stride: 0, leastStride: 0, isOptional: true)
    let number = try Stretch(
      diverged, rows: 1, width: 1, stride: 0, leastStride: 0, isOptional: true)
    try planes.mustNotOverlap(x, y)
    try planes.mustNotOverlap(eta, bytes)
    try bytes.mustNotOverlap(x, y)
    try bytes.mustNotOverlap(eta)
    try number.mustNotOverlap(x, y)
    try number.mustNotOverlap(planes, eta)
    try number.mustNotOverlap(bytes)
    try call.checkRates()
    call.verdicts = verdicts
    let result = call.run()
    if let diverged { diverged.pointee = result }
  }
}

@c @implementation
public func sp_predict(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ outputs: UnsafeMutablePointer<Float>!, _ outputStride: Int
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_PREDICT, shape, paths: count, frames: frames)
    let planes = try call.set(parameters: parameters, stride: parameterStride)
    let x = try call.set(inputs: inputs, stride: inputStride, step: inputStep)
    let rows = try Stretch(
      outputs, rows: frames, width: count, stride: outputStride, leastStride: count)
    try rows.mustNotOverlap(planes, x)
    call.outputs = outputs
    call.output_stride = outputStride
    _ = call.run()
  }
}

@c @implementation
public func sp_cost(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ costs: UnsafeMutablePointer<Float>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_COST, shape, paths: count, frames: frames)
    let planes = try call.set(parameters: parameters, stride: parameterStride)
    let x = try call.set(inputs: inputs, stride: inputStride, step: inputStep)
    let y = try call.set(targets: targets, stride: targetStride)
    let sums = try Stretch(costs, rows: 1, width: count, stride: 0, leastStride: 0)
    try sums.mustNotOverlap(planes, x)
    try sums.mustNotOverlap(y)
    call.outputs = costs
    _ = call.run()
  }
}

@c @implementation
public func sp_initialise(
  _ shape: sp_shape, _ count: Int, _ parameters: UnsafeMutablePointer<Float>!,
  _ parameterStride: Int, _ seed: UInt64, _ lower: Float, _ upper: Float
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_TRAIN, shape, paths: count, frames: 0)
    _ = try call.set(parameters: parameters, stride: parameterStride)
    guard lower <= upper, (upper - lower).isFinite, lower.isFinite else {
      throw Refusal(SP_ERROR_RANGE)
    }
    for plane in 0..<sp_parameter_count(shape) {
      for path in 0..<count {
        let bits = mixed(mixed(seed &+ UInt64(path)) &+ UInt64(plane))
        // 24 bits, which a float holds; taken as 32 for processors that cannot convert 64.
        let unit = Float(UInt32(truncatingIfNeeded: bits >> 40)) * 0x1p-24
        parameters[plane &* parameterStride &+ path] = lower + unit * (upper - lower)
      }
    }
  }
}

/// One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014), as in `PathBank.initialize`.
private func mixed(_ state: UInt64) -> UInt64 {
  var z = state &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
