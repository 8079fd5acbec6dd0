import Foundation
import SeededRandom
import SinglePath
import Testing

@testable import single_path

/// Scores of two classes, normally distributed about −0.8 and 1.
private func scores(_ count: Int) -> [(score: Double, label: Double)] {
  var simulation = Simulation(stream: 7)
  return (0..<count).map { _ in
    let label: Double = simulation.uniform() < 0.4 ? 1 : 0
    return ((label == 1 ? 1 : -0.8) + 1.2 * simulation.normal(), label)
  }
}

/// The slope and the offset of the most likely σ(slope · score + offset), by Newton's method.
private func mostLikely(_ samples: [(score: Double, label: Double)]) -> (Double, Double) {
  var (slope, offset) = (0.0, 0.0)
  for _ in 0..<50 {
    var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (score, label) in samples {
      let p = 1 / (1 + exp(-slope * score - offset))
      g1 += (p - label) * score
      g0 += p - label
      h11 += p * (1 - p) * score * score
      h01 += p * (1 - p) * score
      h00 += p * (1 - p)
    }
    let determinant = h00 * h11 - h01 * h01
    slope -= (h00 * g1 - h01 * g0) / determinant
    offset -= (h11 * g0 - h01 * g1) / determinant
  }
  return (slope, offset)
}

private func file(_ samples: [(score: Double, label: Double)]) -> String {
  "task,score,label\n" + samples.map { "a,\($0.score),\($0.label)\n" }.joined()
}

private let hiddenFunctions: [HiddenActivation] = [
  .sigmoid, .tanh, .relu, .leakyReLU, .softplus, .identity,
]

@Suite("Fitting other shapes", .printsSeed)
struct ShapeFitTests {
  @Test(
    "Calibrated probabilities are those of greatest likelihood",
    arguments: [.sigmoid, .softmax] as [OutputActivation])
  func platt(output: OutputActivation) throws {
    let samples = scores(800)
    var settings = FitSettings.descent
    (settings.depth, settings.batch, settings.starts) = (1, .max, 2)
    (settings.epochs, settings.rate) = (2000, 2)
    settings.output = output
    settings.cost = .crossEntropy
    let curve = try fit(file(samples), settings).fits[0]
    let (slope, offset) = mostLikely(samples)
    #expect(curve.verdict == .converged)
    for score in stride(from: -4.0, through: 4, by: 0.5) {
      let probability = 1 / (1 + exp(-slope * score - offset))
      #expect(abs(curve.value(at: score) - probability) < 1e-5)
    }
  }

