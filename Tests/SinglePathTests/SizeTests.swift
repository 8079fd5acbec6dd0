import SinglePath
import Testing

@Suite("Any size, and nothing beyond it")
struct SizeTests {
  /// Around every width, and around a block of each width: at depth 3 1,488, 1,600 and 1,652 paths, with
  /// biases and a batch 224, 256 and 272.
  static let sizes = [
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 35, 63, 64, 65, 223, 224, 225, 255, 256, 257,
    271, 272, 273, 1_153, 1_487, 1_488, 1_489, 1_567, 1_568, 1_569, 1_585, 1_599, 1_600, 1_601,
    1_651, 1_652, 1_653, 3_137,
  ]

  @Test(arguments: callKindsAndKernels)
  func guardZonesStayAsTheyAreAndAreNeverRead(kind: CallKind, set: InstructionSet) throws {
    let kernel = try Kernel(set)
    for count in Self.sizes {
      let fixture = kind.fixture(count: count, frames: 3)
      let expected = try fixture.allResults(set)
      let lent = try LentFixture(fixture, .zones)
      try lent.predict(kernel)
      try lent.sumCosts(kernel)
      try lent.examine(kernel)
      let diverged = try lent.train(kernel)
      #expect(lent.allResults(diverged: diverged) == expected, "\(count) paths")
      #expect(lent.isWhole, "\(count) paths")
    }
  }

  @Test(arguments: callKindsAndKernels)
  func noFramesTouchNothing(kind: CallKind, set: InstructionSet) throws {
    let fixture = kind.fixture(count: 21, frames: 0)
    let result = try fixture.trained(Kernel(set))
    #expect(result.parameters == fixture.parameters.map(\.bitPattern))
    #expect(result.verdicts.allSatisfy { $0 == .untouched })
    #expect(try fixture.costs(Kernel(set)).allSatisfy { $0 == 0 })
  }
}
