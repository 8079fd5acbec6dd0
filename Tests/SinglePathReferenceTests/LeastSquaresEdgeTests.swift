import Foundation
import SeededRandom
import SinglePathReference
import Testing

@Suite("Least squares on samples that say little", .printsSeed)
struct LeastSquaresEdgeTests {
  private let logistic = ReferencePath(weights: [1.0, 1], biases: [0, 0])

  private func logisticSamples(x: Double = 1, dx: Double = 0, y: Double = 1, dy: Double = 0)
    -> [Sample]
  {
    var generator = SplitMix64()
    let truth = ReferencePath(weights: [3.0, 2], biases: [1, 0.5])
    return samples(of: truth, at: evenly(25, from: -2, to: 2), noise: 0.02, using: &generator)
      .map { Sample(x: $0.x * x + dx, y: $0.y * y + dy) }
  }

  @Test(arguments: 0...4)
  func tooFewSamples(count: Int) {
    let data = (0..<count).map { Sample(x: Double($0), y: Double($0 * $0)) }
    let fit = logistic.bestFit(to: data + [Sample(x: 9, y: .nan), Sample(x: 9, y: 9, weight: 0)])
    #expect(fit.verdict == .tooFewSamples)
    #expect(fit.sampleCount == count)
    #expect(fit.degreesOfFreedom == count - 4)
    #expect(fit.path == logistic)
    #expect(fit.standardErrors.allSatisfy { $0.isNaN })
    let line = ReferencePath(weights: [1.0], biases: [0])
    #expect((line.fitted(to: data).verdict == .tooFewSamples) == (count < 3))
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func infinitiesAreNamed(value: Double) {
    let data = logisticSamples()
    func verdict(_ change: (inout Sample) -> Void) -> LeastSquaresFit.Verdict {
      var data = data
      change(&data[3])
      return logistic.bestFit(to: data).verdict
    }
    #expect(verdict { $0.x = value } == .nonFiniteInput)
    #expect(verdict { ($0.x, $0.y) = (value, .nan) } == .converged)
    #expect(verdict { ($0.x, $0.weight) = (value, 0) } == .converged)
    #expect(verdict { $0.weight = value } == (value > 0 ? .nonFiniteInput : .converged))
    #expect(verdict { $0.y = value } == (value.isNaN ? .converged : .nonFiniteInput))
    let lost = ReferencePath(weights: [1, value], biases: [0, 0])
    #expect(lost.fitted(to: data).verdict == .nonFiniteInput)
    #expect(
      logistic.fitted(to: [Sample(x: -1.7e308, y: 0), Sample(x: 1.7e308, y: 1)] + data)
        .verdict == .nonFiniteInput)
  }

  @Test(arguments: [0, 1, -3.7, 1e30, 1e-30] as [Double])
  func constantTargetsAreFlat(y: Double) {
    for path in [logistic, ReferencePath(weights: [1.0], biases: [0])] {
      let fit = path.bestFit(to: (0..<10).map { Sample(x: Double($0), y: y) })
      #expect(fit.verdict == .flat)
      #expect(abs(fit.path.predict(4) - y) <= 1e-6 * abs(y))
      #expect(fit.standardErrors.allSatisfy { $0.isNaN })
    }
  }

  @Test
  func constantInputsLeaveTheSlopeOpen() {
    let data = (0..<10).map { Sample(x: 5, y: Double($0 % 3)) }
    let line = ReferencePath(weights: [0.0], biases: [0]).fitted(to: data)
    #expect(line.verdict == .undetermined)
    #expect(line.standardErrors.allSatisfy { $0.isNaN })
    #expect(abs(line.path.predict(5) - 0.9) <= 1e-12)
    // Where the bias is given, the slope through it is all that there is.
    let through = ReferencePath(weights: [0.0], biases: [1]).fitted(
      to: data, frozen: [false, true])
    #expect(through.verdict == .converged)
    #expect(abs(through.path.weights[1] + 0.02) <= 1e-12)
    let curve = logistic.bestFit(to: data)
    #expect(curve.verdict == .undetermined)
    #expect(abs(curve.path.predict(5) - 0.9) <= 1e-9)
  }

