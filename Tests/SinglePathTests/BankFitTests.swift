import MachineProbes
import SinglePath
import Testing

@Suite("A bank fits its paths", .printsSeed)
struct BankFitTests {
  @Test(arguments: [FitStart.drawn, .given])
  func likeTheKernelOnTheHostsMemory(start: FitStart) throws {
    let curves = BankFixture(logisticCurves: 67, stream: 78)
    let expected = try curves.fitted(Kernel(), start: start)
    let samples = try curves.samples()
    var bank = try curves.bank()
    var found = [Float](repeating: -1, count: (FitRow.count + 4) * 70)
    var verdictOfEach = [Verdict](repeating: .dead, count: 67)
    var verdicts = verdictOfEach.mutableSpan
    var rows = found.mutableSpan
    try bank.fit(
      to: samples, start: start, verdicts: &verdicts, into: &rows, standardErrors: true,
      stride: 70, threads: 2)
    #expect(verdictOfEach == expected.verdicts)
    #expect(bank.copyParameters().map(\.bitPattern) == expected.parameters)
    for row in 0..<FitRow.count + 4 {
      let bits = found[row * 70..<row * 70 + 67].map(\.bitPattern)
      #expect(bits == Array(expected.rows[row * 67..<(row + 1) * 67]))
      #expect(found[row * 70 + 67..<(row + 1) * 70].allSatisfy { $0 == -1 })
    }
    // Without rows.
    var quiet = try curves.bank()
    verdicts = verdictOfEach.mutableSpan
    try quiet.fit(to: samples, start: start, verdicts: &verdicts)
    #expect(quiet.copyParameters().map(\.bitPattern) == expected.parameters)
    #expect(verdictOfEach == expected.verdicts)
  }

  // A sanitizer brings its own allocator, which cannot be counted; the plain runs count.
  @Test(.enabled(if: mp_allocations_of_thread() >= 0))
  func withoutAllocating() throws {
    let curves = BankFixture(logisticCurves: 203, stream: 79)
    var bank = try curves.bank()
    var verdictOfEach = [Verdict](repeating: .dead, count: 203)
    func allocations() throws -> Int {
      let before = mp_allocations_of_thread()
      var verdicts = verdictOfEach.mutableSpan
      try bank.fit(to: curves.samples(), verdicts: &verdicts)
      return mp_allocations_of_thread() - before
    }
    _ = try allocations()
    #expect(try allocations() == 0)
  }

  @Test func frozenParametersAreThoseOfTheOptions() throws {
    let curves = BankFixture(logisticCurves: 3, stream: 80)
    for frozen in [
      FrozenParameters.shared(.bias(2, depth: 2)),
      .perPath([ParameterMask](repeating: .bias(2, depth: 2), count: 3)),
    ] {
      var bank = try curves.bank()
      var verdictOfEach = [Verdict](repeating: .dead, count: 3)
      var verdicts = verdictOfEach.mutableSpan
      try bank.fit(to: curves.samples(), frozen: frozen, verdicts: &verdicts)
      let fitted = bank.copyParameters()
      #expect(fitted[9..<12] == curves.parameters[9..<12] && fitted[0] != curves.parameters[0])
    }
  }

  @Test func whatItIsLentMustSuffice() throws {
    let curves = BankFixture(logisticCurves: 2, frames: 9, stream: 80)
    var bank = try curves.bank()
    var verdictOfEach = [Verdict](repeating: .dead, count: 2)
    var verdicts = verdictOfEach.mutableSpan
    let most = Int(clamping: UInt32.max)
    for passes in [0, -1, most + 1] {
      #expect(throws: SinglePathError.size(.passes, passes, allowed: 1...most)) {
        try bank.fit(to: curves.samples(), maximumPasses: passes, verdicts: &verdicts)
      }
    }
    var found = [Float](repeating: -1, count: FitRow.count * 2 - 1)
    var rows = found.mutableSpan
    let layout = SinglePathError.Layout(rows: FitRow.count, width: 2, stride: 2)
    #expect(throws: SinglePathError.tooShort(.fitRows, count: 7, needed: 8, layout)) {
      try bank.fit(to: curves.samples(), verdicts: &verdicts, into: &rows)
    }
    #expect(verdictOfEach == [.dead, .dead] && found == [Float](repeating: -1, count: 7))
    #expect(bank.copyParameters() == curves.parameters)
  }
}
