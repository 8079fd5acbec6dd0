/// The cost of all samples at one place, with its slope and curvature by the free parameters: the
/// normal equations H p = −g of the generalised Gauss-Newton method.
///
/// All memory is taken once, so that a pass over the samples allocates nothing: the finish of a hundred
/// thousand curves is a matter of a second.
final class NormalEquations {
  /// All parameters: θ⁽¹⁾ … θ⁽ᴸ⁾, then b⁽¹⁾ … b⁽ᴸ⁾, zeros for a path without biases.
  let parameters: UnsafeMutableBufferPointer<Double>
  /// Σ w J.
  private(set) var cost = Double.infinity
  /// g = Σ w e j, where e is the error signal of the output (14) and j the row of the Jacobian; one
  /// entry for each free parameter.
  let gradient: UnsafeMutableBufferPointer<Double>
  /// H = Σ w c j jᵀ, row by row, where c is the curvature of the cost; above the diagonal it is 0.
  let curvature: UnsafeMutableBufferPointer<Double>
  /// The steepest slope that any sample has in each hidden layer 2 … L.
  let steepest: UnsafeMutableBufferPointer<Double>
  /// Σ w c, what the output leaves of the samples' weights.
  private(set) var totalCurvature = 0.0
  /// The indices of the free parameters.
  let free: [Int]

  private let depth: Int
  private let hidden: Activation
  private let output: Output
  private let costFunction: Cost
  /// One sample's a⁽¹⁾ … a⁽ᴸ⁾, slopes σ′(z⁽²⁾) … σ′(z⁽ᴸ⁾), and row of the Jacobian.
  private let inputs, slopes, row: UnsafeMutableBufferPointer<Double>
  private let memory: UnsafeMutableBufferPointer<Double>

  /// - Parameter free: indices into `path.parameters`, in order.
  init(_ path: ReferencePath, free: [Int]) {
    (self.free, depth) = (free, path.depth)
    (hidden, output, costFunction) = (path.hidden, path.output, path.cost)
    let lengths = [
      2 * depth, free.count, free.count * free.count, depth - 1, depth, depth, 2 * depth,
    ]
    memory = .allocate(capacity: lengths.reduce(0, +))
    memory.initialize(repeating: 0)
    var begin = 0
    let all = memory
    func part(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
      defer { begin += lengths[index] }
      return UnsafeMutableBufferPointer(rebasing: all[begin..<begin + lengths[index]])
    }
    (parameters, gradient, curvature, steepest) = (part(0), part(1), part(2), part(3))
    (inputs, slopes, row) = (part(4), part(5), part(6))
    for (l, θ) in path.weights.enumerated() { parameters[l] = θ }
    if let b = path.biases { for (l, b) in b.enumerated() { parameters[depth + l] = b } }
  }

  deinit { memory.deallocate() }

  /// A pass over the samples, none of which is missing.
  func evaluate(_ samples: [Sample]) {
    var (cost, totalCurvature) = (0.0, 0.0)
    gradient.update(repeating: 0)
    curvature.update(repeating: 0)
    steepest.update(repeating: 0)
    for sample in samples {
      let share = add(sample)
      cost += share.cost
      totalCurvature += share.curvature
    }
    (self.cost, self.totalCurvature) = (cost, totalCurvature)
  }

  /// - Returns: w J and w c.
  private func add(_ sample: Sample) -> (cost: Double, curvature: Double) {
    let (depth, hidden) = (depth, hidden)
    let (parameters, inputs, slopes, row) = (parameters, inputs, slopes, row)
    // Forward (6).
    var a = sample.x
    for l in 0..<depth - 1 {
      inputs[l] = a
      let z = weightedInput(weight: parameters[l], a, bias: parameters[depth + l])
      (a, slopes[l]) = hidden.valueAndSlope(z)
      steepest[l] = max(steepest[l], slopes[l])
    }
    inputs[depth - 1] = a
    let z = weightedInput(weight: parameters[depth - 1], a, bias: parameters[2 * depth - 1])
    let (ŷ, slope) = output.valueAndSlope(z)

    // Backward (15), (16), seeded with 1 instead of the error signal.
    var δ = 1.0
    for l in (0..<depth).reversed() {
      row[l] = weightGradient(errorSignal: δ, inputs[l])
      row[depth + l] = biasGradient(errorSignal: δ)
      guard l > 0 else { break }
      δ = hiddenErrorSignal(next: δ, weight: parameters[l], slope: slopes[l - 1])
    }

    let y = sample.y
    let cost = sample.weight * costFunction.value(z, prediction: ŷ, output: output, target: y)
    let e = costFunction.errorSignal(prediction: ŷ, slope: slope, output: output, target: y)
    let c = costFunction.curvature(prediction: ŷ, slope: slope, output: output, target: y)
    accumulate(weightedSignal: sample.weight * e, weightedCurvature: sample.weight * c)
    return (cost, sample.weight * c)
  }

  private func accumulate(weightedSignal we: Double, weightedCurvature wc: Double) {
    let (row, gradient, curvature) = (row, gradient, curvature)
    let count = gradient.count
    // Indices of free parameters never fall: those to the left are no longer read.
    for (i, parameter) in free.enumerated() { row[i] = row[parameter] }
    for i in 0..<count {
      let j = row[i]
      gradient[i] += we * j
      for k in 0...i { curvature[i * count + k] += wc * j * row[k] }
    }
  }
}
