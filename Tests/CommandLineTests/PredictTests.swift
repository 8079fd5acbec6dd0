import Foundation
import SeededRandom
import SinglePathReference
import Testing

@testable import single_path

/// A standard curve with a zero blank: three readings of each dose.
private func standards() -> [(dose: Double, reading: Double)] {
  var simulation = Simulation(stream: 3)
  return [0, 1, 3, 10, 30, 100, 300, 1000].flatMap { dose in
    (0..<3).map { _ in
      let signal = dose == 0 ? 0 : 2.2 / (1 + pow(60 / dose, 1.2))
      return (dose, 0.05 + signal + 0.02 * simulation.normal())
    }
  }
}

private func file(_ standards: [(dose: Double, reading: Double)]) -> String {
  "plate,dose,od\n" + standards.map { "P,\($0),\($1)\n" }.joined()
}

@Suite("Predicting", .printsSeed)
struct PredictTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func predict(_ words: [String], points: String, curves: String = "c.json") throws -> Run {
    _ = try folder.write(points, to: "p.csv")
    return try Run(["predict", curves, "p.csv"] + words, folder: folder)
  }

  private func fit(_ data: String, _ words: [String]) throws {
    _ = try folder.write(data, to: "d.csv")
    let run = try Run(["fit", "d.csv", "--json", "c.json"] + words, folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
  }

  private func rows(of file: String) throws -> [[String]] {
    try fields(Array(try Data(contentsOf: URL(fileURLWithPath: folder.file(file)))))
  }

  @Test("An ELISA's doses are read back as by the optimum in double precision")
  func elisa() throws {
    let standards = standards()
    try fit(file(standards), ["--depth", "2", "--log-x"])
    let readings = [0.3, 0.9, 1.2, 1.9]
    let run = try predict(
      ["--inverse", "--out", "o.csv"],
      points: "sample,od\n" + readings.enumerated().map { "u\($0),\($1)\n" }.joined())
    #expect(run.status == 0 && run.errors.isEmpty)
    // The four-parameter logistic, by the reference from its own starts, with 0 far out to the left.
    let samples = standards.map { Sample(x: $0.dose == 0 ? -300 : log10($0.dose), y: $0.reading) }
    let start = ReferencePath(weights: [2.7, 2.2], biases: [-4.9, 0.05])
    let optimum = start.fitted(to: samples)
    #expect(optimum.verdict == .converged)
    let rows = try rows(of: "o.csv")
    #expect(rows[0] == ["sample", "od", "dose", "standardError", "low", "high", "note"])
    for (row, reading) in zip(rows.dropFirst(), readings) {
      let x = try #require(optimum.path.input(of: reading))
      let numbers = row[2...5].compactMap { Double($0) }
      #expect(abs(numbers[0] / pow(10, x) - 1) < 1e-7)
      // var x = (gᵀ C g + s²) / (dy/dx)².
      let s2 = 2 * optimum.cost / 20
      let variance =
        (optimum.covariance.variance(along: optimum.path.jacobianRow(x).all) + s2)
        / (optimum.path.slope(at: x) * optimum.path.slope(at: x))
      let t = 2.085963447265837
      #expect(abs(numbers[3] / pow(10, x + t * variance.squareRoot()) - 1) < 1e-5)
      #expect(abs(numbers[2] / pow(10, x - t * variance.squareRoot()) - 1) < 1e-5)
    }
  }

  @Test("Readings beyond the curve, and doses beyond the data, are said to be that")
  func beyond() throws {
    try fit(file(standards()), ["--depth", "2", "--log-x"])
    let inverse = try predict(["--inverse"], points: "od\n9\n2.2\nNA\n")
    let lines = inverse.output.split(separator: "\n")
    #expect(lines[1].hasSuffix("  outside the curve's range"))
    #expect(lines[2].hasSuffix("  beyond the data"))
    #expect(lines[3].hasSuffix("  missing"))
    let doses = try predict([], points: "dose\n0\n10\n5000\n-1\n").output.split(separator: "\n")
    #expect(doses[1].last == " " && doses[2].last == " ")
    #expect(doses[3].hasSuffix("  beyond the data"))
    #expect(doses[4].hasSuffix("  x has no logarithm"))
  }

  @Test("Predictions are the curve's, with the interval of a line's textbook")
  func line() throws {
    try fit("s,x,y\nA,0,1\nA,1,3.1\nA,2,4.9\nA,3,7.2\nB,0,2\nB,1,0\nB,3,1\n", ["--depth", "1"])
    let run = try predict(["--out", "o.csv"], points: "x,s\n1.5,A\n4,A\n1,B\n")
    #expect(run.status == 0)
    let rows = try rows(of: "o.csv")
    #expect(rows.map(\.[0]) == ["s", "A", "A", "B"])
    // ȳ = 4.05 at x̄ = 1.5, a slope of 2.04, Σ (x − x̄)² = 5.
    #expect(abs((Double(rows[1][2]) ?? 0) - 4.05) < 1e-9)
    #expect(abs((Double(rows[2][2]) ?? 0) - 9.15) < 1e-9)
    let s2 = [1 - 0.99, 3.1 - 3.03, 4.9 - 5.07, 7.2 - 7.11].reduce(0) { $0 + $1 * $1 } / 2
    let error = (s2 * (0.25 + 2.5 * 2.5 / 5)).squareRoot()
    #expect(abs((Double(rows[2][3]) ?? 0) / error - 1) < 1e-6)
    #expect(abs((Double(rows[2][5]) ?? 0) - 9.15 - 4.302652729911275 * error) < 1e-6)
    #expect(rows[2][6] == "beyond the data")
    #expect(rows[3][6] != "missing")
  }

  @Test("Curves of descent have predictions without intervals")
  func descent() throws {
    try fit(
      "s,x,y\nA,0,1\nA,1,3\nA,2,5\n",
      ["--depth", "1", "--method", "descent", "--epochs", "50"])
    _ = try predict(["--out", "o.csv"], points: "x\n1\n")
    let rows = try rows(of: "o.csv")
    #expect(abs((Double(rows[1][2]) ?? 0) - 3) < 0.1 && rows[1][3...5].allSatisfy { $0.isEmpty })
  }

  @Test(
    "What is wrong is said in one line",
    arguments: [
      (["c.json"], 2, "predict needs two files: CURVES.json and POINTS.csv"),
      (["d.csv", "p.csv"], 1, "d.csv is no file of 'single-path fit --json' (format 2)"),
      (["no.json", "p.csv"], 1, "no.json: there is no such file"),
      (["c.json", "p.csv"], 1, "p.csv, row 3: c.json has no curve 'C'"),
      (["c.json", "p.csv", "--curve", "D"], 1, "--curve: c.json has no curve 'D'"),
      (["c.json", "p.csv", "--inverse", "--x", "x"], 2, "--x goes without --inverse"),
      (["c.json", "p.csv", "--y", "x"], 2, "--y goes with --inverse"),
      (["c.json", "p.csv", "--x", "z"], 1, "p.csv has no column 'z'; it has 's', 'x'"),
      (
        ["c.json", "q.csv"], 1,
        "q.csv needs two columns, the name of a curve and 'x', or --curve NAME; it has 'v'"
      ),
      (["c.json", "p.csv", "--out", "p.csv"], 2, "--out p.csv is the file of the points too"),
    ] as [([String], Int32, String)])
  func refusals(words: [String], status: Int32, message: String) throws {
    try fit("s,x,y\nA,0,1\nA,1,3\nA,2,5.1\nB,0,1\nB,1,3\nB,2,5.1\n", ["--depth", "1"])
    _ = try folder.write("s,x\nA,1\nC,2\n", to: "p.csv")
    _ = try folder.write("v\n1\n", to: "q.csv")
    let run = try Run(["predict"] + words, folder: folder)
    #expect(run.status == status && run.output.isEmpty)
    #expect(run.errors.hasPrefix("single-path: \(message)"), "\(run.errors)")
    #expect(run.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test(
    "Curves that no fit wrote are refused by what is wrong with them",
    arguments: [
      ("\"degreesOfFreedom\" : 1", "\"degreesOfFreedom\" : -5", "'degreesOfFreedom' is below 0"),
      (
        #""residualStandardError" : "#, #""residualStandardError" : -"#,
        "'residualStandardError' is below 0"
      ),
      (
        "\"xScale\" : ", "\"xScale\" : 0, \"x\" : ",
        "'xScale' or 'yScale' of its scaling is not above 0"
      ),
      (#""series" : "B""#, #""series" : "A""#, "two curves have this name"),
      (
        "\"covariance\" : [\n        ", "\"covariance\" : [\n        -",
        "'covariance' has a variance below 0"
      ),
      ("\"format\" : 2", "\"format\" : 3", "it has format 3"),
      ("\"weights\" : ", "\"loads\" : ", "'paths[0].weights' is missing"),
      ("\"depth\" : 1", "\"depth\" : \"one\"", "'settings.depth' is of another type"),
      ("\"depth\" : 1", "\"depth\" : 9", "its settings name a depth"),
      ("{", "", "it is no JSON"),
    ])
  func edited(part: String, replacement: String, message: String) throws {
    try fit("s,x,y\nA,0,1\nA,1,3\nA,2,5.1\nB,0,1\nB,1,3\nB,2,5.1\n", ["--depth", "1"])
    let sound = try text(of: folder.file("c.json"))
    let range = try #require(sound.range(of: part))
    _ = try folder.write(sound.replacingCharacters(in: range, with: replacement), to: "e.json")
    let run = try predict([], points: "s,x\nA,1\n", curves: "e.json")
    #expect(run.status == 1 && run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.filter { $0 == "\n" }.count == 1)
    #expect(try predict([], points: "s,x\nA,1\n").status == 0)
  }
}
