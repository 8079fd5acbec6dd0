import CommandLineSupport
import Foundation
import SeededRandom
import Testing

@testable import single_path

// What a person meets who gives a file and no options.
@Suite("First contact", .printsSeed)
struct FirstContactTests {
  @Test("Melting curves of ten temperatures converge without options, 99 of 100")
  func meltingCurves() throws {
    var simulation = Simulation(stream: 220)
    let series = (0..<1500).map { index in
      let truth = Logistic(
        lower: simulation.uniform(0, 0.1), upper: simulation.uniform(0.8, 1.2),
        midpoint: simulation.uniform(47, 57), slope: -simulation.uniform(0.35, 0.8))
      return truth.series(
        "\(index)", at: [37, 41, 44, 47, 50, 53, 56, 59, 63, 67],
        noise: 0.03 * (truth.upper - truth.lower), using: &simulation)
    }
    let fits = try fit(file(series)).fits
    #expect(fits.count { $0.verdict == .converged } >= 1485)
  }

  @Test("94 of the 96 wells of the plate converge without options")
  func plate() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: dataFile("plate_growth.csv"))))
    let table = try SeriesTable(CSV(bytes, name: "plate.csv"), columns: ColumnNames())
    let report = try CurveFitter(table, settings: FitSettings()).fit { _ in }
    #expect(report.settings.depth == 2)
    #expect(report.fits.count { $0.verdict == .converged } == 94)
  }

  @Test("Depth 3 says so where depth 2 explains the samples as well, but for one in a hundred")
  func needlessDepth() throws {
    var simulation = Simulation(stream: 221)
    let x = evenly(20, from: -6, to: 6)
    let logistic = (0..<200).map {
      Logistic(midpoint: simulation.uniform(-1, 1), slope: simulation.uniform(0.8, 1.5)).series(
        "\($0)", at: x, noise: 0.03, using: &simulation)
    }
    // σ(z)⁸ leaves its lower plateau slowly and meets its upper one fast.
    let asymmetric = (0..<200).map { index in
      Series(
        name: "\(index)", x: x,
        y: x.map { pow(Logistic(midpoint: -2).value($0), 8) + 0.003 * simulation.normal() })
    }
    var settings = FitSettings()
    settings.depth = 3
    func hasReason(_ fit: FittedCurve) -> Bool {
      fit.reasons.contains { $0.hasPrefix("depth 2 explains the samples as well (F is ") }
    }
    // 2 are expected of 200; more than 8 have a chance below 10⁻³.
    #expect(try fit(file(logistic), settings).fits.count { !hasReason($0) } <= 8)
    let fits = try fit(file(asymmetric), settings).fits
    #expect(fits.count(where: hasReason) == 0 && fits.allSatisfy { $0.estimate(.upper) != nil })
    #expect(try fit(file(logistic)).fits.allSatisfy { !hasReason($0) })
  }

  @Test("A fit that was stopped says how far it still had to go, and is not good")
  func stopped() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: dataFile("plate_growth.csv"))))
    let table = try SeriesTable(CSV(bytes, name: "plate.csv"), columns: ColumnNames())
    var settings = FitSettings()
    settings.depth = 3
    let report = try CurveFitter(table, settings: settings).fit { _ in }
    let stopped = report.fits.filter { $0.verdict == .limit || $0.verdict == .stalled }
    #expect(stopped.count > 10)
    let pattern =
      /(the passes were used up|the steps became too short): [wb][123] is (\S+), the next step takes it to (\S+) and the cost down by (\S+) %/
    for fit in stopped {
      #expect(!fit.verdict.isGood)
      let match = try #require(fit.reasons.compactMap { $0.firstMatch(of: pattern) }.first)
      // It is not the optimum: a step would still count.
      #expect(try #require(Double(match.4)) > 0 && match.2 != match.3)
    }
  }
}
