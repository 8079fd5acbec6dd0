import SinglePathShims

/// Runs one valid call on an instruction set, with the host's floating-point state set aside, and returns
/// how many paths diverged.
@inline(__always)
func dispatch<Code: InstructionSetTarget>(
  _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer, on _: Code.Type
) -> Int {
  let state = sp_float_state_enter()
  defer { sp_float_state_leave(state) }
  return call.pointee.has_biases == 0
    ? operate(Code.self, Unbiased.self, call, memory)
    : operate(Code.self, Biased.self, call, memory)
}

@inline(__always)
func operate<Code: InstructionSetTarget, Bias: BiasKind>(
  _ code: Code.Type, _ bias: Bias.Type, _ call: UnsafePointer<sp_call>,
  _ memory: UnsafeMutableRawPointer
) -> Int {
  switch Int(call.pointee.operation) {
  case SP_TRAIN: return trainBank(code, bias, call, memory)
  case SP_PREDICT: predictBank(code, bias, call, memory)
  case SP_FIT: return fitBank(code, call, memory)
  case SP_COST: sumCostsOfBank(code, bias, call, memory)
  default: examineBank(code, bias, call, memory)
  }
  return 0
}
