import CSinglePath
import SinglePathChecks
import SinglePathShims

// The calls of single_path.h: everything is checked, then the kernel runs.

@c @implementation
public func sp_train(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafeMutablePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ rates: UnsafePointer<Float>!,
  _ rateStep: Int, _ verdicts: UnsafeMutablePointer<UInt8>!, _ diverged: UnsafeMutablePointer<Int>!,
  _ options: UnsafePointer<sp_options>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_TRAIN, shape, paths: count, frames: frames)
    call.set(parameters: parameters, stride: parameterStride)
    call.set(inputs: inputs, stride: inputStride, step: inputStep)
    call.set(targets: targets, stride: targetStride)
    call.rates = rates
    call.rate_step = rateStep
    call.verdicts = verdicts
    call.setSamples(options)
    call.setUpdates(options)
    let result = try call.run(diverged: diverged)
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
    call.set(parameters: parameters, stride: parameterStride)
    call.set(inputs: inputs, stride: inputStride, step: inputStep)
    call.outputs = outputs
    call.output_stride = outputStride
    _ = try call.run()
  }
}

@c @implementation
public func sp_cost(
  _ shape: sp_shape, _ count: Int, _ frames: Int, _ parameters: UnsafePointer<Float>!,
  _ parameterStride: Int, _ inputs: UnsafePointer<Float>!, _ inputStride: Int, _ inputStep: Int,
  _ targets: UnsafePointer<Float>!, _ targetStride: Int, _ costs: UnsafeMutablePointer<Float>!,
  _ options: UnsafePointer<sp_options>!
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_COST, shape, paths: count, frames: frames)
    call.set(parameters: parameters, stride: parameterStride)
    call.set(inputs: inputs, stride: inputStride, step: inputStep)
    call.set(targets: targets, stride: targetStride)
    call.outputs = costs
    call.setSamples(options)
    _ = try call.run()
  }
}

@c @implementation
public func sp_initialise(
  _ shape: sp_shape, _ count: Int, _ parameters: UnsafeMutablePointer<Float>!,
  _ parameterStride: Int, _ seed: UInt64, _ lower: Float, _ upper: Float
) -> sp_status {
  status { () throws(Refusal) in
    var call = try sp_call(SP_TRAIN, shape, paths: count, frames: 0)
    call.set(parameters: parameters, stride: parameterStride)
    try call.checkParameters(mayBeMisaligned: false)
    let state = sp_float_state_enter()
    defer { sp_float_state_leave(state) }
    try call.draw(seed, lower, upper)
  }
}

extension sp_call {
  /// Draws the parameters. Not inlined: arithmetic must not move out of the standard floating-point state
  /// of its caller.
  @inline(never)
  fileprivate func draw(_ seed: UInt64, _ lower: Float, _ upper: Float) throws(Refusal) {
    guard lower <= upper, (upper - lower).isFinite, lower.isFinite else { throw .range }
    for plane in 0..<parameterCount {
      for path in 0..<count {
        let bits = mixed(mixed(seed &+ UInt64(path)) &+ UInt64(plane))
        // 24 bits, which a float holds; taken as 32 for processors that cannot convert 64.
        let unit = Float(UInt32(truncatingIfNeeded: bits >> 40)) * 0x1p-24
        parameters[plane &* parameter_stride &+ path] = lower + unit * (upper - lower)
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
