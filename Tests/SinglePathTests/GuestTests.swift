import MachineProbes
import SeededRandom
import SinglePath
import TestSupport
import Testing

@Suite("A guest in the host's process", .printsSeed)
struct GuestTests {
  /// Every operation once, on memory that is there already.
  private func runAll(_ kernel: Kernel, _ lent: LentFixture) throws {
    try lent.train(kernel, rate: 0.1)
    try lent.train(kernel, wantsVerdicts: false)
    // A subnormal rate is finite and above 0 whatever the host's state makes of it.
    try lent.train(kernel, rate: .leastNonzeroMagnitude)
    try lent.predict(kernel)
    try lent.sumCosts(kernel)
    try lent.examine(kernel)
  }

  private func lent(_ kind: CallKind) throws -> LentFixture {
    try LentFixture(kind.fixture(count: 1_603, frames: 4))
  }

  // A sanitizer brings its own allocator, which cannot be counted; the plain runs count.
  @Test(.enabled(if: mp_allocations_of_thread() >= 0), arguments: callKindsAndKernels)
  func nothingIsAllocated(kind: CallKind, set: InstructionSet) throws {
    let (kernel, lent) = try (Kernel(set), lent(kind))
    try runAll(kernel, lent)
    let before = mp_allocations_of_thread()
    try runAll(kernel, lent)
    let after = mp_allocations_of_thread()
    #expect(after == before)
    // The counter counts.
    _ = try PathBank(shape: kind.shape, count: 3)
    #expect(mp_allocations_of_thread() > after)
  }

  @Test(arguments: callKindsAndKernels)
  func theFloatingPointStateIsTheHostsAndDoesNotMatter(
    kind: CallKind, set: InstructionSet
  ) throws {
    let (kernel, expected) = try (Kernel(set), lent(kind))
    try runAll(kernel, expected)
    for state in [ts_unusual_float_state(), ts_trapping_float_state()] {
      // A path that overflows, and one with subnormal numbers, would trap or be flushed.
      let lent = try lent(kind)
      let standard = ts_float_state()
      ts_set_float_state(state)
      let result = Result { try runAll(kernel, lent) }
      let left = ts_float_state()
      ts_set_float_state(standard)
      try result.get()
      #expect(left == state)
      #expect(lent.allResults(diverged: 0) == expected.allResults(diverged: 0))
    }
  }

  /// The bank's calls, which borrow spans, allocate as little as the kernel's.
  @Test(.enabled(if: mp_allocations_of_thread() >= 0), arguments: CallKind.all)
  func aBanksCallsAllocateNothing(kind: CallKind) throws {
    let fixture = kind.fixture(count: 603, frames: 3)
    var bank = try fixture.bank()
    var verdicts = [Verdict](repeating: .untouched, count: fixture.count)
    var outputs = [Float](repeating: 0, count: fixture.count * fixture.frames)
    let options = fixture.options
    func allocations() throws -> Int {
      let before = mp_allocations_of_thread()
      var found = verdicts.mutableSpan
      var predictions = outputs.mutableSpan
      try bank.train(
        on: fixture.samples(), rates: fixture.rates.span, options: options, verdicts: &found)
      try bank.predict(
        .perPath(fixture.inputs.span, frames: fixture.frames), into: &predictions)
      try bank.sumCosts(of: fixture.samples(), into: &predictions)
      return mp_allocations_of_thread() - before
    }
    _ = try allocations()
    #expect(try allocations() == 0)
  }

  @Test func banksOfDifferentThreadsDoNotMeet() async throws {
    let fixture = try BankFixture(depth: 3, biases: true, count: 700, frames: 3)
    let expected = try fixture.trained()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for thread in 0..<64 {
        group.addTask { try fixture.trained(threads: 1 + thread % 2) == expected }
      }
      for try await same in group { #expect(same) }
    }
  }
}
