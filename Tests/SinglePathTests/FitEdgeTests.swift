import Foundation
import SeededRandom
import SinglePath
import SinglePathReference
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
  @Test(arguments: FitEdge.all, [2, 3])
  func samplesThatDetermineNothingAreSaidTo(edge: FitEdge, depth: Int) throws {
    for count in [1, 8, 19] {
      let shape = try PathShape(depth: depth, biases: true)
      let fixture = BankFixture(shape, count: count, x: edge.x, y: edge.y)
      let result = try fixture.fitted()
      // Six parameters want seven samples.
      let tooFew = depth == 3 && edge.x.count < 7 && edge.x.count > 4
      let expected = tooFew ? [.tooFewSamples] : edge.verdicts
      for i in 0..<count {
        #expect(expected.contains(result.verdicts[i]), "\(result.verdicts[i])")
        #expect((0..<2 * depth).allSatisfy { result.row(FitRow.count + $0, i) != 0 })
      }
      if edge.verdicts.isSubset(of: [.tooFewSamples, .nonFiniteInput]) {
        #expect(result.parameters == fixture.parameters.map(\.bitPattern))
      }
    }
  }

  /// The sizes of y at which squares leave the range of a float, and an offset that takes half its digits.
  @Test(arguments: [(1e30, 0, 0), (1e-30, 0, 0), (1, 0, 1e6)] as [(Float, Float, Float)])
  func extremeUnitsAreFitted(scale: Float, offsetY: Float, offsetX: Float) throws {
    var curves = BankFixture(logisticCurves: 16, noise: 0.02, stream: 81)
    curves.inputs = curves.inputs.map { $0 * 16 + offsetX }
    let plain = try curves.fitted()
    curves.targets = curves.targets.map { $0 * scale + offsetY }
    let result = try curves.fitted()
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
    var noise = BankFixture(logisticCurves: 20_000, frames: frames, stream: 82)
    var generator = SplitMix64(stream: 83)
    noise.targets = noise.targets.map { _ in generator.float() + generator.float() }
    let result = try noise.fitted()
    let claimed = (0..<noise.count).count { i in
      let slope = Float(bitPattern: result.parameters[i])
      return result.verdicts[i] == .converged && !(result.row(FitRow.count, i) <= slope)
    }
    #expect(Double(claimed) <= mostly * 20_000 && claimed > 0, "\(claimed) of 20,000")
  }

  static let depths = [1, 2, 3, 5]

  @Test(arguments: depths)
  func frozenParametersKeepTheirBits(depth: Int) throws {
    let shape = try PathShape(depth: depth, biases: true)
    var fixture = BankFixture(curvesOf: shape, count: 21, noise: 0.01, stream: 181)
    var generator = SplitMix64(stream: 182)
    fixture.parameters = generator.floats(fixture.parameters.count).map { 1 + $0 / 2 }
    for masks in [[0b1], (0..<21).map { 1 << ($0 % (2 * depth)) }, [1 << (2 * depth - 1)]] {
      fixture.frozen = masks.map { ParameterMask(rawValue: UInt16($0)) }
      let result = try fixture.fitted()
      var near = 0
      for i in 0..<21 {
        let isFrozen = fixture.isFrozen(i)
        for p in 0..<shape.parameterCount where isFrozen[p] {
          let at = p * 21 + i
          #expect(result.parameters[at] == fixture.parameters[at].bitPattern)
          #expect(result.row(FitRow.count + p, i).isNaN)
        }
        let samples = fixture.samples(i)
        let path = fixture.reference(result, i)
        let local = path.fitted(to: samples, frozen: isFrozen, passes: 40).cost
        let bound = depth > 2 ? 5e-2 : 1e-5
        let isNear = path.sumOfCosts(samples) <= local * (1 + bound)
        #expect(isNear || result.verdicts[i] != .converged, "path \(i), \(masks[0])")
        near += isNear ? 1 : 0
      }
      #expect(near >= 18, "\(masks[0])")
    }
  }

  @Test(arguments: [-1, 7, 1e6, .infinity, .nan] as [Float])
  func aDrawnStartDoesNotReadFreeParameters(before: Float) throws {
    for (depth, biases, frozen) in [
      (1, false, nil), (2, false, nil), (3, false, nil), (2, true, [0b100]), (3, true, [0b1000]),
      (2, true, [0b100, 0, 0b110, 0, 0b1100]),
    ] as [(Int, Bool, [UInt16]?)] {
      let shape = try PathShape(depth: depth, biases: biases)
      var fixture = BankFixture(curvesOf: shape, count: 5, stream: 188)
      fixture.frozen = frozen.map { $0.map(ParameterMask.init(rawValue:)) }
      func parameters(_ free: Float) -> [Float] {
        (0..<5 * shape.parameterCount).map {
          fixture.isFrozen($0 % 5)[$0 / 5] ? 0.25 : free
        }
      }
      fixture.parameters = parameters(0)
      let expected = try fixture.fitted()
      fixture.parameters = parameters(before)
      #expect(try fixture.fitted() == expected, "depth \(depth), \(frozen ?? [])")
    }
  }

  @Test
  func wherePathsShareAMaskItIsTheMaskOfEach() throws {
    var fixture = BankFixture(
      curvesOf: try PathShape(depth: 3, biases: true), count: 13, stream: 183)
    fixture.frozen = [ParameterMask(rawValue: 0b100100)]
    let shared = try fixture.fitted()
    fixture.frozen = [ParameterMask](repeating: ParameterMask(rawValue: 0b100100), count: 13)
    let own = try fixture.fitted()
    for i in 0..<13 {
      let (a, b) = (fixture.reference(shared, i), fixture.reference(own, i))
      let (costA, costB) = (a.sumOfCosts(fixture.samples(i)), b.sumOfCosts(fixture.samples(i)))
      #expect(abs(costA / costB - 1) <= 1e-4)
    }
  }

  @Test
  func withEverythingFrozenNothingIsTouched() throws {
    var fixture = BankFixture(
      curvesOf: try PathShape(depth: 2, biases: true), count: 5, stream: 184)
    fixture.frozen = [ParameterMask(rawValue: 0b1111)]
    let result = try fixture.fitted()
    #expect(result.parameters == fixture.parameters.map(\.bitPattern))
    for i in 0..<5 {
      let cost = fixture.reference(result, i).sumOfCosts(fixture.samples(i))
      #expect(abs(Double(result.row(FitRow.cost, i)) / cost - 1) < 1e-4)
    }
  }

  /// Labels of 12 samples, and the verdict on them.
  @Test(arguments: [
    (0b1111_1100_0000, Verdict.undetermined), (0b1111_1111_1111, .undetermined), (0, .undetermined),
    (0b1111_0101_1000, .converged), (0b1111_1000_0000, .undetermined),
  ])
  func separableLabelsDetermineNothing(labels: Int, verdict: Verdict) throws {
    let shape = try PathShape(depth: 1, biases: true, output: .sigmoid, cost: .crossEntropy)
    var fixture = BankFixture(shape, count: 5, frames: 12)
    for i in 0..<60 {
      fixture.inputs[i] = 100 + Float(i / 5)
      fixture.targets[i] = Float(labels >> (i / 5) & 1)
    }
    let result = try fixture.fitted()
    #expect(result.verdicts.allSatisfy { $0 == verdict }, "\(result.verdicts[0])")
  }

  @Test
  func aStartThatIsNotFiniteIsRefusedForItsPathAlone() throws {
    var fixture = BankFixture(
      curvesOf: try PathShape(depth: 3, biases: true), count: 9, stream: 185)
    let healthy = try fixture.fitted(start: .given)
    fixture.parameters[2 * 9 + 4] = .nan
    let result = try fixture.fitted(start: .given)
    #expect(result.verdicts[4] == .nonFiniteInput)
    #expect((0..<9).allSatisfy { $0 == 4 || result.path($0) == healthy.path($0) })
    #expect(try fixture.fitted().verdicts[4] != .nonFiniteInput)
  }

  // MARK: - Judges of others

  /// NIST's Rat42 with its starts: b₃, b₁ and −b₂, which are θ⁽¹⁾, θ⁽²⁾ and b⁽¹⁾; b⁽²⁾ is frozen at 0.
  @Test(arguments: [[0.1, 100, -1], [0.07, 75, -2.5]] as [[Float]])
  func rat42AsCertified(start: [Float]) throws {
    var fixture = BankFixture(try PathShape(depth: 2, biases: true), count: 1, frames: 9)
    fixture.inputs = [9, 14, 21, 28, 42, 57, 63, 70, 79]
    fixture.targets = [8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08]
    fixture.parameters = start + [0]
    fixture.frozen = [.bias(2, depth: 2)]
    for from in [FitStart.given, .drawn] {
      let result = try fixture.fitted(start: from)
      #expect(result.verdicts == [.converged])
      let certified = [
        (6.7359200066E-02, 3.4465663377E-03), (7.2462237576E+01, 1.7340283401E+00),
        (-2.6180768402E+00, 8.8295217536E-02),
      ]
      for (p, (value, error)) in certified.enumerated() {
        let found = Double(Float(bitPattern: result.parameters[p]))
        #expect(-log10(abs(found / value - 1)) >= 6.5, "\(from), parameter \(p)")
        let its = Double(result.row(FitRow.count + p, 0))
        #expect(-log10(abs(its / error - 1)) >= 3.8, "\(from), error \(p)")
      }
    }
  }

  /// Labels against scores, and Newton's method on the likelihood as an independent judge.
  @Test
  func plattAsNewtonHasIt() throws {
    let shape = try PathShape(depth: 1, biases: true, output: .sigmoid, cost: .crossEntropy)
    var fixture = BankFixture(shape, count: 40, frames: 200)
    var generator = SplitMix64(stream: 187)
    for i in 0..<40 * 200 {
      let x = generator.float(3)
      fixture.inputs[i] = x
      fixture.targets[i] = abs(generator.float()) < 1 / (1 + exp(1 - 1.2 * x)) ? 1 : 0
    }
    let result = try fixture.fitted()
    for i in 0..<40 {
      let data = fixture.samples(i)
      let (θ, b) = maximumLikelihood(data)
      let path = fixture.reference(result, i)
      let worst = data.map { abs(path.predict($0.x) - 1 / (1 + exp(-θ * $0.x - b))) }.max() ?? 1
      #expect(worst <= 1e-5, "path \(i)")
      #expect(result.verdicts[i] == .converged)
    }
  }

  private func maximumLikelihood(_ data: [Sample]) -> (θ: Double, b: Double) {
    var (θ, b) = (0.0, 0.0)
    for _ in 0..<30 {
      var (gθ, gb, hθθ, hθb, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for sample in data {
        let p = 1 / (1 + exp(-θ * sample.x - b))
        let q = p * (1 - p)
        (gθ, gb) = (gθ + (p - sample.y) * sample.x, gb + p - sample.y)
        (hθθ, hθb, hbb) = (hθθ + q * sample.x * sample.x, hθb + q * sample.x, hbb + q)
      }
      let determinant = hθθ * hbb - hθb * hθb
      θ -= (hbb * gθ - hθb * gb) / determinant
      b -= (hθθ * gb - hθb * gθ) / determinant
    }
    return (θ, b)
  }
}
