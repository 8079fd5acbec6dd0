import Foundation
import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("A fit of any shape keeps what is frozen and claims no more than it knows", .printsSeed)
struct GeneralFitEdgeTests {
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

  @Test(arguments: FitEdge.all)
  func samplesThatDetermineNothingAreSaidTo(edge: FitEdge) throws {
    let shape = try PathShape(depth: 3, biases: true)
    let values = { (row: [Float]) in row.flatMap { [Float](repeating: $0, count: 9) } }
    var fixture = BankFixture(shape, count: 9, frames: edge.x.count)
    (fixture.inputs, fixture.targets) = (values(edge.x), values(edge.y))
    let result = try fixture.fitted()
    for i in 0..<9 {
      // Six parameters want seven samples.
      let expected = edge.x.count < 7 && edge.x.count > 4 ? [.tooFewSamples] : edge.verdicts
      #expect(expected.contains(result.verdicts[i]), "\(result.verdicts[i])")
      #expect((0..<6).allSatisfy { result.row(FitRow.count + $0, i) != 0 })
    }
    if edge.verdicts.isSubset(of: [.tooFewSamples, .nonFiniteInput]) {
      #expect(result.parameters == fixture.parameters.map(\.bitPattern))
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

  @Test
  func unitsAndOffsetsOfTheDataChangeItByRoundingOnly() throws {
    let fixture = BankFixture(
      curvesOf: try PathShape(depth: 2, biases: true, hidden: .tanh), count: 32, noise: 0.01,
      stream: 186)
    let plain = try fixture.fitted()
    var other = fixture
    other.inputs = fixture.inputs.map { 1000 + 128 * $0 }
    other.targets = fixture.targets.map { -20 + 64 * $0 }
    let result = try other.fitted()
    for i in 0..<32 {
      let scaled = result.row(FitRow.cost, i) / 4096
      #expect(abs(scaled / plain.row(FitRow.cost, i) - 1) < 1e-3, "path \(i)")
    }
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
