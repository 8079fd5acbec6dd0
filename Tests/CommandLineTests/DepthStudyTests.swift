import Foundation
import SinglePath
import SinglePathReference
import Testing

@testable import single_path

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Depth study")
struct DepthStudyTests {
  /// A rising curve that all activations can learn something about.
  private let series = Series(
    name: "<S>", x: (0..<12).map { Double($0) }, y: (0..<12).map { tanh(Double($0) / 4 - 1) })

  private func study(epochs: Int = 5, seed: UInt64 = 1, runs: Int = 6) throws -> DepthStudy {
    try DepthStudy(series, settings: DepthStudySettings(epochs: epochs, seed: seed, runs: runs))
  }

  private func ratios(_ results: [DepthStudy.Result]?) throws -> [Double] {
    let gradients = try #require(results).map(\.gradientAtStart)
    return zip(gradients.dropFirst(), gradients).map { $0 / $1 }
  }

  /// A hidden unit multiplies by θ⁽ˡ⁾ σ′, which is at most 1.5 · 0.25 for the sigmoid, and about 1 for
  /// a rectifier. The means are of many paths: those of a few depend on which were drawn.
  @Test(
    "A sigmoid's gradient shrinks with every layer, a rectifier's does not", arguments: 1...8)
  func shrinking(seed: UInt64) throws {
    let study = try study(epochs: 0, seed: seed, runs: 96)
    #expect(try ratios(study.results[.sigmoid]).allSatisfy { $0 < 0.6 })
    let ends = Activation.allCases.map { study.results[$0]?.last?.gradientAtStart ?? 0 }
    let sizes = Dictionary(uniqueKeysWithValues: zip(Activation.allCases, ends))
    let rectifier = try #require(sizes[.relu])
    let (tanh, sigmoid) = (try #require(sizes[.tanh]), try #require(sizes[.sigmoid]))
    #expect(
      rectifier > 2 * tanh && tanh > 100 * sigmoid && sigmoid > 0, "\(rectifier) \(tanh) \(sigmoid)"
    )
  }

  @Test("Without hidden units all activations are the same")
  func depth1() throws {
    let first = try study().results.values.map { $0[0] }
    #expect(Set(first.map(\.gradientAtStart)).count == 1)
    #expect(Set(first.map(\.finalCost)).count == 1)
  }

  @Test("The means are those of the trained paths")
  func means() throws {
    let study = try DepthStudy(series, settings: DepthStudySettings(epochs: 3, seed: 4, runs: 1))
    let result = try #require(study.results[.tanh]?[0])
    let scaling = try Scaling(series, logX: false, shape: PathShape(depth: 1, biases: true))
    let samples = [0, 4, 8].map {
      Sample(x: scaling.scaledX(series.x[$0]), y: scaling.scaledY(series.y[$0]))
    }
    // At depth 1, ∂J/∂θ⁽¹⁾ = (θ x − y) x: its mean at the start tells which θ⁽¹⁾ was drawn.
    func size(_ θ: Double) -> Double {
      samples.map { abs((θ * $0.x - $0.y) * $0.x) }.reduce(0, +) / 3
    }
    var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 1)
    bank.randomize(in: 0.5...1.5, seed: 4)
    var path = ReferencePath(weights: [bank[weight: 1, path: 0]], biases: [0])
    #expect(abs(result.gradientAtStart - size(path.weights[1])) < 1e-12)
    for _ in 0..<3 {
      for sample in samples { path.train([sample], by: DepthStudy.rule) }
    }
    #expect(abs(result.finalCost - path.cost(of: samples) / 3) < 1e-12)
    #expect(result.gradientAfterTraining < result.gradientAtStart)
  }

  @Test("Everything stays finite, and the mean cost falls", arguments: [1, 2, 3])
  func learning(seed: UInt64) throws {
    let (before, after) = (
      try study(epochs: 0, seed: seed, runs: 96), try study(epochs: 60, seed: seed)
    )
    for (activation, results) in after.results {
      let starts = try #require(before.results[activation])
      for (start, end) in zip(starts, results) {
        #expect(end.finalCost.isFinite && end.gradientAfterTraining.isFinite)
        #expect(end.finalCost < start.finalCost, "\(activation)")
      }
    }
  }

  @Test("The table has a row for each depth in each of its three parts")
  func table() throws {
    let lines = try study().text.split(separator: "\n").map { $0.split(separator: " ") }
    let names = ["depth"] + Activation.allCases.map(\.rawValue)
    #expect(lines.filter { $0.map(String.init) == names }.count == 3)
    for depth in 1...8 { #expect(lines.filter { $0.count == 7 && $0[0] == "\(depth)" }.count == 3) }
  }

  @Test("The picture is a document with a labelled line for each activation in both panels")
  func picture() throws {
    let svg = try DepthStudyPicture(study()).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(svg.contains("series &lt;S&gt;"))
    #expect(svg.components(separatedBy: "<polyline").count == 1 + 12)
    for activation in Activation.allCases {
      #expect(svg.components(separatedBy: ">\(activation.rawValue)</text>").count == 1 + 2)
    }
  }

  @Test("Names at the ends of the lines never lie on each other")
  func labels() throws {
    let svg = try DepthStudyPicture(study()).svg
    let names = Activation.allCases.map { ">\($0.rawValue)</text>" }
    let places = svg.split(separator: "\n").filter { line in names.contains { line.hasSuffix($0) } }
      .compactMap { $0.split(separator: "y=\"").last?.split(separator: "\"").first }
      .compactMap { Double($0) }
    #expect(places.count == 12)
    for panel in [places.prefix(6), places.suffix(6)] {
      for (upper, lower) in zip(panel, panel.dropFirst()) { #expect(lower - upper > 11.8) }
    }
  }
}
