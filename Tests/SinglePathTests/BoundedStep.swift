import SinglePath
import SinglePathReference

/// What the kernel computes of one sample, operation by operation as it does it, with bounds; that it
/// counts them all is asserted by `OperationCountTests`.
struct BoundedStep {
  /// ŷ from before the step.
  let prediction: ErrorBounded
  /// J from before the step.
  let cost: ErrorBounded
  /// f′ of the hidden units.
  let slopes: [ErrorBounded]
  /// −η ∂J/∂θ and −η ∂J/∂b.
  let changes: [ErrorBounded]
  /// θ and b after it.
  let parameters: [ErrorBounded]

  init(
    _ shape: PathShape, _ parameters: [Double], x: Double, y: Double, weight: Double = 1,
    rate: Double
  ) {
    let depth = shape.depth
    let p = parameters.map { ErrorBounded($0) }
    func bias(_ l: Int) -> ErrorBounded { shape.hasBiases ? p[depth + l - 1] : ErrorBounded(0) }
    // (6)
    var a = [ErrorBounded(x)]
    var z: [ErrorBounded] = []
    for l in 1...depth {
      z.append(ErrorBounded.fused(p[l - 1], a[l - 1], bias(l)))
      let f = l == depth ? shape.output.hidden : shape.hidden
      a.append(z[l - 1].activated(f))
    }
    let head = Head(shape: shape, z: z[depth - 1], prediction: a[depth], y: ErrorBounded(y))
    prediction = a[depth]
    cost = head.cost
    // (13), then (15)–(17); signals are −η δ.
    var signal = head.signal(of: a[depth - 1], p[depth - 1], bias(depth))
    if weight != 1 { signal = ErrorBounded(weight) * signal }
    signal = ErrorBounded(rate) * signal
    let slopes = (1..<depth).map { a[$0].slope(shape.hidden, z: z[$0 - 1]) }
    var changes = p
    var updated = p
    for l in stride(from: depth, through: 1, by: -1) {
      changes[l - 1] = signal * a[l - 1]
      updated[l - 1] = ErrorBounded.fused(signal, a[l - 1], p[l - 1])
      if shape.hasBiases {
        changes[depth + l - 1] = signal
        updated[depth + l - 1] = bias(l) + signal
      }
      if l > 1 { signal = signal * (p[l - 1] * slopes[l - 2]) }
    }
    self.slopes = slopes
    self.changes = changes
    self.parameters = updated
  }
}

/// The output and the cost.
private struct Head {
  let shape: PathShape
  let z: ErrorBounded
  let prediction: ErrorBounded
  let y: ErrorBounded

  private var isPaired: Bool {
    shape.cost == .crossEntropy && shape.output.sigmoidMethod != nil
  }

  private var inside: ErrorBounded {
    prediction.held(crossEntropyMargin...1 - crossEntropyMargin)
  }

  /// −∂J/∂z.
  func signal(of a: ErrorBounded, _ weight: ErrorBounded, _ bias: ErrorBounded) -> ErrorBounded {
    let signal: ErrorBounded
    switch shape.cost {
    case .crossEntropy where isPaired: return y - prediction
    case .crossEntropy: signal = (y - inside) / (inside * (ErrorBounded(1) - inside))
    case .squaredError, .huber:
      let error =
        shape.output == .identity ? ErrorBounded.fused(-weight, a, y - bias) : y - prediction
      if case .huber(let κ) = shape.cost {
        signal = error.held(-Double(κ)...Double(κ))
      } else {
        signal = error
      }
    }
    return shape.output == .identity
      ? signal : prediction.slope(shape.output.hidden, z: z) * signal
  }

  /// J.
  var cost: ErrorBounded {
    switch shape.cost {
    case .squaredError:
      let error = prediction - y
      return ErrorBounded.exactProduct(ErrorBounded(0.5), error) * error
    case .huber(let κ):
      let error = prediction - y
      let held = error.held(-Double(κ)...Double(κ))
      return held * ErrorBounded.fused(ErrorBounded(-0.5), held, error)
    case .crossEntropy where isPaired:
      // |∂J/∂z| = |ŷ − y| is at most 1.
      let truth = crossEntropy(ofSigmoid: z.value, target: y.value)
      return ErrorBounded(truth, z.error + pairedCrossEntropyError * truth + pairedCrossEntropyEnd)
    case .crossEntropy:
      let (p, q) = (inside, ErrorBounded(1) - inside)
      let straight = (p - y) / (p * q)
      let logarithms = ErrorBounded.fused(-y, p.logarithm(), (y - ErrorBounded(1)) * q.logarithm())
      return ErrorBounded.fused(straight, prediction - p, logarithms)
    }
  }
}

/// The largest relative error of the cross-entropy of a sigmoid output at any z, beside the error from the
/// end of the kernel's exponential at e^−22.18, which is 2⁻³² and a little. See `CostTests`.
let pairedCrossEntropyError = 2.5e-7
let pairedCrossEntropyEnd = 2.3284e-10
