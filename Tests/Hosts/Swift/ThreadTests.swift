import CSinglePath
import SeededRandom
import Testing
import TestSupport

@Suite("Calls from C on a thousand threads", .printsSeed)
struct ThreadTests {
  private static let threads = 1_000
  private static let shapes = [
    sp_shape(depth: 3, has_biases: 1, sigmoid: 0), sp_shape(depth: 1, has_biases: 0, sigmoid: 1),
  ]

  /// What each thread does, and whether it could.
  private final class Work {
    let banks: [Bank]
    let paths: [Range<Int>]
    let done: UnsafeMutablePointer<Bool>

    /// - Parameter banks: one for each thread, or one that all share.
    init(_ banks: [Bank], paths: [Range<Int>]) {
      self.banks = banks
      self.paths = paths
      done = .allocate(capacity: paths.count)
      done.initialize(repeating: false, count: paths.count)
    }

    deinit { done.deallocate() }

    func run() -> Bool {
      let failed = ts_run_on_threads(
        paths.count,
        { thread, context in
          guard let context else { return }
          let work = Unmanaged<Work>.fromOpaque(context).takeUnretainedValue()
          let bank = work.banks.count == 1 ? work.banks[0] : work.banks[thread]
          work.done[thread] = bank.runAll(work.paths[thread])
        }, Unmanaged.passUnretained(self).toOpaque())
      return failed == 0 && (0..<paths.count).allSatisfy { done[$0] }
    }
  }

  @Test(arguments: 0..<2)
  func banksOfDifferentThreadsDoNotMeet(shape: Int) {
    func banks() -> [Bank] {
      (0..<Self.threads).map {
        Bank(Self.shapes[shape], count: 1 + $0 % 37, frames: 5, stream: UInt64($0))
      }
    }
    let (together, alone) = (banks(), banks())
    #expect(Work(together, paths: together.map { 0..<$0.count }).run())
    for (bank, expected) in zip(together, alone) {
      #expect(expected.runAll(0..<expected.count))
      #expect(bank.results == expected.results)
    }
  }

  @Test(arguments: 0..<2)
  func rangesOfOneBankDoNotMeet(shape: Int) {
    // Five paths a thread: neither whole vectors nor whole cache lines.
    let paths = (0..<Self.threads).map { 5 * $0..<5 * ($0 + 1) }
    let together = Bank(Self.shapes[shape], count: 5 * Self.threads, frames: 5)
    let alone = Bank(Self.shapes[shape], count: 5 * Self.threads, frames: 5)
    #expect(Work([together], paths: paths).run())
    #expect(alone.runAll(0..<alone.count))
    #expect(together.results == alone.results)
  }
}
