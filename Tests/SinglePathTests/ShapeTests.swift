import SeededRandom
import SinglePath
import SinglePathReference
import Testing

/// Every hidden activation with every output and every cost, of a depth, with these biases or without;
/// sigmoids by each method.
func everyShape(depth: Int, biases: Bool) throws -> [PathShape] {
  let costs = [CostFunction.squaredError, .crossEntropy, .huber(threshold: 0.5)]
  return try HiddenActivation.allCases.flatMap { hidden in
    try OutputActivation.allCases.flatMap { output in
      let methods = Set([hidden.sigmoidMethod, output.sigmoidMethod].compactMap { $0 })
      return try (methods.count > 1 ? [] : costs).map {
        try PathShape(depth: depth, biases: biases, hidden: hidden, output: output, cost: $0)
      }
    }
  }
}

extension BankFixture {
  /// Neither vanishes nor blows up over eight layers: weights are 0.5 to 1.3 in size, biases up to
  /// 0.5, inputs 0.5 to 1.5. Of every other path all are above 0, so that no rectifier is shut.
  mutating func makeWellConditioned() {
    for i in parameters.indices {
      let isBias = i / count >= shape.depth
      parameters[i] = isBias ? parameters[i] / 4 : sized(parameters[i], from: 0.5, by: 0.4)
    }
    for i in inputs.indices { inputs[i] = sized(inputs[i], from: 0.5, by: 0.5) }
    for i in parameters.indices where i % count % 2 == 0 { parameters[i] = abs(parameters[i]) }
    for i in inputs.indices where i % count % 2 == 0 { inputs[i] = abs(inputs[i]) }
  }

  private func sized(_ value: Float, from least: Float, by scale: Float) -> Float {
    Float(signOf: value, magnitudeOf: least + scale * abs(value))
  }
}

@Suite("One step of the kernel is one step of the reference, for every shape", .printsSeed)
struct ShapeTests {
  @Test(arguments: shapes)
  func everyChoiceAgreesWithinTheBound(depth: Int, biases: Bool) throws {
    for shape in try everyShape(depth: depth, biases: biases) {
      var fixture = BankFixture(shape, count: 33, frames: 1, stream: UInt64(depth))
      fixture.makeWellConditioned()
      let kernel = try Kernel(kernels[0])
      let bits = try (
        fixture.trained(kernel).parameters, fixture.predicted(kernel), fixture.costs(kernel)
      )
      for set in kernels.dropFirst() {
        #expect(try fixture.trained(Kernel(set)).parameters == bits.0, "\(shape) on \(set)")
        #expect(try fixture.predicted(Kernel(set)) == bits.1, "\(shape) on \(set)")
        #expect(try fixture.costs(Kernel(set)) == bits.2, "\(shape) on \(set)")
      }
      var worst = 0.0
      var telling = 0
      // All have the same bits; half of them say enough.
      for i in 0..<17 {
        let check = Check(fixture, path: i, bits)
        #expect(
          check.ratios.allSatisfy { $0 <= 1 },
          "\(shape), path \(i): \(check.ratios)")
        worst = max(worst, check.ratios.max() ?? 0)
        if check.everyParameterMoves { telling += 1 }
      }
      // The bound is no mere formality, and there are gradients to compare.
      #expect(worst >= 0.02, "\(shape)")
      #expect(telling >= 8, "\(shape)")
    }
  }
}

/// One path beside the reference.
private struct Check {
  /// |kernel − reference| / bound of each parameter, then of ŷ and J.
  let ratios: [Double]
  let everyParameterMoves: Bool

  init(_ fixture: BankFixture, path i: Int, _ bits: ([UInt32], [UInt32], [UInt32])) {
    let places = stride(from: i, to: fixture.parameters.count, by: fixture.count)
    let own = places.map { Double(fixture.parameters[$0]) }
    let (x, y) = (Double(fixture.inputs[i]), Double(fixture.targets[i]))
    let rate = Double(fixture.rates[i])
    var path = fixture.shape.reference(own)
    let before = [path.predict(x), path.cost(x: x, y: y)]
    path.train(x: x, y: y, rate: rate)
    let step = BoundedStep(fixture.shape, own, x: x, y: y, rate: rate)
    let bounds = step.parameters + [step.prediction, step.cost]
    let kernel = (places.map { bits.0[$0] } + [bits.1[i], bits.2[i]]).map {
      Double(Float(bitPattern: $0))
    }
    ratios = zip(zip(kernel, path.parameters + before), bounds).map { value, bound in
      // The bound's own value is the reference's, up to double precision.
      #expect(abs(bound.value - value.1) <= 1e-12 * (1 + abs(value.1)))
      let difference = abs(value.0 - value.1)
      return difference == 0 ? 0 : difference / (bound.error + 1e-12 * abs(value.1))
    }
    everyParameterMoves = zip(kernel, own).allSatisfy { $0 != $1 }
  }
}
