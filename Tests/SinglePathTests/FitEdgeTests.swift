import SeededRandom
import SinglePath
import Testing

/// Samples that determine no curve, or hardly one, each with the verdicts that say so.
struct FitEdge: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let x: [Float]
  let y: [Float]
  let verdicts: Set<Verdict>

  static let line = (0..<12).map { Float($0) }
  static let grid = (0..<25).map { Float($0) / 24 }
  static let curve = line.map { 1 / (1 + Float(2.5) * 0.5 * ($0 > 5 ? 0.1 : 1.9)) }

  static let all = [
    FitEdge("no samples", [], [], [.tooFewSamples]),
    FitEdge("one", [1], [2], [.tooFewSamples]),
    FitEdge("four", [1, 2, 3, 4], [1, 2, 2.5, 2.7], [.tooFewSamples]),
    FitEdge(
      "three distinct x", [1, 1, 2, 2, 3, 3], [0, 0.1, 1, 1.1, 2, 2.2],
      [.tooFewSamples, .undetermined]),
    FitEdge(
      "a constant x", [Float](repeating: 2, count: 9), Array(line[..<9]),
      [.tooFewSamples, .undetermined]),
    FitEdge("a constant y", line, [Float](repeating: 3.7, count: 12), [.flat]),
    FitEdge("an infinite y", line, Array(line[..<11]) + [.infinity], [.nonFiniteInput]),
    FitEdge("an infinite x", Array(line[..<11]) + [-.infinity], line, [.nonFiniteInput]),
    FitEdge("all missing", line, [Float](repeating: .nan, count: 12), [.tooFewSamples]),
    FitEdge("an exact line", line, line.map { 2 * $0 - 3 }, [.undetermined, .limit, .stalled]),
    FitEdge("an exact step", line, line.map { $0 < 6 ? 0 : 1 }, [.undetermined]),
    FitEdge("a step of few samples", line, line.map { $0 < 10 ? 0 : 1 }, [.undetermined]),
    FitEdge("a step of 25", grid, grid.map { $0 > 0.5 ? 1 : 0 }, [.undetermined]),
    FitEdge(
      "a step of 100", (0..<100).map { Float($0) / 99 }, (0..<100).map { $0 < 37 ? 5 : 4 },
      [.undetermined]),
    FitEdge(
      "a step with errors of 10⁻⁵", grid,
      grid.enumerated().map { ($1 > 0.5 ? 1 : 0) + 1e-5 * Float(($0 * 7) % 5 - 2) }, [.undetermined]
    ),
  ]

  init(_ name: String, _ x: [Float], _ y: [Float], _ verdicts: Set<Verdict>) {
    (testDescription, self.x, self.y, self.verdicts) = (name, x, y, verdicts)
  }
}

@Suite("A fit never claims what its samples do not determine", .printsSeed)
struct FitEdgeTests {
  @Test(arguments: FitEdge.all)
  func itsVerdictSaysSo(edge: FitEdge) throws {
    for count in [1, 8, 19] {
      let fixture = FitFixture(count: count, x: edge.x, y: edge.y)
      let result = try fixture.fitted(Kernel())
      for i in 0..<count {
        #expect(edge.verdicts.contains(result.verdicts[i]), "\(result.verdicts[i])")
        #expect((0..<4).allSatisfy { result.row(FitRow.count + $0, i) != 0 })
      }
      if edge.verdicts.isSubset(of: [.tooFewSamples, .nonFiniteInput]) {
        #expect(result.parameters == fixture.parameters.map(\.bitPattern))
      }
    }
  }

  /// The sizes of y at which squares leave the range of a float, and an offset that takes half its digits.
  @Test(arguments: [(1e30, 0, 0), (1e-30, 0, 0), (1, 0, 1e6)] as [(Float, Float, Float)])
  func extremeUnitsAreFitted(scale: Float, offsetY: Float, offsetX: Float) throws {
    var curves = FitFixture(count: 16, noise: 0.02, stream: 81)
    curves.inputs = curves.inputs.map { $0 * 16 + offsetX }
    let plain = try curves.fitted(Kernel())
    curves.targets = curves.targets.map { $0 * scale + offsetY }
    let result = try curves.fitted(Kernel())
    for i in 0..<16 {
      let weight2 = Float(bitPattern: result.parameters[16 + i])
      let expected = Float(bitPattern: plain.parameters[16 + i]) * scale
      #expect(abs(weight2 / expected - 1) < 1e-3)
      #expect(result.verdicts[i] == plain.verdicts[i])
    }
  }

  /// How often noise alone passes for a curve whose slope is known to less than itself.
  @Test(arguments: [(frames: 8, mostly: 0.0145), (frames: 25, mostly: 0.0115)])
  func noiseIsHardlyEverCalledACurve(frames: Int, mostly: Double) throws {
    var noise = FitFixture(count: 20_000, frames: frames, stream: 82)
    var generator = SplitMix64(stream: 83)
    noise.targets = noise.targets.map { _ in generator.float() + generator.float() }
    let result = try noise.fitted(Kernel())
    let claimed = (0..<noise.count).count { i in
      let slope = Float(bitPattern: result.parameters[i])
      return result.verdicts[i] == .converged && !(result.row(FitRow.count, i) <= slope)
    }
    #expect(Double(claimed) <= mostly * 20_000 && claimed > 0, "\(claimed) of 20,000")
  }
}
