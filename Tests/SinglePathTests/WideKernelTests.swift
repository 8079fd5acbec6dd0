import SeededRandom
import SinglePath
import SinglePathShims
import Testing
import WideKernel

@testable import SinglePathKernel

@Suite(
  "The lanes of AVX-512 give the bits of any others", .enabled(if: hasWideKernel), .printsSeed)
struct WideKernelTests {
  /// Around the 16 and 32 lanes, and around a block of the kind's calls.
  private func sizes(_ kind: CallKind) throws -> [Int] {
    var sizes = [0, 1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 100]
    for size in try kind.blockSizes(Pair<SIMD16<Float>>.self) {
      sizes += [size - 1, size, size + 1, size + 17]
    }
    return sizes
  }

  /// Training, prediction, costs and examination, with guard zones and tails.
  @Test(arguments: CallKind.all)
  func ofAnyNumberOfPaths(kind: CallKind) throws {
    for count in try sizes(kind) {
      let fixture = kind.fixture(count: count, frames: 3)
      let lent = try LentFixture(fixture, .zones)
      for operation in [SP_PREDICT, SP_COST, SP_EXAMINE] {
        try lent.run(operation, by: runWideKernel)
      }
      let diverged = try lent.run(SP_TRAIN, by: runWideKernel)
      #expect(
        try lent.allResults(diverged: diverged) == fixture.allResults(kernels[0]),
        "\(count) paths")
      #expect(lent.isWhole, "\(count) paths")
    }
  }

  @Test(arguments: CallKind.all)
  func whereASampleIsInfiniteOrMissing(kind: CallKind) throws {
    var fixture = kind.fixture(count: 77, frames: 5)
    for i in stride(from: 3, to: fixture.targets.count, by: 11) { fixture.targets[i] = .nan }
    for i in [0, 15, 16, 31, 32, 76] { fixture.inputs[77 + i] = .infinity }
    let lent = try LentFixture(fixture)
    for operation in [SP_PREDICT, SP_COST, SP_EXAMINE] {
      try lent.run(operation, by: runWideKernel)
    }
    let diverged = try lent.run(SP_TRAIN, by: runWideKernel)
    #expect(diverged > 0 || kind.hasEveryOption)
    #expect(try lent.allResults(diverged: diverged) == fixture.allResults(kernels[0]))
  }

  /// Curves of both models, with weights, lengths, frozen parameters, and more frames than a workspace holds.
  @Test(arguments: [2, 3], FitStart.all)
  func ofFits(depth: Int, start: FitStart) throws {
    let shape = try PathShape(depth: depth, biases: true)
    for (count, frames) in [
      (0, 9), (1, 25), (15, 25), (16, 25), (17, 25), (31, 12), (32, 12), (33, 25), (100, 12),
      (18, 700),
    ] {
      let plain = BankFixture(curvesOf: shape, count: count, frames: frames, stream: 191)
      var other = plain
      other.weights = (0..<count * frames).map { Float($0 % 5) / 2 }
      other.lengths = (0..<count).map { UInt32(frames - $0 % 4) }
      var held = plain
      held.frozen = (0..<count).map { ParameterMask(rawValue: $0 % 3 == 1 ? 1 : 0) }
      for fixture in [plain, other, held] {
        #expect(
          try fixture.fitted { try $0.fit(by: runWideKernel, start: start) }
            == fixture.fitted(start: start),
          "\(count) paths, \(frames) frames")
      }
    }
  }
}

extension FitStart {
  static let all = [FitStart.drawn, .given]
}
