import SinglePath
import Testing

/// Forty paths that learn tanh curves, of which one has too large a rate and one a hopeless one.
private struct Run {
  static let count = 40
  static let (rising, exploding) = (7, 23)
  let job: Job

  init() throws {
    let shape = try PathShape(depth: 2, biases: true, hidden: .tanh)
    var job = Job(shape, count: Self.count, frames: 8)
    job.batch = 8
    job.rates = [Float](repeating: 0.015625, count: Self.count)
    job.rates[Self.rising] = 4
    job.rates[Self.exploding] = 3e38
    self.job = job
  }

  /// What the bank and the rates are after some calls, with a `review` before the first, so that there
  /// is a best to go back to, and one after each.
  func result(
    calls: Int,
    review: (inout PathBank, Frames, Frames, UnsafeMutablePointer<Float>, inout [Verdict]) throws
      -> Void
  ) throws -> (parameters: [Float], rates: [Float]) {
    try withMemory(job.inputs, job.targets, job.rates) { memory in
      var bank = try PathBank(shape: job.shape, count: Self.count)
      bank.fill(job.parameters)
      let x = Frames(memory[0], frames: 8, stride: Self.count)
      let y = Frames(memory[1], frames: 8, stride: Self.count)
      var options = TrainingOptions()
      options.batch = 8
      var verdicts = [Verdict](repeating: .untouched, count: Self.count)
      try review(&bank, x, y, memory[2], &verdicts)
      for _ in 0..<calls {
        try bank.train(
          inputs: x, targets: y, rate: .perPath(memory[2]), options: options, verdicts: &verdicts)
        try review(&bank, x, y, memory[2], &verdicts)
      }
      return (bank.copy(), (0..<Self.count).map { memory[2][$0] })
    }
  }
}

extension PathBank {
  /// The parameters in planes of `count`.
  fileprivate func copy() -> [Float] {
    (0..<shape.parameterCount).flatMap { p in
      (0..<count).map { path in
        p < shape.depth
          ? self[weight: p + 1, path: path] : self[bias: p - shape.depth + 1, path: path]
      }
    }
  }

  fileprivate func costs(_ x: Frames, _ y: Frames) throws -> [Float] {
    var costs = [Float](repeating: 0, count: count)
    try self.costs(inputs: x, targets: y, into: &costs)
    return costs
  }
}

@Suite("Retreat")
struct RetreatTests {
  /// After each call, by the rule written out: a path that diverged, or whose cost is above its best by
  /// more than a tenth, has its best parameters back and half its rate; all else is as training left it.
  @Test func aPathThatDivergesOrRisesGoesBackToItsBest() throws {
    let run = try Run()
    var rules = Watch.Rules()
    rules.rise = 0.1
    var watch = try Watch(PathBank(shape: run.job.shape, count: Run.count), rules: rules)
    var best = [Float](repeating: .infinity, count: Run.count)
    var bestParameters = run.job.parameters
    var retreats = [Int](repeating: 0, count: Run.count)
    _ = try run.result(calls: 150) { bank, x, y, rates, verdicts in
      let trained = verdicts
      let before = (0..<Run.count).map { rates[$0] }
      let costs = try bank.costs(x, y)
      var diverged: Set<Int> = []
      var expected = bank.copy()
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
      try watch.review(
        &bank, inputs: x, targets: y, rates: rates, verdicts: &verdicts)
      #expect(bank.copy() == expected)
      #expect((0..<Run.count).map { rates[$0] } == expectedRates)
      #expect(watch.bestCosts == best)
      #expect(Set(verdicts.paths(.diverged)) == diverged)
    }
    // Both ways of going back occurred, and most paths never did.
    #expect(retreats[Run.rising] > 0 && retreats[Run.exploding] > 0)
    #expect(retreats.filter { $0 == 0 }.count >= Run.count - 4)
  }

  /// The bits of those that never go back are those of a run that nobody watches.
  @Test func theOthersDoNotNotice() throws {
    let run = try Run()
    var rules = Watch.Rules()
    rules.rise = 0.1
    var watch = try Watch(PathBank(shape: run.job.shape, count: Run.count), rules: rules)
    var retreats = [Int](repeating: 0, count: Run.count)
    var first: [Float] = []
    let watched = try run.result(calls: 150) { bank, x, y, rates, verdicts in
      if first.isEmpty { first = try bank.costs(x, y) }
      let before = (0..<Run.count).map { rates[$0] }
      try watch.review(&bank, inputs: x, targets: y, rates: rates, verdicts: &verdicts)
      for path in 0..<Run.count where rates[path] != before[path] { retreats[path] += 1 }
    }
    let unwatched = try run.result(calls: 150) { _, _, _, _, _ in }
    for (place, value) in watched.parameters.enumerated() where retreats[place % Run.count] == 0 {
      #expect(value.bitPattern == unwatched.parameters[place].bitPattern)
    }
    #expect(watched.parameters != unwatched.parameters)
    #expect(retreats.filter { $0 > 0 }.count <= 4)
    // The path whose rate was hopeless has come to one that it learns with.
    #expect(watch.bestCosts[Run.exploding] < 0.9 * first[Run.exploding])
    #expect(retreats[Run.exploding] > 100)
  }

  /// A rate is halved down to the smallest normal number, and stays one that training takes.
  @Test func aRateNeverBecomesZero() throws {
    let job = try Reviewed(
      shape: PathShape(depth: 1, biases: false), parameters: [1], inputs: [1], targets: [0])
    var bank = try job.bank()
    var rules = Watch.Rules()
    rules.rise = 1
    var watch = try Watch(bank, rules: rules)
    var rate: Float = 0x1p-120
    for _ in 0..<20 {
      let found = try job.reviewed(by: &watch, &bank, after: [.diverged], rates: &rate)
      #expect(found == [.diverged])
    }
    #expect(rate == .leastNormalMagnitude)
    // Without a best there is nothing to go back to.
    #expect(bank[weight: 1, path: 0] == 1)
  }
}
