import CommandLineSupport
import Foundation
import SeededRandom
import SinglePath
import Testing

@testable import single_path

/// Fits of x = 0 under a logarithm.
private func fitLogX(
  _ text: String, depth: Int = 2, hidden: HiddenActivation = .sigmoid,
  _ output: OutputActivation = .identity, _ cost: CostFunction = .squaredError,
  method: FitMethod = .leastSquares, frozen: [FrozenParameter] = []
) throws -> FitReport {
  var settings = FitSettings()
  (settings.depth, settings.hidden, settings.output) = (depth, hidden, output)
  (settings.cost, settings.logX, settings.method) = (cost, true, method)
  (settings.freeze, settings.epochs) = (frozen, 2000)
  let table = try readSeries(text, requirements: NumberRequirements(logX: true))
  return try CurveFitter(table, settings: settings).fit { _ in }
}

/// Doses above 0 with two readings each.
private let readings = [
  (1.0, 0.11), (1, 0.1), (3, 0.22), (3, 0.2), (10, 0.45), (10, 0.47), (30, 0.72), (30, 0.7),
  (100, 0.88),
  (100, 0.9), (300, 0.95), (300, 0.96),
]

private func rows(_ zeros: [Double], falling: Bool) -> String {
  let all = readings + zeros.map { (0, $0) }
  return "s,x,y\n" + all.map { "A,\($0.0),\(falling ? 1 - $0.1 : $0.1)\n" }.joined()
}

@Suite("A dose of 0", .printsSeed)
struct ZeroDoseTests {
  /// Every shape whose curves may have no plateau at x = 0, and whether it has one if it rises.
  static let openShapes: [(Int, HiddenActivation, OutputActivation, CostFunction, Bool)] = [
    (1, .sigmoid, .identity, .squaredError, false),
    (1, .sigmoid, .identity, .huber(threshold: 0.1), false),
    (1, .sigmoid, .identity, .crossEntropy, false),
    (1, .sigmoid, .sigmoid, .crossEntropy, false), (1, .sigmoid, .softmax, .crossEntropy, false),
    (1, .sigmoid, .softplus, .squaredError, true), (2, .identity, .identity, .squaredError, false),
    (2, .identity, .sigmoid, .crossEntropy, false),
    (2, .leakyReLU, .identity, .squaredError, false),
    (2, .relu, .identity, .squaredError, true), (2, .softplus, .identity, .squaredError, true),
    (2, .softplus, .sigmoid, .crossEntropy, true),
    (3, .relu, .identity, .huber(threshold: 0.1), true),
  ]

  @Test("never bends a curve that has no plateau there", arguments: 0..<13, [true, false])
  func open(index: Int, falling: Bool) throws {
    let (depth, hidden, output, cost, risesFromPlateau) = Self.openShapes[index]
    if risesFromPlateau, !falling { return }
    // Wherever they are, the readings at 0 change nothing, and their number is told.
    let zeros = [0.5, 0.02, 1]
    let clean = try fitLogX(rows([], falling: falling), depth: depth, hidden: hidden, output, cost)
    let other = try fitLogX(
      rows(zeros, falling: falling), depth: depth, hidden: hidden, output, cost)
    let (one, two) = (clean.fits[0], other.fits[0])
    if hidden == .relu || hidden == .softplus, two.series.leftOut == 0 {
      // A rectifier may as well have its plateau on this side, by two signs turned.
      #expect(two.value(at: 0).isFinite)
      return
    }
    #expect(two.weights == one.weights && two.biases == one.biases)
    #expect(two.verdict == one.verdict && two.series.x.count == 12)
    let remark = "3 samples at x = 0 left out, where no curve of this shape has a finite cost"
    #expect(two.reasons == one.reasons + [remark])
    #expect(other.summary.contains(", 3 samples at x = 0 left out, "))
    #expect(try other.json().contains("\"leftOut\" : 3"))
    #expect(!clean.summary.contains("left out"))
  }

