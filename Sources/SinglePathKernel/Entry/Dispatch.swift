import SinglePathShims

/// Runs one valid call on an instruction set, with the host's floating-point state set aside, and returns
/// how many paths diverged.
@inlinable @inline(__always)
public func dispatch<Code: InstructionSetTarget>(
  _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer, on _: Code.Type
) -> Int {
  let state = sp_float_state_enter()
  defer { sp_float_state_leave(state) }
  switch Int(call.pointee.operation) {
  case SP_TRAIN:
    return call.pointee.has_biases == 0
      ? trainBank(Code.self, Unbiased.self, call, memory)
      : trainBank(Code.self, Biased.self, call, memory)
  default:
    call.pointee.has_biases == 0
      ? evaluateBank(Code.self, Unbiased.self, call, memory)
      : evaluateBank(Code.self, Biased.self, call, memory)
    return 0
  }
}
