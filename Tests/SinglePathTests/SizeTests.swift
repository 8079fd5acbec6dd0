import SeededRandom
import SinglePath
import Testing

@Suite("Any size, and nothing beyond it", .printsSeed)
struct SizeTests {
  /// Around every width, and around a block of the kind's calls and two.
  static func sizes(_ kind: CallKind, _ set: InstructionSet) throws -> [Int] {
    let blocks = try kind.blockSizes(of: set)
    var sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 35, 63, 64, 65]
    for size in blocks { sizes += [size - 1, size, size + 1] }
    return sizes + blocks.suffix(1).map { 2 * $0 + 1 }
  }

  @Test(arguments: callKindsAndKernels)
  func guardZonesStayAsTheyAreAndAreNeverRead(kind: CallKind, set: InstructionSet) throws {
    let kernel = try Kernel(set)
    for count in try Self.sizes(kind, set) {
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
