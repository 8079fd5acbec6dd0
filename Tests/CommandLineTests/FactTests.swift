import Foundation
import SeededRandom
import Testing

@testable import single_path

private func settings(depth: Int, logX: Bool = false, growth: Bool = false) -> FitSettings {
  var settings = FitSettings()
  (settings.depth, settings.logX, settings.growth) = (depth, logX, growth)
  return settings
}

extension FittedCurve {
  /// The estimate of a fact; nil where there is none.
  func estimate(_ name: FactName) -> Estimate? {
    facts?.facts.first { $0.name == name }?.estimate
  }
}

@Suite("Facts", .printsSeed)
struct FactTests {
  /// Abramowitz and Stegun, table 26.10, with the digits of R's `qt`.
  @Test(
    "Student's t is that of the tables",
    arguments: [
      (1, 12.706204736432095, 63.65674116287399), (2, 4.302652729911275, 9.92484320091807),
      (5, 2.5705818366147395, 4.032142983557536), (21, 2.079613844727662, 2.8313595580230499),
      (100, 1.983971518523552, 2.625890521442868),
      (1000, 1.962339080792077, 2.580754697954164),
    ])
  func student(ν: Int, of95: Double, of99: Double) {
    #expect(abs(StudentT.quantile95(ν) / of95 - 1) < 1e-9)
    #expect(abs(StudentT.quantile99(ν) / of99 - 1) < 1e-9)
  }

  @Test("Where an expansion takes over, Student's t still holds its share", arguments: 101...120)
  func studentExpansion(ν: Int) {
    #expect(abs(StudentT.probability(within: StudentT.quantile95(ν), ν) - 0.95) < 1e-9)
    #expect(abs(StudentT.probability(within: StudentT.quantile99(ν), ν) - 0.99) < 1e-9)
  }

  @Test("Intervals of 2,000 curves hold the truth in 93 to 97 %", arguments: [false, true])
  func coverage(logX: Bool) throws {
    var simulation = Simulation(stream: logX ? 51 : 50)
    let x = evenly(24, from: -2, to: 2)
    let truths = (0..<2000).map { _ in
      Logistic(
        lower: simulation.uniform(-5, 5), upper: simulation.uniform(6, 20),
        midpoint: simulation.uniform(-0.8, 0.8),
        slope: (simulation.uniform() < 0.5 ? -1 : 1) * simulation.uniform(2.5, 6))
    }
    let series = truths.enumerated().map { index, truth in
      var one = truth.series(
        "\(index)", at: x, noise: 0.02 * (truth.upper - truth.lower), using: &simulation)
      if logX { one.x = one.x.map { pow(10, $0) } }
      return one
    }
    let table = try readSeries(file(series), requirements: NumberRequirements(logX: logX))
    let fits = try CurveFitter(table, settings: settings(depth: 2, logX: logX)).fit { _ in }.fits
    // Good curves: no alarm but by chance.
    #expect(fits.count { !$0.verdict.isGood } <= 20)
    for name in [FactName.lower, .upper, .midpoint, .slope] {
      var held = 0
      var count = 0
      for (truth, fit) in zip(truths, fits) {
        guard let estimate = fit.estimate(name) else { continue }
        let value =
          switch name {
          case .lower: truth.lower
          case .upper: truth.upper
          case .midpoint: logX ? pow(10, truth.midpoint) : truth.midpoint
          default: truth.slope / (logX ? log(10) : 1)
          }
        count += 1
        if estimate.low <= value && value <= estimate.high { held += 1 }
        #expect(estimate.low <= estimate.value && estimate.value <= estimate.high)
      }
      let share = Double(held) / Double(count)
      #expect(count >= 1980 && share >= 0.93 && share <= 0.97, "\(name): \(share) of \(count)")
    }
  }

  @Test("The facts of a curve without errors are the curve's, in the user's units")
  func exact() throws {
    var simulation = Simulation(stream: 1)
    let truth = Logistic(lower: 3, upper: 7, midpoint: 130, slope: -0.2)
    let curve = try fit(
      file([truth.series(at: evenly(31, from: 100, to: 160), using: &simulation)]),
      settings(depth: 2)
    ).fits[0]
    func agrees(_ name: FactName, _ value: Double) {
      let estimate = curve.estimate(name)
      #expect(abs((estimate?.value ?? .nan) / value - 1) < 1e-7, "\(name)")
    }
    agrees(.lower, 3)
    agrees(.upper, 7)
    agrees(.midpoint, 130)
    agrees(.slope, -0.2)
    agrees(.steepness, -0.2)
    let facts = try #require(curve.facts)
    #expect(facts.rSquared > 1 - 1e-12 && facts.degreesOfFreedom == 27)
    // ∫ from 100 to 160, symmetrical about the midpoint.
    #expect(abs(facts.area - 300) < 1e-4)
  }