  /// Samples at as many places as there are parameters less one.
  @Test
  func threePlacesLeaveTheCurveOpen() {
    let data = (0..<12).map { Sample(x: Double($0 % 3), y: [0, 1, 3][$0 % 3] + 0.01 * Double($0)) }
    #expect(logistic.bestFit(to: data).verdict == .undetermined)
  }

  @Test
  func anExactLine() {
    let data = (0..<10).map { Sample(x: Double($0), y: 2 * Double($0) - 3) }
    let line = ReferencePath(weights: [0.0], biases: [0]).fitted(to: data)
    #expect(line.verdict == .converged)
    #expect(abs(line.path.weights[1] - 2) <= 1e-12)
    // A sigmoid becomes a line only without an end to its height.
    let curve = logistic.bestFit(to: data)
    #expect(curve.verdict == .undetermined || curve.verdict == .limit)
    #expect(2 * curve.cost <= 1e-6 * curve.totalSumOfSquares)
  }

  @Test
  func anExactStepLeavesTheSlopeOpen() {
    let data = (0..<10).map { Sample(x: Double($0), y: $0 < 5 ? 1 : 4) }
    let fit = logistic.bestFit(to: data)
    #expect(fit.verdict == .undetermined)
    #expect(fit.standardErrors[0].isNaN && fit.standardErrors[2].isNaN)
    #expect(abs(fit.path.predict(0) - 1) < 1e-6 && abs(fit.path.predict(9) - 4) < 1e-6)
  }

  @Test
  func separableLabelsHaveNoOptimum() {
    let data = (0..<10).map { Sample(x: Double($0), y: $0 < 5 ? 0 : 1) }
    for cost in [Cost.crossEntropy, .squaredError] {
      let path = ReferencePath(weights: [0.0], biases: [0], output: .sigmoid, cost: cost)
      let fit = path.fitted(to: data)
      #expect(fit.verdict == .undetermined, "\(cost)")
      #expect(fit.standardErrors.allSatisfy { $0.isNaN })
    }
  }

  /// Moved and stretched data give moved and stretched curves, within rounding.
  @Test(arguments: [
    (x: 1.0, dx: 1e6, y: 1.0, dy: 0.0), (1, 0, 1e30, 0), (1, 0, 1e-30, 0), (1, 0, 1, 1e6),
    (1e-9, 0, 1, 0), (1e12, -1e13, -3, 100),
  ])
  func unitsAndOffsetsChangeNothing(by unit: (x: Double, dx: Double, y: Double, dy: Double)) {
    let plain = logistic.bestFit(to: logisticSamples())
    let data = logisticSamples(x: unit.x, dx: unit.dx, y: unit.y, dy: unit.dy)
    let moved = logistic.bestFit(to: data)
    #expect(plain.verdict == .converged && moved.verdict == .converged)
    // Offsets cost digits of the data themselves.
    let lost = 1 + abs(unit.dx / unit.x) + abs(unit.dy / unit.y)
    func agree(_ one: Double, _ other: Double) -> Bool {
      abs(one - other) <= 1e-9 * lost.squareRoot() * abs(other)
    }
    let y2 = unit.y * unit.y
    #expect(agree(moved.cost / y2, plain.cost))
    #expect(agree(moved.totalSumOfSquares / y2, plain.totalSumOfSquares))
    let steepness = moved.path.weights[1] * moved.path.weights[2] * unit.x / unit.y
    #expect(agree(steepness, plain.path.weights[1] * plain.path.weights[2]))
    #expect(agree(moved.standardErrors[0] * unit.x, plain.standardErrors[0]))
    #expect(agree(moved.standardErrors[1] / abs(unit.y), plain.standardErrors[1]))
    func midpoint(_ fit: LeastSquaresFit) -> Double {
      -(fit.path.biases?[1] ?? .nan) / fit.path.weights[1]
    }
    #expect(agree((midpoint(moved) - unit.dx) / unit.x, midpoint(plain)))
  }

