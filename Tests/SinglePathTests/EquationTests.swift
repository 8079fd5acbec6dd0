import SinglePath
import SinglePathKernel
import SinglePathReference
import Testing

/// Follows one training step in double precision beside a bound of what single precision and the
/// kernel's sigmoid can add to each quantity: for every value a `(value, error)`, with `u` = 2⁻²⁴ for
/// each rounding and `Sigmoid.maximumError` for each sigmoid, whose slope is at most ¼.
private struct Bounded {
  var value: Double
  var error: Double

  static let u = 0x1p-24

  init(_ value: Double, _ error: Double = 0) {
    self.value = value
    self.error = error
  }

  /// The result of an operation, rounded once.
  private func rounded() -> Bounded {
    Bounded(value, error + Self.u * (abs(value) + error) + 0x1p-149)
  }

  static func + (a: Bounded, b: Bounded) -> Bounded {
    Bounded(a.value + b.value, a.error + b.error).rounded()
  }
  static func - (a: Bounded, b: Bounded) -> Bounded {
    Bounded(a.value - b.value, a.error + b.error).rounded()
  }
  static func * (a: Bounded, b: Bounded) -> Bounded { exactProduct(a, b).rounded() }

  static func exactProduct(_ a: Bounded, _ b: Bounded) -> Bounded {
    Bounded(
      a.value * b.value, abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)
  }

  /// a·b + c, rounded once.
  static func fused(_ a: Bounded, _ b: Bounded, _ c: Bounded) -> Bounded {
    let product = exactProduct(a, b)
    return Bounded(product.value + c.value, product.error + c.error).rounded()
  }

  var sigmoid: Bounded {
    Bounded(SinglePathReference.sigmoid(value), error / 4 + Sigmoid.maximumError)
  }
}

/// What the kernel computes in a step, with bounds: ŷ, then the new weights and biases.
private func boundedStep(
  _ weights: [Double], _ biases: [Double]?, x: Double, y: Double, rate: Double
) -> [Bounded] {
  let depth = weights.count
  let θ = weights.map { Bounded($0) }
  let b = biases?.map { Bounded($0) }
  func weighted(_ l: Int, _ a: Bounded) -> Bounded {
    b.map { Bounded.fused(θ[l - 1], a, $0[l - 1]) } ?? θ[l - 1] * a
  }
  var a = [Bounded(x)]
  for l in 1..<depth { a.append(weighted(l, a[l - 1]).sigmoid) }
  let prediction = weighted(depth, a[depth - 1])
  let target = b.map { Bounded(y) - $0[depth - 1] } ?? Bounded(y)
  let minus = Bounded(-weights[depth - 1])
  var step = Bounded(rate) * Bounded.fused(minus, a[depth - 1], target)
  var newWeights = θ
  var newBiases = b
  for l in stride(from: depth, through: 1, by: -1) {
    newWeights[l - 1] = Bounded.fused(step, a[l - 1], θ[l - 1])
    if let old = b?[l - 1] { newBiases?[l - 1] = old + step }
    if l > 1 { step = step * (θ[l - 1] * (a[l - 1] * (Bounded(1) - a[l - 1]))) }
  }
  return [prediction] + newWeights + (newBiases ?? [])
}

@Suite("One step of the kernel is one step of the reference")
struct EquationTests {
  @Test(arguments: shapes)
  func equations6to17_agreeWithinTheBound(depth: Int, biases: Bool) throws {
    for set in kernels {
      let job = try Job(depth: depth, biases: biases, count: 301, frames: 1, stream: UInt64(depth))
      let trained = try job.trained(Kernel(set)).parameters.map { Float(bitPattern: $0) }
      let predicted = try job.predicted(Kernel(set)).map { Float(bitPattern: $0) }
      let costs = try job.costs(Kernel(set)).map { Float(bitPattern: $0) }
      var worst = 0.0
      for i in 0..<job.count {
        let own = stride(from: i, to: job.parameters.count, by: job.count).map {
          Double(job.parameters[$0])
        }
        let weights = Array(own.prefix(depth))
        let biasValues = biases ? Array(own.suffix(depth)) : nil
        let x = Double(job.inputs[i])
        let y = Double(job.targets[i])
        let rate = Double(job.rates[i])
        var path = ReferencePath(weights: weights, biases: biasValues)
        let bounds = boundedStep(weights, biasValues, x: x, y: y, rate: rate)
        let ŷ = path.predict(x)
        let cost = path.cost(x: x, y: y)
        path.train(x: x, y: y, rate: rate)
        let expected = [ŷ] + Array(path.weights) + (path.biases.map(Array.init) ?? [])
        let kernel =
          [Double(predicted[i])]
          + stride(from: i, to: trained.count, by: job.count).map { Double(trained[$0]) }
        for (k, (value, bound)) in zip(zip(kernel, expected), bounds).enumerated() {
          // The bound's own value is the reference's, up to double precision.
          #expect(abs(bound.value - value.1) <= 1e-12 * (1 + abs(value.1)))
          let ratio = abs(value.0 - value.1) / (bound.error + 1e-12 * abs(value.1))
          #expect(ratio <= 1, "quantity \(k) of path \(i) on \(set), seed \(Generator.seed)")
          worst = max(worst, ratio)
        }
        // (7): the error of ½ (ŷ − y)² follows from that of ŷ.
        let e = abs(ŷ - y)
        let bound =
          (e + bounds[0].error) * bounds[0].error + 8 * 0x1p-24 * (e + bounds[0].error)
          * (e + bounds[0].error)
        #expect(abs(Double(costs[i]) - cost) <= bound, "cost of path \(i) on \(set)")
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
