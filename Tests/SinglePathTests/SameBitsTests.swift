import SeededRandom
import SinglePath
import Testing

@Suite("The same bits", .printsSeed)
struct SameBitsTests {
  @Test(arguments: shapes)
  func anyInstructionSetGivesThem(depth: Int, biases: Bool) throws {
    for method in SigmoidMethod.allCases {
      var fixture = try BankFixture(
        depth: depth, biases: biases, sigmoid: method, count: 533, frames: 7)
      for i in stride(from: 3, to: fixture.targets.count, by: 11) { fixture.targets[i] = .nan }
      fixture.inputs[5] = .infinity
      let expected = try fixture.allResults(kernels[0])
      for set in kernels.dropFirst() {
        #expect(try fixture.allResults(set) == expected, "by \(method) on \(set)")
      }
    }
  }

  @Test(arguments: CallKind.all)
  func anyInstructionSetAndAnyNumberOfThreads(kind: CallKind) throws {
    let each = kind.fixture(count: 1_237, frames: 5)
    // What paths can share, they share.
    var shared = each
    if kind.hasEveryOption {
      shared.weights = [1, 0.5, 0, 2, 0.25]
      shared.frozen = [.weight(1)]
      shared.lower = [Float](repeating: -0.5, count: kind.shape.parameterCount)
      shared.upper = [Float](repeating: 0.75, count: kind.shape.parameterCount)
    }
    for fixture in kind.hasEveryOption ? [each, shared] : [each] {
      let expected = try fixture.allResults(kernels[0])
      for set in kernels {
        for threads in [1, 2, 3, 4, 5, 64] {
          #expect(
            try fixture.allResults(set, threads: threads) == expected,
            "\(threads) threads on \(set)")
        }
      }
    }
  }

  /// Plain on every instruction set, and one shape with sample weights and batches.
  static let crowds: [(BankFixture, InstructionSet)] = {
    do {
      var weighted = BankFixture(
        try PathShape(
          depth: 2, biases: false, hidden: .tanh, output: .softplus, cost: .huber(threshold: 0.5)),
        count: 7, frames: 1)
      weighted.weights = [1, 0.5, 0, 2, 0.25, 3, 1]
      weighted.batch = 2
      let plain = try BankFixture(depth: 3, biases: true, count: 7, frames: 3)
      return kernels.map { (plain, $0) } + [(weighted, Kernel().instructionSet)]
    } catch { fatalError("\(error)") }
  }()

  @Test(arguments: crowds.indices)
  func aPathAloneAndInTheMiddleOfAMillion(index: Int) throws {
    let (few, set) = Self.crowds[index]
    let count = 1_000_003
    // The seven paths over and over.
    func spread(_ rows: [Float]) -> [Float] {
      stride(from: 0, to: rows.count, by: 7).flatMap { row in
        var copies: [Float] = []
        copies.reserveCapacity(count + 7)
        while copies.count < count { copies += rows[row..<row + 7] }
        return copies.prefix(count)
      }
    }
    var many = few
    many.count = count
    many.parameters = spread(few.parameters)
    many.inputs = spread(few.inputs)
    many.targets = spread(few.targets)
    many.rates = spread(few.rates)
    many.weights = few.weights.map(spread)
    let crowd = try many.trained(Kernel(set))
    for i in 0..<7 {
      let alone = try few.restricted(to: [i]).trained(Kernel(set)).path(0, of: 1)
      for copy in [i, 500_003 / 7 * 7 + i, (count - 7) / 7 * 7 + i] {
        #expect(crowd.path(copy, of: count) == alone)
      }
    }
  }

  @Test(arguments: callKindsAndKernels)
  func anyOrderOfThePaths(kind: CallKind, set: InstructionSet) throws {
    let fixture = kind.fixture(count: 401, frames: 5)
    var generator = SplitMix64(stream: 4)
    let order = (0..<401).shuffled(using: &generator)
    let plain = try fixture.trained(Kernel(set))
    let shuffled = try fixture.restricted(to: order).trained(Kernel(set))
    for (place, path) in order.enumerated() {
      #expect(shuffled.path(place, of: 401) == plain.path(path, of: 401))
    }
  }

  @Test(arguments: kernels)
  func framesInOneCallOrInSeveral(set: InstructionSet) throws {
    let whole = try BankFixture(depth: 3, biases: true, count: 45, frames: 9)
    #expect(
      try whole.trained(inCallsOf: [1, 1, 2, 5], set) == whole.trained(Kernel(set)).parameters)
  }

  @Test(arguments: callKindsAndKernels)
  func anyStrideAndAnyAlignment(kind: CallKind, set: InstructionSet) throws {
    let (fixture, kernel) = (kind.fixture(count: 37, frames: 5), try Kernel(set))
    let expected = try fixture.allResults(set)
    for (offset, gap) in [(1, 0), (0, 3), (3, 1), (7, 4_096)] {
      let lent = try LentFixture(fixture, Surroundings(before: offset, gap: gap, after: gap))
      try lent.predict(kernel)
      try lent.sumCosts(kernel)
      try lent.examine(kernel)
      let diverged = try lent.train(kernel)
      #expect(lent.allResults(diverged: diverged) == expected)
      #expect(lent.isWhole)
    }
  }
}
