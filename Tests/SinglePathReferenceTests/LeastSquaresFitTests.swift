import Foundation
import SeededRandom
import SinglePathReference
import Testing

@Suite("Least squares fits", .printsSeed)
struct LeastSquaresFitTests {
  /// NIST's Rat42, y = b₁ / (1 + e^(b₂ − b₃x)), is a path of depth 2 whose output has no bias: θ⁽¹⁾ = b₃,
  /// b⁽¹⁾ = −b₂, θ⁽²⁾ = b₁. Its certified values have 11 digits.
  @Test(arguments: ["start1", "start2"])
  func rat42AsCertified(start: String) throws {
    let samples = try rows(of: "nist_strd.csv", "Rat42").map {
      Sample(x: try #require(Double($0[1])), y: try #require(Double($0[2])))
    }
    #expect(samples.count == 9)
    let certified = try rows(of: "nist_strd_certified.csv", "Rat42")
    func value(_ name: String, _ column: Int) throws -> Double {
      try #require(certified.first { $0[1] == name }.flatMap { Double($0[column]) })
    }
    let column = start == "start1" ? 2 : 3
    let path = ReferencePath(
      weights: [try value("b3", column), try value("b1", column)],
      biases: [-(try value("b2", column)), 0])
    let fit = path.fitted(to: samples, frozen: [false, false, false, true])
    #expect(fit.verdict == .converged)
    #expect(fit.degreesOfFreedom == 6)
    #expect(fit.path.biases?[2] == 0)
    let fitted = [("b3", 0, 1.0), ("b1", 1, 1), ("b2", 2, -1)]
    for (name, index, sign) in fitted {
      let (expected, error) = (try value(name, 4), try value(name, 5))
      #expect(digits(sign * fit.path.parameters[index], expected) >= 9, "\(name)")
      #expect(digits(fit.standardErrors[index], error) >= 8, "\(name)")
    }
    let (rss, deviation) = (try value("rss", 4), try value("resid_sd", 4))
    #expect(digits(2 * fit.cost, rss) >= 9)
    let residual = (2 * fit.cost / Double(fit.degreesOfFreedom)).squareRoot()
    #expect(digits(residual, deviation) >= 9)
    #expect(fit.passes <= 20)
  }

  /// Depth 1 is the straight line by weighted least squares, in closed form.
  @Test
  func aLineInClosedForm() {
    var generator = SplitMix64()
    let line = ReferencePath(weights: [2.5], biases: [-7])
    var data = samples(of: line, at: evenly(12, from: 3, to: 9), noise: 0.3, using: &generator)
    for i in data.indices { data[i].weight = 0.5 + Double(i % 3) }
    let w = data.map(\.weight).reduce(0, +)
    let xMean = data.reduce(0) { $0 + $1.weight * $1.x } / w
    let yMean = data.reduce(0) { $0 + $1.weight * $1.y } / w
    let sxx = data.reduce(0) { $0 + $1.weight * ($1.x - xMean) * ($1.x - xMean) }
    let sxy = data.reduce(0) { $0 + $1.weight * ($1.x - xMean) * ($1.y - yMean) }
    let syy = data.reduce(0) { $0 + $1.weight * ($1.y - yMean) * ($1.y - yMean) }
    let slope = sxy / sxx
    let s2 = (syy - slope * sxy) / 10
    let fit = ReferencePath(weights: [0.0], biases: [0]).fitted(to: data)
    #expect(fit.verdict == .converged)
    #expect(digits(fit.path.weights[1], slope) > 12)
    #expect(digits(fit.path.biases?[1] ?? .nan, yMean - slope * xMean) > 12)
    #expect(digits(fit.standardErrors[0], (s2 / sxx).squareRoot()) > 10)
    #expect(digits(fit.standardErrors[1], (s2 * (1 / w + xMean * xMean / sxx)).squareRoot()) > 10)
    #expect(digits(fit.totalSumOfSquares, syy) > 12)
    #expect(digits(2 * fit.cost, syy - slope * sxy) > 10)
    // The line's own error at x, by the delta method.
    let x = 8.0
    let variance = fit.covariance.variance(along: fit.path.jacobianRow(x).all)
    #expect(digits(variance, s2 * (1 / w + (x - xMean) * (x - xMean) / sxx)) > 10)
  }

  /// Platt's calibration: soft labels, and Newton's method on the likelihood as an independent judge.
  @Test
  func plattAsNewtonHasIt() {
    var generator = SplitMix64()
    let scores = evenly(60, from: -3, to: 5)
    let data = scores.map { x in
      let p = sigmoid(1.2 * x - 1)
      let isPositive = Double.random(in: 0..<1, using: &generator) < p
      return Sample(x: x, y: isPositive ? 31.0 / 32 : 1.0 / 32)
    }
    var (θ, b) = (0.0, 0.0)
    var h = (θθ: 0.0, θb: 0.0, bb: 0.0)
    for _ in 0..<30 {
      var g = (θ: 0.0, b: 0.0)
      h = (0, 0, 0)
      for sample in data {
        let p = 1 / (1 + exp(-θ * sample.x - b))
        g = (g.θ + (p - sample.y) * sample.x, g.b + p - sample.y)
        let q = p * (1 - p)
        h = (h.θθ + q * sample.x * sample.x, h.θb + q * sample.x, h.bb + q)
      }
      let determinant = h.θθ * h.bb - h.θb * h.θb
      θ -= (h.bb * g.θ - h.θb * g.b) / determinant
      b -= (h.θθ * g.b - h.θb * g.θ) / determinant
    }
    let determinant = h.θθ * h.bb - h.θb * h.θb
    let fit = ReferencePath(weights: [0.0], biases: [0], output: .sigmoid, cost: .crossEntropy)
      .fitted(to: data)
    #expect(fit.verdict == .converged)
    #expect(digits(fit.path.weights[1], θ) > 10)
    #expect(digits(fit.path.biases?[1] ?? .nan, b) > 10)
    #expect(digits(fit.standardErrors[0], (h.bb / determinant).squareRoot()) > 9)
    #expect(digits(fit.standardErrors[1], (h.θθ / determinant).squareRoot()) > 9)
  }

  /// Every shape comes back to noiseless samples of itself: to the curve, if not to the parameters. The
  /// last digits can be far along a valley: softplus units with curved outputs are left 4e-7 short.
  @Test(arguments: Activation.allCases, [Output.identity, .sigmoid, .tanh, .softplus])
  func noiselessSamplesAreMet(hidden: Activation, output: Output) {
    for (depth, hasBiases) in [(2, true), (2, false), (3, true), (3, false)] {
      let path = ReferencePath(
        weights: [1.5, 2, -1.25].suffix(depth).map { $0 },
        biases: hasBiases ? [0.5, 0.25, 0.3].suffix(depth).map { $0 } : nil, hidden: hidden,
        output: output)
      let data = evenly(30, from: -2, to: 3).map { Sample(x: $0, y: path.predict($0)) }
      let fit = path.bestFit(to: data, refined: 20)
      #expect(
        2 * fit.cost <= 1e-6 * fit.totalSumOfSquares,
        "depth \(depth), \(hasBiases), \(fit.verdict), \(fit.path.parameters)")
    }
  }

