/// The cost of all samples at one place, with its slope and curvature by the free parameters: the
/// normal equations H p = −g of the generalised Gauss-Newton method.
///
/// All memory is taken once, so that a pass over the samples allocates nothing.
struct NormalEquations {
  /// All parameters: θ⁽¹⁾ … θ⁽ᴸ⁾, then b⁽¹⁾ … b⁽ᴸ⁾, zeros for a path without biases.
  var parameters: [Double]
  /// Σ w J.
  private(set) var cost = Double.infinity
  /// g = Σ w e j, where e is the error signal of the output (14) and j the row of the Jacobian; one
  /// entry for each free parameter.
  private(set) var gradient: [Double]
  /// H = Σ w c j jᵀ, row by row, where c is the curvature of the cost; above the diagonal it is 0.
  private(set) var curvature: [Double]
  /// The steepest slope that any sample has in each hidden layer 2 … L.
  private(set) var steepest: [Double]
  /// Σ w c, what the output leaves of the samples' weights.
  private(set) var totalCurvature = 0.0

  /// The indices of the free parameters.
  let free: [Int]
  private let depth: Int
  private let hidden: Activation
  private let output: Output
  private let costFunction: Cost
  /// One sample's a⁽¹⁾ … a⁽ᴸ⁾, slopes σ′(z⁽²⁾) … σ′(z⁽ᴸ⁾), and row of the Jacobian.
  private var scratch: [Double]

  /// - Parameter free: indices into `path.parameters`, in order.
  init(_ path: ReferencePath, free: [Int]) {
    (self.free, depth) = (free, path.depth)
    (hidden, output, costFunction) = (path.hidden, path.output, path.cost)
    parameters = path.parameters + (path.biases == nil ? path.weights.map { _ in 0 } : [])
    gradient = Array(repeating: 0, count: free.count)
    curvature = Array(repeating: 0, count: free.count * free.count)
    steepest = Array(repeating: 0, count: depth - 1)
    scratch = Array(repeating: 0, count: 4 * depth)
  }

  /// A pass over the samples, none of which is missing.
  mutating func evaluate(_ samples: [Sample]) {
    (cost, totalCurvature) = (0, 0)
    for i in gradient.indices { gradient[i] = 0 }
    for i in curvature.indices { curvature[i] = 0 }
    for i in steepest.indices { steepest[i] = 0 }
    for sample in samples { add(sample) }
  }

  private mutating func add(_ sample: Sample) {
    let (slopes, row) = (depth, 2 * depth)
    // Forward (6).
    var a = sample.x
    for l in 0..<depth - 1 {
      scratch[l] = a
      let z = weightedInput(weight: parameters[l], a, bias: parameters[depth + l])
      let (value, slope) = hidden.valueAndSlope(z)
      a = value
      scratch[slopes + l] = slope
      steepest[l] = max(steepest[l], slope)
    }
    scratch[depth - 1] = a
    let z = weightedInput(weight: parameters[depth - 1], a, bias: parameters[2 * depth - 1])
    let (ŷ, slope) = output.valueAndSlope(z)

    // Backward (15), (16), seeded with 1 instead of the error signal.
    var δ = 1.0
    for l in (0..<depth).reversed() {
      scratch[row + l] = weightGradient(errorSignal: δ, scratch[l])
      scratch[row + depth + l] = biasGradient(errorSignal: δ)
      guard l > 0 else { break }
      δ = hiddenErrorSignal(next: δ, weight: parameters[l], slope: scratch[slopes + l - 1])
    }

    cost += sample.weight * costFunction.value(z, prediction: ŷ, output: output, target: sample.y)
    let e = costFunction.errorSignal(
      prediction: ŷ, slope: slope, output: output, target: sample.y)
    let c =
      sample.weight
      * costFunction.curvature(prediction: ŷ, slope: slope, output: output, target: sample.y)
    totalCurvature += c
    let count = free.count
    for i in 0..<count {
      let j = scratch[row + free[i]]
      gradient[i] += sample.weight * e * j
      let cj = c * j
      for k in 0...i { curvature[i * count + k] += cj * scratch[row + free[k]] }
    }
  }
}
