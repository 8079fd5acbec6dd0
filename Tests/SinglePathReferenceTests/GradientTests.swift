import SeededRandom
import SinglePathReference
import Testing

@Suite("Error signals and gradients", .printsSeed)
struct GradientTests {
  /// Error of the central difference with h = 1e-5, see `centralDifferences`: up to 4e-10 was seen
  /// for these paths over 25 seeds.
  private let tolerance = 1e-9

  @Test(arguments: 1...8, [false, true])
  func equation13_errorSignalIsTheSlopeByWeightedInput(depth: Int, biases: Bool) {
    for sample in randomCases(200, depth: depth, biases: biases) {
      let signals = sample.path.errorSignals(sample.path.forward(sample.x), y: sample.y)
      let measured = sample.path.errorSignalsByDefinition(x: sample.x, y: sample.y)
      expectEqual(signals, measured, sample)
    }
  }

  @Test(arguments: 1...8, [false, true])
  func gradientsAreTheMeasuredSlopes(depth: Int, biases: Bool) {
    var meaningful = 0
    let cases = randomCases(200, depth: depth, biases: biases)
    for sample in cases {
      let gradients = sample.path.gradients(x: sample.x, y: sample.y)
      let measured = sample.path.centralDifferences(x: sample.x, y: sample.y)
      expectEqual(gradients.weights, measured.weights, sample)
      #expect((gradients.biases != nil) == biases)
      if let b = gradients.biases, let m = measured.biases { expectEqual(b, m, sample) }

      let all = Array(gradients.weights) + Array(gradients.biases ?? Numbered([], from: 1))
      if all.allSatisfy({ abs($0) > 100 * tolerance }) { meaningful += 1 }
    }
    // Zeros on both sides would agree too.
    #expect(meaningful > cases.count / 2)
  }

  @Test
  func equation14_outputErrorSignal() {
    for sample in randomCases(200, depth: 3, biases: true) {
      let trace = sample.path.forward(sample.x)
      let signals = sample.path.errorSignals(trace, y: sample.y)
      #expect(signals[4] == trace.a[4] - sample.y, "\(sample)")
    }
  }

  @Test(arguments: 2...8)
  func equation16_hiddenErrorSignal(depth: Int) {
    for sample in randomCases(200, depth: depth, biases: true) {
      let trace = sample.path.forward(sample.x)
      let δ = sample.path.errorSignals(trace, y: sample.y)
      for l in 2...depth {
        let expected = δ[l + 1] * sample.path.weights[l] * sigmoidSlope(trace.z[l])
        #expect(δ[l] == expected, "\(sample), layer \(l)")
      }
    }
  }

  private func expectEqual(_ actual: Numbered, _ measured: Numbered, _ sample: RandomCase) {
    #expect(actual.indices == measured.indices, "\(sample)")
    for l in actual.indices {
      #expect(abs(actual[l] - measured[l]) <= tolerance, "\(sample), number \(l)")
    }
  }
}