  @Test("Samples of weight 2 count as two, and of weight 0 not at all")
  func weights() throws {
    var settings = FitSettings.descent
    (settings.depth, settings.batch, settings.epochs) = (2, .max, 300)
    let twice = "s,x,y\nA,0,0\nA,1,1\nA,1,1\nA,2,3\nA,3,3\n"
    let text = "s,x,y,w\nA,0,0,1\nA,1,1,2\nA,2,3,1\nA,9,-7,0\nA,3,3,1\n"
    let table = try SeriesTable(
      CSV(Array(text.utf8), name: "f.csv"),
      columns: ColumnNames(weight: "w"))
    #expect(table.hasWeights && table.series[0].weights == [1, 2, 1, 0, 1])
    let plain = try SeriesTable(
      CSV(Array(twice.utf8), name: "f.csv"), columns: ColumnNames())
    #expect(!plain.hasWeights)
    let one = try CurveFitter(table, settings: settings).fit { _ in }.fits[0]
    let two = try CurveFitter(plain, settings: settings).fit { _ in }.fits[0]
    // Means and sums of the same numbers in another order: a few roundings, grown in 300 steps.
    let (ofOne, ofTwo) = (try #require(one.scaling), try #require(two.scaling))
    #expect(abs(ofOne.xOffset - ofTwo.xOffset) < 1e-12)
    #expect(abs(ofOne.xScale - ofTwo.xScale) < 1e-12)
    for (a, b) in zip(one.weights + one.biases, two.weights + two.biases) {
      #expect(abs(a - b) < 1e-4)
    }
    #expect(abs(one.rmse - two.rmse) < 1e-5 && one.rmse > 1e-3)
  }

  @Test("Frozen parameters stay where they are put")
  func frozen() throws {
    var settings = FitSettings.descent
    settings.epochs = 200
    settings.freeze = [
      FrozenParameter(isBias: false, layer: 1, value: 2.5),
      FrozenParameter(isBias: true, layer: 3, value: -0.25),
    ]
    let curve = try fit("s,x,y\nA,0,0\nA,1,1\nA,2,3\nA,3,3.5\n", settings).fits[0]
    #expect(curve.weights[0] == 2.5 && curve.biases[2] == -0.25)
    #expect(curve.weights[1] != 2.5 && curve.biases[0] != -0.25)
  }

  @Test("Every hidden unit, output and cost can be fitted", arguments: hiddenFunctions)
  func everyShape(hidden: HiddenActivation) throws {
    for output: OutputActivation in [.identity, .sigmoid, .softmax, .tanh, .softplus] {
      for cost in [CostFunction.squaredError, .crossEntropy, .huber(threshold: 0.5)] {
        var settings = FitSettings.descent
        (settings.depth, settings.epochs) = (2, 1000)
        // The cross-entropy of an output that may leave 0 to 1 is up to 2¹⁰ times as steep as others.
        let isPaired = output == .sigmoid || output == .softmax
        settings.rate = cost == .crossEntropy && !isPaired ? 0.005 : 0.1
        (settings.hidden, settings.output, settings.cost) = (hidden, output, cost)
        let text = "s,x,y\n" + (0..<12).map { "A,\($0),\(0.1 + 0.06 * Double($0))\n" }.joined()
        let curve = try fit(text, settings).fits[0]
        #expect(curve.rmse < 0.1, "\(hidden), \(output), \(cost)")
        // The reference, which draws the curve, and the kernel, which learned it, agree.
        let squares = zip(curve.series.x, curve.series.y).map { x, y in
          (curve.value(at: x) - y) * (curve.value(at: x) - y)
        }
        #expect(abs(mean(squares).squareRoot() - curve.rmse) < 1e-5)
      }
    }
  }

  @Test(
    "Wrong choices get one line that says what would be right",
    arguments: [
      (["--hidden", "cosine"], "give 'sigmoid' or 'tanh' or 'relu' or 'leaky-relu'"),
      (["--output", "step"], "give 'identity' or 'sigmoid' or 'softmax' or 'tanh' or 'softplus'"),
      (["--cost", "huber:0"], "with κ above 0"),
      (["--method", "descent", "--batch", "0"], "from 1 to 1000000000"),
      (["--method", "descent", "--batch", "some"], "'all'"),
      (["--freeze", "w3"], "give w1 to w2 or b1 to b2"),
      (["--freeze", "b1", "--no-bias"], "give w1 to w2,"), (["--freeze", "w1="], "as in w1=2"),
      (["--weight", "mass"], "no column 'mass' (--weight)"), (["--weight", "y"], "both the y and"),
    ])
  func refusals(options: [String], message: String) throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("s,x,y\nA,0,0\nA,1,1\n", to: "f.csv")
    let run = try Run(["fit", data] + options)
    #expect(run.status != 0 && run.output.isEmpty)
    #expect(run.errors.contains(message) && run.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test("A probability beyond 0 to 1 and a negative weight are named by their row")
  func badNumbers() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("s,x,y,w\nA,0,0,1\nA,1,1.5,-2\n", to: "f.csv")
    let entropy = try Run(["fit", data, "--cost", "cross-entropy"])
    #expect(
      entropy.status == 1 && entropy.errors.contains("row 3, column 'y': 1.5 is no probability"))
    let weight = try Run(["fit", data, "--weight", "w"])
    #expect(weight.status == 1 && weight.errors.contains("row 3, column 'w': -2.0 is no weight"))
  }
}