  /// At the optimum of each cost the measured slopes vanish.
  @Test(arguments: Shape.heads)
  func theSlopeVanishesAtTheOptimum(output: Output, cost: Cost) {
    var generator = SplitMix64()
    let truth = ReferencePath(
      weights: [2.0, 1.5], biases: [0.5, -0.5], output: output, cost: cost)
    let data = samples(of: truth, at: evenly(40, from: -3, to: 3), noise: 0.05, using: &generator)
      .map { Sample(x: $0.x, y: min(max($0.y, 0.1), 0.9), weight: 1 + $0.x * $0.x) }
    let fit = truth.fitted(to: data)
    let gradients = fit.path.gradients(of: data)?.all ?? []
    let start = truth.gradients(of: data)?.all ?? []
    for (g, g0) in zip(gradients, start) { #expect(abs(g) <= 1e-5 * max(1e-3, abs(g0))) }
    #expect(fit.cost <= truth.cost(of: data))
    #expect(digits(fit.cost, fit.path.cost(of: data)) > 10)
  }

  /// A curve with all its four parameters, from starts drawn from the data, and from a near start by a few
  /// undamped steps.
  @Test
  func theSameOptimumFromEverywhere() {
    var generator = SplitMix64()
    for _ in 0..<20 {
      let slope = Double.random(in: 1...6, using: &generator)
      let truth = ReferencePath(weights: [slope, 2], biases: [0.3 * slope, -1])
      let data = samples(of: truth, at: evenly(25, from: -2, to: 2), noise: 0.05, using: &generator)
      let best = truth.bestFit(to: data)
      let fitted = truth.fitted(to: data)
      #expect(fitted.verdict == .converged && best.verdict == .converged)
      #expect(digits(best.cost, fitted.cost) > 10)
      let near = ReferencePath(
        weights: fitted.path.weights.map { Float($0 * 1.0001) },
        biases: fitted.path.biases.map { $0.map { Float($0 * 1.0001) } })
      let finished = near.finished(on: data)
      #expect(finished.passes <= 4)
      for (i, error) in fitted.standardErrors.enumerated() {
        #expect(abs(finished.path.parameters[i] - fitted.path.parameters[i]) <= 1e-5 * error)
        #expect(digits(finished.standardErrors[i], error) > 4)
      }
    }
  }

  /// Undamped steps from here raise the cost, so that nothing is taken.
  @Test
  func aFinishThatWouldRaiseTheCostKeepsEveryBit() {
    let data = evenly(25, from: -2, to: 2).map { Sample(x: $0, y: sigmoid(3 * $0 - 2)) }
    let far = ReferencePath(weights: [0.3, -0.01], biases: [4, 1.1])
    let finished = far.finished(on: data, passes: 2)
    #expect(finished.path == far)
    #expect(digits(finished.cost, far.cost(of: data)) > 12)
    #expect(finished.verdict != .converged)
  }
}
