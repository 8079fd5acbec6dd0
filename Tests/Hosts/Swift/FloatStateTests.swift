import CSinglePath
import SeededRandom
import TestSupport
import Testing

@Suite("The floating-point state of a host in C", .printsSeed)
struct FloatStateTests {
  /// Rounding upward, subnormals as zero, one flag raised; subnormals as zero only; every exception a
  /// trap.
  private static let states = [
    ts_unusual_float_state(), ts_flushing_float_state(), ts_trapping_float_state(),
  ]
  private static let shapes = (1...3).flatMap { depth in
    [0, 1].map { sp_shape(depth: depth, has_biases: $0, sigmoid: $0) }
  }

  /// Samples of all kinds: what is flushed, rounds, overflows, is infinite or no number.
  private func makeBank(_ shape: sp_shape) -> Bank {
    let bank = Bank(shape, count: 35, frames: 6)
    let odd: [Float] = [
      0x1p-140, .greatestFiniteMagnitude, .infinity, .signalingNaN, 0x1p-126, .nan,
    ]
    for (path, value) in odd.enumerated() {
      bank.parameters[path] = value
      bank.inputs[6 + path] = value
      bank.targets[bank.count + 12 + path] = value
    }
    bank.rates[3] = .leastNonzeroMagnitude
    return bank
  }

  /// Makes a call in a state of the thread, and returns the state that it leaves and its status.
  private func call(
    in state: UInt64, _ body: () -> sp_status
  ) -> (left: UInt64, status: sp_status) {
    let standard = ts_float_state()
    ts_set_float_state(state)
    let status = body()
    let left = ts_float_state()
    ts_set_float_state(standard)
    return (left, status)
  }

  private func calls(_ bank: Bank) -> [() -> sp_status] {
    let all = 0..<bank.count
    return [
      { bank.train(all) }, { bank.predict(all) }, { bank.cost(all) },
      // Bounds whose numbers are subnormal; six planes at most, into the six rows of outputs.
      { sp_initialise(bank.shape, bank.count, bank.outputs, bank.count, 3, -0x1p-140, 0x1p-127) },
    ]
  }

  @Test(arguments: states.indices, shapes.indices)
  func itIsTheSameAfterACallAndDoesNotMatter(state: Int, shape: Int) {
    let (bank, expected) = (makeBank(Self.shapes[shape]), makeBank(Self.shapes[shape]))
    for (body, plain) in zip(calls(bank), calls(expected)) {
      #expect(plain() == sp_status(SP_OK))
      let (left, status) = call(in: Self.states[state], body)
      #expect(left == Self.states[state])
      #expect(status == sp_status(SP_OK))
      #expect(bank.results == expected.results)
    }
    #expect(
      (0..<bank.count).contains { bank.outputs[$0].isSubnormal }, "no result could be flushed")
  }

  @Test(arguments: states.indices)
  func itIsTheSameAfterARefusal(state: Int) {
    let bank = makeBank(Self.shapes[1])
    let all = 0..<bank.count
    let before = bank.results
    func initialise(_ lower: Float, _ upper: Float) -> sp_status {
      sp_initialise(bank.shape, bank.count, bank.parameters, bank.count, 3, lower, upper)
    }
    func train(_ shape: sp_shape, count: Int, stride: Int, inputs: UnsafePointer<Float>?)
      -> sp_status
    {
      sp_train(
        shape, count, 4, bank.parameters, stride, inputs, 35, 1, bank.targets, 35, bank.rates, 1,
        nil, nil, nil)
    }
    func refused(_ status: Int, _ body: () -> sp_status) {
      let (left, result) = call(in: Self.states[state], body)
      #expect(left == Self.states[state])
      #expect(result == sp_status(status))
    }
    let none = sp_shape(depth: 0, has_biases: 0, sigmoid: 0)
    let misaligned = UnsafePointer<Float>(bitPattern: UInt(bitPattern: bank.inputs) + 1)
    refused(SP_ERROR_SHAPE) { train(none, count: 35, stride: 35, inputs: bank.inputs) }
    refused(SP_ERROR_SIZE) { train(bank.shape, count: -1, stride: 35, inputs: bank.inputs) }
    refused(SP_ERROR_STRIDE) { train(bank.shape, count: 35, stride: 34, inputs: bank.inputs) }
    refused(SP_ERROR_NULL) { train(bank.shape, count: 35, stride: 35, inputs: nil) }
    refused(SP_ERROR_MISALIGNED) { train(bank.shape, count: 35, stride: 35, inputs: misaligned) }
    refused(SP_ERROR_OVERFLOW) { train(bank.shape, count: 35, stride: .max, inputs: bank.inputs) }
    refused(SP_ERROR_OVERLAP) { train(bank.shape, count: 35, stride: 35, inputs: bank.parameters) }
    for rate in [0, -0x1p-140, .signalingNaN, .infinity] as [Float] {
      let sound = bank.rates[20]
      bank.rates[20] = rate
      refused(SP_ERROR_RATE) { bank.train(all) }
      bank.rates[20] = sound
    }
    refused(SP_ERROR_RANGE) { initialise(1, -1) }
    refused(SP_ERROR_RANGE) { initialise(.nan, 1) }
    refused(SP_ERROR_RANGE) { initialise(-.greatestFiniteMagnitude, .greatestFiniteMagnitude) }
    #expect(bank.results == before)
  }
}
