import CommandLineSupport
import Foundation
import SeededRandom
import SinglePath
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

  @Test("A value has as many digits as its error has places, in the table and in what is predicted")
  func digits() throws {
    #expect(short(6.26608, to: 0.024) == "6.2661" && short(1_700_009_046.5, to: 40) == "1700009046")
    #expect(short(1_700_009_046.5, to: 0.5) == "1700009046.5" && short(0, to: 1) == "0")
    #expect(short(1e300, to: 1e-300).count <= 24 && short(.nan, to: 1) == "nan")
    var simulation = Simulation(stream: 222)
    var series = Logistic(midpoint: 9000, slope: 0.001).series(
      at: evenly(40, from: 0, to: 18_000), noise: 0.01, using: &simulation)
    series.x = series.x.map { $0 + 1.7e9 }
    let report = try fit(file([series]))
    let midpoint = try #require(report.fits[0].estimate(.midpoint))
    let printed = try #require(report.text.firstMatch(of: /17000\d+/)).output
    #expect(abs(try #require(Double(printed)) - midpoint.value) < midpoint.standardError)
    // A bound has the digits of the data's range.
    let x = evenly(20, from: 0, to: 12)
    series.x = x.map { $0 + 1.7e9 }
    series.y = x.enumerated().map {
      Logistic(upper: 10, midpoint: 20, slope: 0.5).value($1) + ($0 % 2 == 0 ? 0.002 : -0.002)
    }
    #expect(try fit(file([series])).text.contains("> 1700000012"))
  }

  @Test("A run in which nothing was fitted has no median")
  func nothingFitted() throws {
    let report = try fit("s,x,y\nA,0,1\nA,1,2\n")
    #expect(report.summary.contains(", 1 too few samples, least squares in "))
    #expect(try report.json().contains("\"medianRmsePercent\" : null"))
  }

  @Test("Descent that ends beyond a constant says what to change")
  func poorDescent() throws {
    let series = Series(name: "A", x: [1, 2, 3], y: [0, 0, 1])
    let shape = try PathShape(depth: 1, biases: false)
    func reasons(_ predictions: [Float]) throws -> [String] {
      FittedCurve(
        series: series, weights: [1], biases: [], shape: shape,
        scaling: try Scaling(series, logX: false, shape: shape), predictions: predictions,
        verdict: .trained
      ).reasons
    }
    #expect(
      try reasons([3, 3, -3])
        == ["a constant explains the samples better; lower --rate, or give --batch all"])
    #expect(try reasons([-0.6, -0.6, 1.3]).isEmpty)
  }

  /// Viability against dose and against its logarithm, a melting curve with Excel's error cells, and unsorted
  /// replicates with an outlier; right answers by an unweighted fit from many starts, apart from this package.
  @Test("The commands of the README read a person's own file right")
  func readme() throws {
    let folder = try TemporaryFolder()
    var simulation = Simulation(stream: 223)
    let curve = Logistic(lower: 0.04, upper: 1, midpoint: -0.92, slope: -2.6)
    let places = evenly(21, from: -2.5, to: 1)
    let y = places.map { curve.value($0) + 0.02 * simulation.normal() }
    func write(_ name: String, _ x: (Double) -> Double) throws {
      let rows = zip(places, y).map { "half,\(x($0)),\($1)\n" }
      _ = try folder.write("sample,dose,viability\n" + rows.joined(), to: name)
    }
    try write("dose.csv") { pow(10, $0) }
    try write("log.csv") { $0 }
    func fact(_ words: [String]) throws -> (midpoint: Double, slope: Double, verdict: String) {
      let run = try Run(["fit"] + words + ["--json", "c.json"], folder: folder)
      #expect(run.status == 0 && run.errors.isEmpty)
      let json = try JSONSerialization.jsonObject(with: Data(text(of: folder.file("c.json")).utf8))
      let path = try #require(((json as? [String: Any])?["paths"] as? [[String: Any]])?.first)
      let facts = try #require(path["facts"] as? [String: [String: Double]])
      return (
        try #require(facts["midpoint"]?["value"]), try #require(facts["slope"]?["value"]),
        try #require(path["verdict"] as? String)
      )
    }
    let (dose, log) = (try fact(["dose.csv", "--log-x"]), try fact(["log.csv"]))
    #expect(dose.verdict == "converged" && log.verdict == "converged")
    // One curve, whichever way x is given; the Hill slope is the slope by e-fold.
    #expect(abs(dose.midpoint / pow(10, log.midpoint) - 1) < 1e-9)
    #expect(abs(dose.slope * Foundation.log(10) / log.slope - 1) < 1e-9)
    #expect(abs(log.midpoint + 0.92) < 0.05)
    // The curve at a given y.
    _ = try folder.write("viability\n0.5\n", to: "p.csv")
    _ = try fact(["dose.csv", "--log-x"])
    let inverse = try Run(
      ["predict", "c.json", "p.csv", "--inverse", "--out", "o.csv"], folder: folder)
    #expect(inverse.status == 0)
    let cells = try fields(Array(text(of: folder.file("o.csv")).utf8))
    #expect(
      abs(log10(try #require(Double(cells[1][2]))) - (-0.92 + Foundation.log(0.5 / 0.46) / 2.6))
        < 0.03)
    // Excel's errors are named by row and column, and with --missing left out.
    let melting = zip(evenly(10, from: 37, to: 67), 0...).map { x, t in
      "P,\(x),\(t == 3 ? "#N/A" : t == 7 ? "#DIV/0!" : "\(Logistic(midpoint: 52, slope: -0.5).value(x))")\n"
    }
    _ = try folder.write("protein,temperature,ratio\n" + melting.joined(), to: "m.csv")
    let refused = try Run(["fit", "m.csv"], folder: folder)
    #expect(refused.status == 1 && refused.errors.contains("row 5, column 'ratio': '#N/A'"))
    let melted = try fact(["m.csv", "--missing", "#N/A,#DIV/0!"])
    #expect(melted.verdict == "converged" && abs(melted.midpoint - 52) < 1e-4)
    // Unsorted rows are the same series.
    let sorted = evenly(49, from: 0, to: 100).map {
      "m,\($0),\(4.5 * Logistic(midpoint: 58, slope: 0.11).value($0) + 0.3 * simulation.normal())\n"
    }
    _ = try folder.write("muscle,x,y\n" + sorted.joined(), to: "s.csv")
    _ = try folder.write(
      "muscle,x,y\n" + (0..<49).map { sorted[$0 * 20 % 49] }.joined(), to: "u.csv")
    let (one, other) = (try fact(["s.csv"]), try fact(["u.csv"]))
    #expect(one.verdict == "converged" && abs(one.midpoint / other.midpoint - 1) < 1e-8)
    #expect(abs(one.midpoint - 58) < 3)
  }
}
