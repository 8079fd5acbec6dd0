import SeededRandom
import SinglePath
import Testing

/// Forty paths that learn tanh curves, of which one has too large a rate and one a hopeless one.
private struct Run {
  static let count = 40
  static let (rising, exploding) = (7, 23)
  let fixture: BankFixture

  init() throws {
    let shape = try PathShape(depth: 2, biases: true, hidden: .tanh)
    var fixture = BankFixture(shape, count: Self.count, frames: 8)
    fixture.batch = 8
    fixture.rates = [Float](repeating: 0.015625, count: Self.count)
    fixture.rates[Self.rising] = 4
    fixture.rates[Self.exploding] = 3e38
    self.fixture = fixture
  }

  /// What the bank and the rates are after some calls, with a `review` before the first, so that there
  /// is a best to go back to, and one after each.
  func result(
    calls: Int,
    review: (inout PathBank, Samples, inout [Float], inout [Verdict]) throws -> Void
  ) throws -> (parameters: [Float], rates: [Float]) {
    var bank = try fixture.bank()
    var rates = fixture.rates
    var verdicts = [Verdict](repeating: .untouched, count: Self.count)
    try review(&bank, fixture.samples(), &rates, &verdicts)
    for _ in 0..<calls {
      var found = verdicts.mutableSpan
      try bank.train(
        on: fixture.samples(), rates: rates.span, options: fixture.options, verdicts: &found)
      try review(&bank, fixture.samples(), &rates, &verdicts)
    }
    return (bank.copyParameters(), rates)
  }
}

extension PathBank {
  fileprivate func costs(of samples: Samples) throws -> [Float] {
    var costs = [Float](repeating: 0, count: count)
    var sums = costs.mutableSpan
    try sumCosts(of: samples, into: &sums)
    return costs
  }
}

extension ConvergenceMonitor {
  fileprivate mutating func review(
    _ bank: inout PathBank, _ samples: Samples, _ rates: inout [Float], _ verdicts: inout [Verdict]
  ) throws {
    var found = verdicts.mutableSpan
    var halved = rates.mutableSpan
    try review(&bank, on: samples, rates: &halved, verdicts: &found)
  }
}

@Suite("Retreat", .printsSeed)
struct RetreatTests {
  /// After each call, by the rule written out: a path that diverged, or whose cost is above its best by
  /// more than a tenth, has its best parameters back and half its rate; all else is as training left it.
  @Test func aPathThatDivergesOrRisesGoesBackToItsBest() throws {
    let run = try Run()
    var rules = ConvergenceMonitor.Rules()
    rules.retreatThreshold = 0.1
    var monitor = try ConvergenceMonitor(
      PathBank(shape: run.fixture.shape, count: Run.count), rules: rules)
    var best = [Float](repeating: .infinity, count: Run.count)
    var bestParameters = run.fixture.parameters
    var retreats = [Int](repeating: 0, count: Run.count)
    _ = try run.result(calls: 150) { bank, samples, rates, verdicts in
      let trained = verdicts
      let before = rates
      let costs = try bank.costs(of: samples)
      var diverged: Set<Int> = []
      var expected = bank.copyParameters()
      var expectedRates = before
      for path in 0..<Run.count {
        let places = stride(from: path, to: expected.count, by: Run.count)
        let hasDiverged = trained[path] == .diverged || !costs[path].isFinite
        if !hasDiverged, costs[path] < best[path] {
          best[path] = costs[path]
          for place in places { bestParameters[place] = expected[place] }
        }
        if hasDiverged { diverged.insert(path) }
        if hasDiverged || costs[path] > 1.1 * best[path] {
          if best[path] < .infinity {
            for place in places { expected[place] = bestParameters[place] }
          }
          expectedRates[path] /= 2
          retreats[path] += 1
        }
      }
      try monitor.review(&bank, samples, &rates, &verdicts)
      #expect(bank.copyParameters() == expected)
      #expect(rates == expectedRates)
      #expect(monitor.bestCosts.array == best)
      #expect(Set(verdicts.paths(.diverged)) == diverged)
    }
    // Both ways of going back occurred, and most paths never did.
    #expect(retreats[Run.rising] > 0 && retreats[Run.exploding] > 0)
    #expect(retreats.filter { $0 == 0 }.count >= Run.count - 4)
  }

  /// The bits of those that never go back are those of a run that nobody watches.
  @Test func theOthersDoNotNotice() throws {
    let run = try Run()
    var rules = ConvergenceMonitor.Rules()
    rules.retreatThreshold = 0.1
    var monitor = try ConvergenceMonitor(
      PathBank(shape: run.fixture.shape, count: Run.count), rules: rules)
    var retreats = [Int](repeating: 0, count: Run.count)
    var first: [Float] = []
    let watched = try run.result(calls: 150) { bank, samples, rates, verdicts in
      if first.isEmpty { first = try bank.costs(of: samples) }
      let before = rates
      try monitor.review(&bank, samples, &rates, &verdicts)
      for path in 0..<Run.count where rates[path] != before[path] { retreats[path] += 1 }
    }
    let unwatched = try run.result(calls: 150) { _, _, _, _ in }
    for (place, value) in watched.parameters.enumerated() where retreats[place % Run.count] == 0 {
      #expect(value.bitPattern == unwatched.parameters[place].bitPattern)
    }
    #expect(watched.parameters != unwatched.parameters)
    #expect(retreats.filter { $0 > 0 }.count <= 4)
    // The path whose rate was hopeless has come to one that it learns with.
    #expect(monitor.bestCosts[Run.exploding] < 0.9 * first[Run.exploding])
    #expect(retreats[Run.exploding] > 100)
  }

  /// A rate is halved down to the smallest normal number, and stays one that training takes.
  @Test func aRateNeverBecomesZero() throws {
    let fixture = try ReviewFixture(
      shape: PathShape(depth: 1, biases: false), parameters: [1], inputs: [1], targets: [0])
    var bank = try fixture.bank()
    var rules = ConvergenceMonitor.Rules()
    rules.retreatThreshold = 1
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    var rates: [Float] = [0x1p-120]
    for _ in 0..<20 {
      let found = try rates.withUnsafeMutableBufferPointer {
        try fixture.reviewed(by: &monitor, &bank, after: [.diverged], rates: $0)
      }
      #expect(found == [.diverged])
    }
    #expect(rates == [.leastNormalMagnitude])
    // Without a best there is nothing to go back to.
    #expect(bank[weight: 1, path: 0] == 1)
  }
}
