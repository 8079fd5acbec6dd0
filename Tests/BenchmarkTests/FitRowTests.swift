import CommandLineSupport
import SinglePath
import Testing

@testable import benchmarks

@Suite("Rows of fits")
struct FitRowTests {
  private func loaded(
    _ operation: Workload.Operation, _ size: Size, depth: Int = 2
  ) throws -> LoadedWorkload {
    let loaded = try LoadedWorkload(
      Workload(
        operation: operation, size: size, depth: depth, hasBiases: true, engine: Catalogue.best))
    try loaded.call(times: 1)
    try Proof(loaded).check()
    return loaded
  }

  @Test("Least squares ends at the optimum after a few passes")
  func leastSquares() throws {
    let quality = FitQuality(try loaded(.fit, .curves(.assay25, 64)))
    #expect(quality.withinOneMillionth >= 0.95 && quality.withinOnePercent == 1)
    #expect(quality.passesPerCurve > 2 && quality.passesPerCurve < 20)
  }

  @Test("Descent comes within a percent of it after thousands")
  func descent() throws {
    let quality = FitQuality(try loaded(.descend, .curves(.assay25, 16)))
    #expect(quality.passesPerCurve == 4000 && quality.withinOnePercent > 0.5)
    #expect(quality.withinOneMillionth <= quality.withinOnePercent)
  }

  @Test("Labels are calibrated")
  func labels() throws {
    let loaded = try loaded(.fit, .curves(.platt200, 16), depth: 1)
    #expect((0..<200 * 16).allSatisfy { [0, 1].contains(loaded.targets[$0]) })
    #expect(FitQuality(loaded).withinOneMillionth >= 0.9)
  }

  @Test("Curves are as wide as those of assays, with a trend either way")
  func data() {
    let paths = 0..<1000
    let last = paths.map { FitData.assay25.target(24, $0) }
    let rising = paths.filter { FitData.assay25.target(24, $0) > FitData.assay25.target(0, $0) }
    #expect(abs(rising.count - 500) < 60)
    #expect(last.allSatisfy { (-0.3...1.5).contains($0) })
    #expect(FitData.dose8.input(0) == -2 && FitData.dose8.input(7) == 2)
    #expect(FitData.platt200.input(199) == 3)
  }
}