  @Test(
    "counts where a rectifier has its plateau on that side",
    arguments: [
      HiddenActivation.relu, .softplus,
    ])
  func rectifier(hidden: HiddenActivation) throws {
    // 2 up to a dose of 10, then 1 more each decade.
    let doses = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000]
    let y = doses.map { 2 + max(0, log10($0) - 1) }
    let text = "s,x,y\n" + zip(doses, y).map { "A,\($0),\($1)\n" }.joined() + "A,0,2.3\nA,0,2.1\n"
    let report = try fitLogX(text, hidden: hidden)
    let curve = report.fits[0]
    #expect(curve.series.leftOut == 0 && curve.series.x.count == 11)
    // The plateau is the mean of what lies on it, the readings at 0 among them.
    if hidden == .relu {
      #expect(abs(curve.value(at: 0.1) - (2 * 5 + 2.3 + 2.1) / 7) < 0.02)
    }
    #expect(report.summary.contains("2 samples at x = 0 taken for the plateau alone"))
  }

  @Test("counts at a plateau, free or held", arguments: [false, true])
  func plateau(isHeld: Bool) throws {
    let held = [FrozenParameter(isBias: true, layer: 2, value: 0)]
    for zeros in [[0.05, 0.06], [0.02, 0.01]] {
      let curve = try fitLogX(rows(zeros, falling: false), frozen: isHeld ? held : []).fits[0]
      #expect(curve.series.leftOut == 0 && curve.facts?.degreesOfFreedom == (isHeld ? 11 : 10))
      let lower = try #require(curve.facts?.facts.first { $0.name == .lower }?.estimate)
      // Held in scaled units, at the least y.
      if isHeld { #expect(abs(lower.value - (zeros.min() ?? 0)) < 1e-12) }
    }
    for (depth, output, cost) in [
      (1, OutputActivation.sigmoid, CostFunction.squaredError), (1, .tanh, .crossEntropy),
      (2, .sigmoid, .crossEntropy), (3, .softplus, .squaredError),
    ] {
      let curve = try fitLogX(rows([0.05], falling: false), depth: depth, output, cost).fits[0]
      #expect(curve.series.leftOut == 0 && curve.series.x.count == 13)
    }
  }

  @Test("is left out by descent too")
  func descent() throws {
    func fits(_ zeros: [Double]) throws -> FittedCurve {
      try fitLogX(rows(zeros, falling: false), depth: 1, method: .descent).fits[0]
    }
    #expect(try fits([0.9, 0.8]).weights == fits([]).weights)
    #expect(try fits([0.9]).verdictInWords.contains("1 sample at x = 0 left out"))
  }

  @Test("leaves a standard curve of a qPCR as it is, two blanks at quantity 0 or none")
  func standardCurve() throws {
    var simulation = Simulation(stream: 34)
    let quantities = [10.0, 100, 1e3, 1e4, 1e5, 1e6]
    let cycles = quantities.map { 38 - 3.33 * log10($0) + 0.1 * simulation.normal() }
    let text = "s,x,y\n" + zip(quantities, cycles).map { "A,\($0),\($1)\n" }.joined()
    let folder = try TemporaryFolder()
    _ = try folder.write(text + "A,0,39.1\nA,0,38.7\n", to: "f.csv")
    let run = try Run(
      ["fit", "f.csv", "--depth", "1", "--log-x", "--json", "c.json"], folder: folder)
    #expect(run.status == 0 && run.output.contains("  converged: 2 samples at x = 0 left out, "))
    let slope = try #require(
      try fitLogX(text + "A,0,39.1\nA,0,38.7\n", depth: 1).fits[0].estimate(.slope))
    #expect(try fitLogX(text, depth: 1).fits[0].estimate(.slope) == slope)
    #expect(abs(slope.value + 3.33) < 0.2)
    // Where the line has no end there is nothing to predict.
    _ = try folder.write("x\n0\n10\n", to: "p.csv")
    let points = try Run(["predict", "c.json", "p.csv"], folder: folder).output.split(
      separator: "\n")
    #expect(points[1].hasSuffix("  x has no logarithm") && points[2].last == " ")
    // Or such rows are refused.
    let refused = try Run(
      ["fit", "f.csv", "--depth", "1", "--log-x", "--zero", "refuse"], folder: folder)
    #expect(
      refused.errors
        == "single-path: f.csv, row 8, column 'x': 0.0 has no logarithm; --log-x needs every x above 0\n"
    )
    // And what is left may be too little.
    let few = try fitLogX(
      "s,x,y\nA,0,1\nA,0,2\nA,5,3\nB,1,1\nB,10,2\nB,100,3.01\nB,1000,4\n", depth: 1)
    #expect(few.fits[0].verdictInWords.hasPrefix("too few samples: one point with an x above 0; 2"))
    #expect(few.fits[1].verdict == .converged)
  }
}