  @Test("A line has an intercept and a slope with their textbook errors", arguments: [false, true])
  func line(logX: Bool) throws {
    let x = [0.0, 1, 2, 3]
    let points = zip(x.map { logX ? pow(10, $0) : $0 }, [2.1, 3.9, 6.2, 7.8]).map { ($0, $1) }
    let y = points.map(\.1)
    let table = try readSeries(
      "s,x,y\n" + points.map { "A,\($0),\($1)\n" }.joined(),
      requirements: NumberRequirements(logX: logX))
    let curve = try CurveFitter(table, settings: settings(depth: 1, logX: logX)).fit { _ in }.fits[
      0]
    let (xMean, yMean) = (mean(x), mean(y))
    let spread = x.reduce(0) { $0 + ($1 - xMean) * ($1 - xMean) }
    let slope = zip(x, y).reduce(0) { $0 + ($1.0 - xMean) * ($1.1 - yMean) } / spread
    let rest = zip(x, y).reduce(0) { sum, point in
      let error = yMean + slope * (point.0 - xMean) - point.1
      return sum + error * error
    }
    let s = (rest / 2).squareRoot()
    let estimates = (curve.estimate(.slope), curve.estimate(.intercept))
    let (found, intercept) = (try #require(estimates.0), try #require(estimates.1))
    #expect(abs(found.value / slope - 1) < 1e-9)
    #expect(abs(found.standardError / (s / spread.squareRoot()) - 1) < 1e-6)
    #expect(abs(found.high - found.value - 4.302652729911275 * found.standardError) < 1e-6)
    #expect(abs(intercept.value - (yMean - slope * xMean)) < 1e-9)
    let error = s * (1 / 4 + xMean * xMean / spread).squareRoot()
    #expect(abs(intercept.standardError / error - 1) < 1e-6)
    #expect(abs((curve.facts?.residualStandardError ?? 0) / s - 1) < 1e-9)
  }

  @Test("At depth 3 plateaus, half height and the steepest place are the curve's")
  func depthThree() throws {
    // σ(3 σ(x) − 1) rises from σ(−1) to σ(2).
    func σ(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
    let x = evenly(60, from: -8, to: 8)
    let series = Series(name: "A", x: x, y: x.map { σ(3 * σ($0) - 1) })
    let curve = try fit(file([series]), settings(depth: 3)).fits[0]
    #expect(curve.verdict == .converged)
    let half = (σ(-1) + σ(2)) / 2
    let place = log((log(half / (1 - half)) + 1) / 3 / (1 - (log(half / (1 - half)) + 1) / 3))
    func slope(_ x: Double) -> Double {
      let (a, last) = (σ(x), σ(3 * σ(x) - 1))
      return 3 * last * (1 - last) * a * (1 - a)
    }
    let steepest = evenly(200_001, from: -1, to: 1).max { slope($0) < slope($1) } ?? 0
    for (name, value) in [
      (FactName.lower, σ(-1)), (.upper, σ(2)), (.midpoint, place), (.steepness, slope(steepest)),
      (.steepestAt, steepest),
    ] {
      let estimate = try #require(curve.estimate(name))
      #expect(abs(estimate.value - value) < 2e-5, "\(name)")
    }
    #expect(curve.estimate(.slope) == nil)
  }

  @Test("Growth in its own words")
  func growth() throws {
    var simulation = Simulation(stream: 5)
    let truth = Logistic(lower: 0.1, upper: 0.9, midpoint: 6, slope: 1.2)
    let series = truth.series(at: evenly(50, from: 0, to: 12), noise: 1e-4, using: &simulation)
    let curve = try fit(file([series]), settings(depth: 2, growth: true)).fits[0]
    for (name, value) in [
      (FactName.maximumRate, 0.8 * 1.2 / 4), (.doublingTime, log(2) / 1.2), (.lag, 6 - 2 / 1.2),
      (.carryingCapacity, 0.9),
    ] {
      let estimate = try #require(curve.estimate(name))
      #expect(abs(estimate.value / value - 1) < 0.005, "\(name)")
      // An interval holds the truth 19 times of 20; 2.5 times as wide, but once in 10⁵.
      #expect(abs(estimate.value - value) <= 1.25 * (estimate.high - estimate.low), "\(name)")
    }
    // A curve that falls does not grow.
    let falling = Logistic(lower: 0.1, upper: 0.9, midpoint: 6, slope: -1.2)
    let fallen = try fit(
      file([falling.series(at: evenly(50, from: 0, to: 12), noise: 1e-4, using: &simulation)]),
      settings(depth: 2, growth: true)
    ).fits[0]
    #expect(fallen.estimate(.maximumRate) == nil && fallen.estimate(.carryingCapacity) == nil)
  }
}

@Suite("Verdicts", .printsSeed)
struct VerdictTests {
  /// The verdict of samples, and its reasons as one text.
  private func verdict(_ series: Series, depth: Int = 2) throws -> (CurveVerdict, String) {
    let curve = try fit(file([series]), settings(depth: depth)).fits[0]
    return (curve.verdict, curve.reasons.joined(separator: "; "))
  }

  @Test(
    "Noise is flat, but for one in a hundred",
    arguments: [(2, 8), (2, 12), (2, 30), (3, 8), (3, 12), (3, 30)])
  func flat(depth: Int, count: Int) throws {
    var simulation = Simulation(stream: 77)
    let series = (0..<400).map { index in
      let noise = simulation.noise(count)
      return Series(name: "\(index)", x: noise.x, y: noise.y)
    }
    let fits = try fit(file(series), settings(depth: depth)).fits
    // 4 are expected of 400; more than 12 have a chance below 10⁻³.
    #expect(fits.count { $0.verdict != .flat } <= 12)
    let one = try #require(fits.first { $0.verdict == .flat })
    #expect(one.reasons[0].hasPrefix("a constant explains the samples as well (F is "))
    #expect(one.facts?.facts.allSatisfy { $0.estimate == nil } == true)
    #expect(try verdict(Series(name: "A", x: [1, 2, 3, 4, 5], y: [7, 7, 7, 7, 7])).0 == .flat)
  }

  @Test("A step between two doses leaves the slope free")
  func slopeFree() throws {
    let y = [0.01, -0.02, 0.01, 0.0, 1.01, 0.99, 1.0, 1.02]
    let (found, reasons) = try verdict(Series(name: "A", x: (0..<8).map(Double.init), y: y))
    #expect(found == .undetermined && reasons.contains("the slope is free"))
  }

  @Test("A plateau and a midpoint that are not in the data are said to be open")
  func openEnds() throws {
    let beginning = Logistic(lower: 0, upper: 10, midpoint: 20, slope: 0.5)
    // Errors that turn their sign from sample to sample bend nothing, as random ones may.
    let x = evenly(20, from: 0, to: 12)
    let y = x.enumerated().map { beginning.value($1) + ($0 % 2 == 0 ? 0.002 : -0.002) }
    let series = Series(name: "A", x: x, y: y)
    let curve = try fit(file([series]), settings(depth: 2)).fits[0]
    #expect(curve.verdict == .undetermined)
    #expect(curve.estimate(.upper) == nil && curve.estimate(.lower) != nil)
    #expect(curve.reasons.contains("the upper plateau is not seen"))
    let midpoint = try #require(curve.facts?.facts.first { $0.name == .midpoint })
    #expect(midpoint.estimate == nil && midpoint.bound == "> 12")
    let report = try fit(file([series]), settings(depth: 2))
    #expect(report.text.contains("> 12") && report.text.contains("  –  "))
    #expect(try report.json().contains("\"midpoint\" : null"))
  }

  @Test("A bend that may be noise is not taken for a plateau")
  func bends() throws {
    var simulation = Simulation(stream: 10)
    let beginning = Logistic(lower: 0, upper: 10, midpoint: 20, slope: 0.5)
    let series = (0..<300).map {
      beginning.series("\($0)", at: evenly(20, from: 0, to: 12), noise: 0.02, using: &simulation)
    }
    let fits = try fit(file(series), settings(depth: 2)).fits
    // 5 % are expected; more than 9 % have a chance below 10⁻³.
    #expect(fits.count { $0.verdict != .undetermined } <= 27)
  }

  @Test("Too few samples are counted")
  func tooFew() throws {
    let series = Series(name: "A", x: [0, 1, 2, 3], y: [0, 1, 3, 4])
    let (found, reasons) = try verdict(series)
    #expect(found == .tooFewSamples && reasons == "4 parameters need 5 points; it has 4")
    let report = try fit("s,x,y\nA,0,0\nA,1,1\nB,1,2\nB,2,4.5\nB,3,6\nB,4,8\n", settings(depth: 1))
    #expect(report.fits.map(\.verdict) == [.tooFewSamples, .converged])
  }

  @Test("Labels that x parts are separated")
  func separated() throws {
    var settings = settings(depth: 1)
    (settings.output, settings.cost) = (.sigmoid, .crossEntropy)
    func verdict(_ labels: [Int]) throws -> FittedCurve {
      let rows = labels.enumerated().map { "A,\($0),\($1)\n" }
      return try fit("s,x,y\n" + rows.joined(), settings).fits[0]
    }
    let parted = try verdict([0, 0, 0, 1, 1, 1])
    #expect(parted.verdict == .separated && parted.estimate(.slope) == nil)
    #expect(parted.reasons == ["x parts the labels: the slope has no end"])
    #expect(try verdict([1, 1, 1, 1, 1, 1]).verdict == .separated)
    let mixed = try verdict([0, 0, 1, 0, 1, 1])
    #expect(mixed.verdict == .converged && mixed.estimate(.slope) != nil)
  }
}
