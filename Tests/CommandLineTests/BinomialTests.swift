import CommandLineSupport
import Foundation
import SeededRandom
import SinglePath
import Testing

@testable import single_path

/// Animals that received a dose, and how many of them died.
struct DoseGroup {
  let dose: Double
  let animals: Int
  let deaths: Int
}

/// Groups as rows of a fraction and a weight, or animals one by one.
private func fit(_ series: [[DoseGroup]], singly: Bool = false, logX: Bool = false) throws
  -> [FittedCurve]
{
  var text = "s,x,y,n\n"
  for (index, groups) in series.enumerated() {
    for group in groups {
      if singly {
        for animal in 0..<group.animals {
          text += "\(index),\(group.dose),\(animal < group.deaths ? 1 : 0),1\n"
        }
      } else {
        let share = Double(group.deaths) / Double(group.animals)
        text += "\(index),\(group.dose),\(share),\(group.animals)\n"
      }
    }
  }
  var settings = FitSettings()
  (settings.depth, settings.output, settings.cost) = (1, .sigmoid, .crossEntropy)
  settings.logX = logX
  let table = try SeriesTable(
    CSV(Array(text.utf8), name: "f.csv"), columns: ColumnNames(weight: "n"),
    requirements: NumberRequirements(logX: logX, unitY: true))
  return try CurveFitter(table, settings: settings).fit { _ in }.fits
}

private func groups(_ rows: (Double, Int, Int)...) -> [DoseGroup] {
  rows.map { DoseGroup(dose: $0.0, animals: $0.1, deaths: $0.2) }
}

@Suite("Deaths of groups", .printsSeed)
struct BinomialTests {
  /// The doses above 0 of the first type of selenium in Jeske and others, Testing for the equality of EC50 values in
  /// the presence of unequal slopes with application to toxicity of selenium types, 2009. Newton's method in double
  /// precision, apart from this package, gives an LD50 of 252.256 ± 13.83 and a slope of 3.46201.
  static let selenium = groups(
    (100, 146, 40), (200, 116, 31), (300, 159, 85), (400, 150, 102), (500, 140, 112))

  @Test("An LD50 is that of the maximum likelihood, and animals one by one have the same interval")
  func grouped() throws {
    let grouped = try fit([Self.selenium], logX: true)[0]
    let single = try fit([Self.selenium], singly: true, logX: true)[0]
    #expect(grouped.verdict == .converged && single.series.x.count == 711)
    let median = try #require(grouped.estimate(.midpoint))
    #expect(abs(median.value - 252.256) < 5e-4 && abs(median.standardError - 13.83) < 5e-3)
    let slope = try #require(grouped.estimate(.slope))
    #expect(abs(slope.value - 3.46201) < 5e-6)
    // By the normal distribution, as the dispersion is known.
    #expect(abs((slope.high - slope.value) / slope.standardError - 1.959963984540054) < 1e-9)
    #expect(abs(slope.low - 2.76) < 0.005 && abs(slope.high - 4.16) < 0.006)
    for name in [FactName.intercept, .midpoint, .slope] {
      let (one, other) = (
        try #require(grouped.estimate(name)), try #require(single.estimate(name))
      )
      for value in [\Estimate.value, \.standardError, \.low, \.high] {
        #expect(abs(one[keyPath: value] / other[keyPath: value] - 1) < 1e-9, "\(name)")
      }
    }
  }

  @Test("Intervals of LD50 and slope hold the truth in 93 to 97 %", arguments: [false, true])
  func coverage(logX: Bool) throws {
    var simulation = Simulation(stream: logX ? 341 : 340)
    let places = evenly(6, from: -1, to: 1)
    let truths = (0..<1500).map { _ in
      (middle: simulation.uniform(-0.3, 0.3), slope: simulation.uniform(2, 5))
    }
    let series = truths.map { truth in
      places.map { place in
        let risk = 1 / (1 + exp(-truth.slope * (place - truth.middle)))
        let deaths = (0..<40).count { _ in simulation.uniform() < risk }
        return DoseGroup(dose: logX ? pow(10, place) : place, animals: 40, deaths: deaths)
      }
    }
    let fits = try fit(series, logX: logX)
    #expect(fits.count { $0.verdict != .converged } <= 15)
    var held = (middle: 0, slope: 0)
    for (truth, fit) in zip(truths, fits) {
      guard let middle = fit.estimate(.midpoint), let slope = fit.estimate(.slope) else { continue }
      let place = logX ? pow(10, truth.middle) : truth.middle
      if middle.low <= place, place <= middle.high { held.middle += 1 }
      if slope.low <= truth.slope, truth.slope <= slope.high { held.slope += 1 }
    }
    for share in [held.middle, held.slope].map({ Double($0) / Double(truths.count) }) {
      #expect(share >= 0.93 && share <= 0.97, "\(share)")
    }
  }

  @Test("Separation is found in fractions as in labels, complete or but for one dose")
  func separated() throws {
    let parted = [
      groups((1, 5, 0), (2, 5, 3)), groups((1, 5, 2), (2, 5, 5)), groups((1, 5, 5), (2, 5, 0)),
      groups((1, 5, 0), (2, 5, 0), (3, 5, 2), (4, 5, 5)),
      groups((1, 5, 5), (2, 5, 1), (3, 5, 0), (4, 5, 0)),
    ]
    for singly in [false, true] {
      for fit in try fit(parted, singly: singly) {
        #expect(fit.verdict == .separated && fit.estimate(.slope) == nil)
        #expect(fit.reasons == ["x parts the labels: the slope has no end"])
        #expect(fit.facts?.facts.allSatisfy { $0.estimate == nil } == true)
      }
      let same = try fit([groups((1, 5, 0), (2, 5, 0), (3, 5, 0))], singly: singly)[0]
      #expect(same.reasons == ["all labels are the same: the intercept has no end"])
      let two = try fit(
        [groups((1, 200, 40), (2, 200, 120)), groups((1, 9, 2), (2, 9, 2))], singly: singly)
      #expect(two[0].verdict == .converged && two[0].estimate(.slope) != nil)
      #expect(two[1].verdict == .undetermined && two[1].estimate(.slope) == nil)
      #expect(two[1].reasons[0] == "the slope is open: its error is above twice its size")
    }
  }

  @Test("An LD50 beyond the doses is told as a bound")
  func beyond() throws {
    let curve = try fit([groups((1, 40, 1), (2, 40, 4), (3, 40, 10))])[0]
    let median = try #require(curve.facts?.facts.first { $0.name == .midpoint })
    #expect(median.estimate == nil && median.bound == "> 3")
    #expect(curve.reasons.contains("the midpoint lies outside the data"))
    #expect(curve.verdict == .undetermined && curve.estimate(.slope) != nil)
  }
}
