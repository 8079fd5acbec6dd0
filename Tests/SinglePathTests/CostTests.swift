import Foundation
import SeededRandom
import SinglePath
import SinglePathReference
import Testing

/// A path of depth 1 with a weight of 1: its J for the inputs x and one target, on any instruction set.
private func costs(
  _ output: OutputActivation, _ cost: CostFunction, _ x: [Float], target: Float
) throws -> [Float] {
  let fixture = try fixture(output, cost, x, target: target)
  let bits = try fixture.costs(Kernel(kernels[0]))
  for set in kernels.dropFirst() { #expect(try fixture.costs(Kernel(set)) == bits, "\(set)") }
  return bits.map(Float.init(bitPattern:))
}

/// −∂J/∂z of the same, as an update with a rate of 1 and an input of 1 shows it.
private func signals(
  _ output: OutputActivation, _ cost: CostFunction, _ z: [Float], target: Float
) throws -> [Float] {
  var fixture = try fixture(output, cost, [Float](repeating: 1, count: z.count), target: target)
  fixture.parameters = z
  let bits = try fixture.trained(Kernel(kernels[0]))
  for set in kernels.dropFirst() { #expect(try fixture.trained(Kernel(set)) == bits, "\(set)") }
  return zip(bits.parameters, z).map { Float(bitPattern: $0) - $1 }
}

private func fixture(
  _ output: OutputActivation, _ cost: CostFunction, _ x: [Float], target: Float
) throws -> BankFixture {
  let shape = try PathShape(depth: 1, biases: false, output: output, cost: cost)
  var fixture = BankFixture(shape, count: x.count, frames: 1)
  fixture.parameters = [Float](repeating: 1, count: x.count)
  fixture.inputs = x
  fixture.targets = [Float](repeating: target, count: x.count)
  fixture.rates = [Float](repeating: 1, count: x.count)
  return fixture
}

@Suite("Costs of the kernel", .printsSeed)
struct CostTests {
  static let targets: [Float] = [0, 1, 0.5, 0.3, 0x1p-20, 1 - 0x1p-20]

  /// Many within ±25, and some up to ±10⁴ and ±10³⁰.
  private var z: [Float] {
    var sizes = (0...12_500).map { Float($0) * 0.002 + 0x1p-13 }
    sizes += (0...1_000).map { Float(10 * $0 + 1) }
    sizes += [1e4, 1e30, .greatestFiniteMagnitude]
    return sizes + sizes.map(-) + [0, -0.0]
  }

  @Test func crossEntropyOfASigmoidIsFiniteAndRightAtAnyZ() throws {
    var worst = 0.0
    for y in Self.targets {
      let found = try costs(.sigmoid, .crossEntropy, z, target: y)
      for (z, cost) in zip(z, found) {
        let truth = crossEntropy(ofSigmoid: Double(z), target: Double(y))
        #expect(cost.isFinite, "z = \(z), y = \(y)")
        let excess = abs(Double(cost) - truth) - pairedCrossEntropyEnd
        #expect(excess <= pairedCrossEntropyError * truth, "z = \(z), y = \(y)")
        if truth > 0 { worst = max(worst, excess / truth) }
      }
    }
    print("cross-entropy of a sigmoid: relative error ≤ \(worst)")
    #expect(worst >= 0.8 * pairedCrossEntropyError)
  }

  /// A right and certain prediction costs no more than 2⁻³¹, a wrong and certain one |z|; infinite z too
  /// stays finite, and the error signal is ŷ − y.
  @Test func theEndsOfTheCrossEntropy() throws {
    let certain: [Float] = [30, 1e4, 1e30, .infinity]
    for cost in try costs(.sigmoid, .crossEntropy, certain, target: 1) {
      #expect(cost > 0 && cost <= 0x1p-31)
    }
    let wrong = try costs(.sigmoid, .crossEntropy, certain, target: 0)
    #expect(wrong == [30, 1e4, 1e30, .greatestFiniteMagnitude])
    for (target, expected): (Float, [Float]) in [(1, [0, 1]), (0, [-1, 0])] {
      let found = try signals(.sigmoid, .crossEntropy, [40, -40], target: target)
      #expect(found == expected)
    }
    let nan = try costs(.sigmoid, .crossEntropy, [.nan], target: 1)
    #expect(nan.map(\.bitPattern) == [0x7FC0_0000])
  }

  /// Of an identity output, whose ŷ may be anywhere: the logarithms between the margins, the tangents
  /// beyond.
  @Test func crossEntropyOfOtherOutputs() throws {
    let between = (4...4_092).map { Float($0) * 0x1p-12 }
    let beyond: [Float] = [-1e6, -3, -0.5, -0x1p-11, 0, 0x1p-11, 1 - 0x1p-12, 1, 1.25, 7, 1e6]
    var worst = 0.0
    for y in Self.targets {
      for ŷ in [between, beyond] {
        let found = try costs(.identity, .crossEntropy, ŷ, target: y)
        for (ŷ, cost) in zip(ŷ, found) {
          let (p, t) = (ErrorBounded(Double(ŷ)), Double(y))
          let truth = crossEntropy(prediction: p.value, target: t)
          let step = try BoundedStep(
            PathShape(depth: 1, biases: false, cost: .crossEntropy), [1], x: p.value, y: t, rate: 1)
          let error = abs(Double(cost) - truth) / step.cost.error
          #expect(error <= 1, "ŷ = \(ŷ), y = \(y), \(cost) instead of \(truth)")
          worst = max(worst, error)
        }
      }
    }
    #expect(worst >= 0.15)
    // The tangent is straight, up to the roundings of values of 2048, and its slope is the margin's.
    let line = try costs(.identity, .crossEntropy, [-4, -3, -2], target: 0.5)
    #expect(abs((line[0] - line[1]) - (line[1] - line[2])) <= 0x1p-12)
    let margin = 0x1p-10
    let slope = (margin - 0.5) / (margin * (1 - margin))
    #expect(abs(Double(line[1] - line[0]) - slope) <= 1e-3)
  }

  @Test func huberAtAroundAndBeyondTheThreshold() throws {
    let κ: Float = 0.5
    let errors: [Float] = [
      0, 0x1p-20, 0.25, κ.nextDown, κ, κ.nextUp, 0.75, 8, 1e6, 1e30,
    ]
    for sign: Float in [1, -1] {
      let e = errors.map { $0 * sign }
      let found = try costs(.identity, .huber(threshold: κ), e, target: 0)
      for (e, cost) in zip(e, found) {
        let truth = huber(prediction: Double(e), target: 0, threshold: Double(κ))
        // Three roundings.
        #expect(abs(Double(cost) - truth) <= 3.01 * 0x1p-24 * truth, "error \(e)")
      }
      // −∂J/∂z is the error up to κ, and κ beyond.
      let signals = try signals(
        .identity, .huber(threshold: κ), [0.25, 0.5, 0.75, 8].map { $0 * sign }, target: 0)
      #expect(signals == [-0.25, -0.5, -0.5, -0.5].map { $0 * sign })
    }
    #expect(try costs(.identity, .huber(threshold: κ), [1], target: .nan) == [0])
  }
}
