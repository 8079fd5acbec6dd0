import SinglePathShims

@testable import SinglePath

extension LentFixture {
  /// The call of an operation on this memory as the kernel gets it, checked.
  ///
  /// - Parameter rows: where a fit writes what it finds.
  func call(
    _ operation: Int, start: FitStart = .drawn, rows: GuardedMemory<Float>? = nil
  ) throws(SinglePathError) -> sp_call {
    var call = try sp_call(operation, planes, inputs: samples.inputs, frames: samples.count)
    if operation != SP_PREDICT { try call.set(samples) }
    switch operation {
    case SP_TRAIN:
      try call.set(UnsafeLearningRate.perPath(rates.readOnly))
      try call.set(options)
      try call.set(verdicts: verdicts.buffer)
    case SP_PREDICT:
      try call.set(.outputs, outputs.buffer, rows: fixture.frames, stride: outputs.stride)
    case SP_COST:
      try call.set(.costs, costs.buffer, rows: 1)
    case SP_EXAMINE:
      let found = Examination.rowCount + fixture.shape.parameterCount
      try call.set(.examination, examined.buffer, rows: found, stride: examined.stride)
      call.wants_gradient = 1
    default:
      try call.set(options.frozen)
      try call.set(verdicts: verdicts.buffer)
      call.fit_start = UInt8(start == .drawn ? SP_START_DRAWN : SP_START_GIVEN)
      call.wants_errors = 1
      if let rows {
        let found = FitRow.count + fixture.shape.parameterCount
        try call.set(.fitRows, rows.buffer, rows: found, stride: rows.stride)
      }
    }
    try call.check()
    return call
  }

  /// Runs an operation by an entry of the kernel, and returns how many paths diverged.
  @discardableResult
  func run(_ operation: Int, by kernel: sp_kernel) throws(SinglePathError) -> Int {
    var call = try call(operation)
    return sp_run(kernel, &call)
  }

  /// Fits each path by an entry, and returns the rows of `FitRow`, then those of the standard errors.
  func fit(by kernel: sp_kernel, start: FitStart = .drawn) throws(SinglePathError) -> [Float] {
    let rows = fitRows()
    var call = try call(SP_FIT, start: start, rows: rows)
    _ = sp_run(kernel, &call)
    return rows.values
  }
}
