import SinglePath
import SinglePathReference
import Testing

@Suite("One step of the kernel is one step of the reference")
struct EquationTests {
  @Test(arguments: shapes)
  func equations6to17_agreeWithinTheBound(depth: Int, biases: Bool) throws {
    for (form, set) in formsAndKernels {
      let job = try Job(
        depth: depth, biases: biases, sigmoid: form, count: 301, frames: 1, stream: UInt64(depth))
      let trained = try job.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
      let predicted = try job.predicted(Kernel(set)).map { Float(bitPattern: $0) }
      let costs = try job.costs(Kernel(set)).map { Float(bitPattern: $0) }
      var worst = 0.0
      for i in 0..<job.count {
        let own = stride(from: i, to: job.parameters.count, by: job.count).map {
          Double(job.parameters[$0])
        }
        let x = Double(job.inputs[i])
        let y = Double(job.targets[i])
        let rate = Double(job.rates[i])
        var path = job.shape.reference(own)
        let step = BoundedStep(job.shape, own, x: x, y: y, rate: rate)
        let bounds = [step.prediction] + step.parameters + [step.cost]
        let ŷ = path.predict(x)
        let cost = path.cost(x: x, y: y)
        path.train(x: x, y: y, rate: rate)
        let expected = [ŷ] + path.parameters + [cost]
        let kernel =
          [Double(predicted[i])]
          + stride(from: i, to: trained.count, by: job.count).map { Double(trained[$0]) }
          + [Double(costs[i])]
        for (k, (value, bound)) in zip(zip(kernel, expected), bounds).enumerated() {
          // The bound's own value is the reference's, up to double precision.
          #expect(abs(bound.value - value.1) <= 1e-12 * (1 + abs(value.1)))
          let ratio = abs(value.0 - value.1) / (bound.error + 1e-12 * abs(value.1))
          #expect(ratio <= 1, "quantity \(k) of path \(i) on \(set), seed \(Generator.seed)")
          worst = max(worst, ratio)
        }
      }
      // The bound is no mere formality.
      #expect(worst >= 0.02)
    }
  }

  @Test(arguments: kernels)
  func equation17_manyStepsStayNearTheReference(set: InstructionSet) throws {
    let job = try Job(depth: 3, biases: false, count: 40, frames: 500, stream: 9)
    let trained = try job.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
    for i in 0..<job.count {
      var path = ReferencePath(
        weights: (0..<3).map { Double(job.parameters[$0 * job.count + i]) }, biases: nil)
      for t in 0..<job.frames {
        path.train(
          x: Double(job.inputs[t * job.count + i]), y: Double(job.targets[t * job.count + i]),
          rate: Double(job.rates[i]))
      }
      for l in 0..<3 {
        // 500 steps, each with a few roundings of values below 4, none amplified here.
        #expect(
          abs(Double(trained[l * job.count + i]) - Array(path.weights)[l]) < 500 * 4 * 0x1p-24)
      }
    }
  }

  @Test(arguments: kernels)
  func sharedInputsEqualTheSameInputsPerPath(set: InstructionSet) throws {
    var job = try Job(depth: 4, biases: true, count: 37, frames: 6)
    let shared = (0..<6).map { job.inputs[$0] }
    for t in 0..<6 { for i in 0..<37 { job.inputs[t * 37 + i] = shared[t] } }
    job.rates = Array(repeating: 0.25, count: 37)
    try withMemory(job.parameters, shared, job.targets) { memory in
      try Kernel(set).train(
        Parameters(memory[0], shape: job.shape, count: 37, stride: 37),
        inputs: Frames(shared: memory[1], frames: 6),
        targets: Frames(memory[2], frames: 6, stride: 37), rate: 0.25)
      let bits = job.parameters.indices.map { memory[0][$0].bitPattern }
      #expect(try bits == job.trained(Kernel(set)).parameters)
    }
  }
}
