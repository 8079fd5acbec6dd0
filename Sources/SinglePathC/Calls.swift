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
    if rates == nil, count > 0 { throw .missing("the learning rates") }
    call.rates = rates
    call.rate_step = rateStep
    call.verdicts = verdicts
    call.setSamples(options)
    call.setUpdates(options)
    let result = try call.run(diverged: diverged, options: options)
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
    _ = try call.run(options: options)
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
    try withUnsafePointer(to: call) { (call) throws(Refusal) in
      try call.checkParameters()
    }
    try checkRange(lower, upper)
    call.initialise(seed: seed, from: lower, to: upper)
  }
}

/// Refuses bounds that are not finite and in order, or too far apart.
private func checkRange(_ lower: Float, _ upper: Float) throws(Refusal) {
  let state = sp_float_state_enter()
  defer { sp_float_state_leave(state) }
  guard isRange(lower, upper) else { throw .range }
}

/// Not inlined: arithmetic must not move out of the standard floating-point state of its caller.
@inline(never)
private func isRange(_ lower: Float, _ upper: Float) -> Bool {
  lower <= upper && (upper - lower).isFinite && lower.isFinite
}
