import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("One step of the kernel is one step of the reference", .printsSeed)
struct EquationTests {
  @Test(arguments: shapes)
  func equations6to17_agreeWithinTheBound(depth: Int, biases: Bool) throws {
    for (method, set) in methodsAndKernels {
      let fixture = try BankFixture(
        depth: depth, biases: biases, sigmoid: method, count: 301, frames: 1, stream: UInt64(depth))
      let trained = try fixture.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
      let predicted = try fixture.predicted(Kernel(set)).map { Float(bitPattern: $0) }
      let costs = try fixture.costs(Kernel(set)).map { Float(bitPattern: $0) }
      var worst = 0.0
      for i in 0..<fixture.count {
        let own = stride(from: i, to: fixture.parameters.count, by: fixture.count).map {
          Double(fixture.parameters[$0])
        }
        let x = Double(fixture.inputs[i])
        let y = Double(fixture.targets[i])
        let rate = Double(fixture.rates[i])
        var path = fixture.shape.reference(own)
        let step = BoundedStep(fixture.shape, own, x: x, y: y, rate: rate)
        let bounds = [step.prediction] + step.parameters + [step.cost]
        let ŷ = path.predict(x)
        let cost = path.cost(x: x, y: y)
        path.train(x: x, y: y, rate: rate)
        let expected = [ŷ] + path.parameters + [cost]
        let kernel =
          [Double(predicted[i])]
          + stride(from: i, to: trained.count, by: fixture.count).map { Double(trained[$0]) }
          + [Double(costs[i])]
        for (k, (value, bound)) in zip(zip(kernel, expected), bounds).enumerated() {
          // The bound's own value is the reference's, up to double precision.
          #expect(abs(bound.value - value.1) <= 1e-12 * (1 + abs(value.1)))
          let ratio = abs(value.0 - value.1) / (bound.error + 1e-12 * abs(value.1))
          #expect(ratio <= 1, "quantity \(k) of path \(i) on \(set)")
          worst = max(worst, ratio)
        }
      }
      // The bound is no mere formality.
      #expect(worst >= 0.02)
    }
  }

  @Test(arguments: kernels)
  func equation17_manyStepsStayNearTheReference(set: InstructionSet) throws {
    let fixture = try BankFixture(depth: 3, biases: false, count: 40, frames: 500, stream: 9)
    let trained = try fixture.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
    for i in 0..<fixture.count {
      var path = ReferencePath(
        weights: (0..<3).map { Double(fixture.parameters[$0 * fixture.count + i]) }, biases: nil)
      for t in 0..<fixture.frames {
        path.train(
          x: Double(fixture.inputs[t * fixture.count + i]),
          y: Double(fixture.targets[t * fixture.count + i]),
          rate: Double(fixture.rates[i]))
      }
      for l in 0..<3 {
        // 500 steps, each with a few roundings of values below 4, none amplified here.
        #expect(
          abs(Double(trained[l * fixture.count + i]) - Array(path.weights)[l]) < 500 * 4 * 0x1p-24)
      }
    }
  }

  @Test(arguments: kernels)
  func sharedInputsEqualTheSameInputsPerPath(set: InstructionSet) throws {
    var fixture = try BankFixture(depth: 4, biases: true, count: 37, frames: 6)
    let shared = (0..<6).map { fixture.inputs[$0] }
    for t in 0..<6 { for i in 0..<37 { fixture.inputs[t * 37 + i] = shared[t] } }
    fixture.rates = Array(repeating: 0.25, count: 37)
    var bank = try fixture.bank(Kernel(set))
    try bank.train(
      on: Samples(inputs: .shared(shared.span), targets: .perPath(fixture.targets.span, frames: 6)),
      rate: 0.25)
    let bits = bank.copyParameters().map(\.bitPattern)
    #expect(try bits == fixture.trained(Kernel(set)).parameters)
  }
}