  @Test
  func missingSamplesAreAsIfTheyWereNotThere() {
    let data = logisticSamples()
    let holes = data.flatMap {
      [$0, Sample(x: .nan, y: .nan), Sample(x: .infinity, y: .infinity, weight: 0)]
    }
    #expect(logistic.bestFit(to: holes) == logistic.bestFit(to: data))
    #expect(logistic.bestFit(to: data.map { Sample(x: $0.x, y: .nan) }).verdict == .tooFewSamples)
  }

  /// A sample with a weight of 3 is three samples.
  @Test
  func weightsCountSamples() {
    let data = logisticSamples()
    let weighted = data.enumerated().map { Sample(x: $1.x, y: $1.y, weight: $0 % 2 == 0 ? 3 : 1) }
    let repeated = data.enumerated().flatMap { Array(repeating: $1, count: $0 % 2 == 0 ? 3 : 1) }
    let (one, other) = (logistic.bestFit(to: weighted), logistic.bestFit(to: repeated))
    #expect(digits(one.cost, other.cost) > 11)
    for (p, q) in zip(one.path.parameters, other.path.parameters) { #expect(digits(p, q) > 8) }
    #expect(one.sampleCount == 25 && other.sampleCount == 51)
  }

  @Test(arguments: 0..<4)
  func frozenParametersKeepTheirBits(index: Int) {
    let data = logisticSamples(x: 3, dx: 7, y: 5, dy: 11)
    let start = ReferencePath(weights: [1.1, 9.7], biases: [-5.3, 13.3])
    var frozen = [false, false, false, false]
    frozen[index] = true
    for fit in [
      start.fitted(to: data, frozen: frozen), start.bestFit(to: data, frozen: frozen),
      start.finished(on: data, frozen: frozen),
    ] {
      #expect(fit.path.parameters[index] == start.parameters[index])
      #expect(fit.standardErrors[index].isNaN)
      #expect(fit.degreesOfFreedom == 22)
      #expect(fit.cost < start.cost(of: data))
    }
    let fit = start.bestFit(to: data, frozen: frozen)
    #expect(fit.standardErrors.count { $0.isNaN } == 1)
    #expect(fit.standardErrors.filter { !$0.isNaN }.allSatisfy { $0 > 0 })
    // The gradient vanishes along the free parameters, and not along the frozen one.
    let gradient = fit.path.gradients(of: data)?.all ?? []
    for i in 0..<4 where i != index { #expect(abs(gradient[i]) <= 1e-6 * abs(gradient[index])) }
    // A quantity of frozen parameters alone does not vary.
    let direction = (0..<4).map { $0 == index ? 1.0 : 0 }
    #expect(fit.covariance.variance(along: direction) == 0)
  }

  /// Gompertz's curve is the limit of a path of depth 3 whose parameters go to infinity together: they are
  /// open, what the curve does is not.
  @Test
  func whatOpenParametersDoTogetherIsDetermined() {
    var generator = SplitMix64()
    let data = evenly(50, from: -3, to: 5).map { x in
      Sample(x: x, y: 2 * exp(-2 * exp(-1.5 * x)) + 0.01 * normal(using: &generator))
    }
    let path = ReferencePath(weights: [1.0, 1, 1], biases: [0, 0, 0])
    let fit = path.bestFit(to: data)
    // The way to infinity may be too long to be gone to its end.
    let honest: [LeastSquaresFit.Verdict] = [.undetermined, .converged, .stalled, .limit]
    #expect(honest.contains(fit.verdict))
    #expect(fit.standardErrors.contains { $0.isNaN || $0 > 100 })
    let error = fit.covariance.variance(along: fit.path.jacobianRow(4).all).squareRoot()
    #expect(error > 0.001 && error < 0.02)
    #expect(abs(fit.path.predict(4) - 2 * exp(-2 * exp(-6.0))) < 4 * error)
  }

  @Test
  func allFrozenIsAnEvaluation() {
    let data = logisticSamples()
    let fit = logistic.fitted(to: data, frozen: [true, true, true, true])
    #expect(fit.path == logistic)
    #expect(digits(fit.cost, logistic.cost(of: data)) > 12)
  }
}
