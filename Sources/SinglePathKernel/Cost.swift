import SinglePathShims

/// The cost of a sample, chosen when the code runs.
public struct Cost {
  @usableFromInline let code: Int
  /// κ of Huber's cost.
  @usableFromInline let threshold: Float
  /// Whether the output is the sigmoid and the cost its cross-entropy: then J is computed from z, and
  /// (13) is ŷ − y.
  @usableFromInline let isPaired: Bool

  @inlinable @inline(__always)
  init(of call: sp_call) {
    code = Int(call.cost)
    threshold = call.threshold
    isPaired =
      Int(call.cost) == SP_COST_CROSS_ENTROPY && Int(call.output) == SP_OUTPUT_SIGMOID
  }

  /// Whether J is a function of the error ŷ − y alone.
  @inlinable @inline(__always)
  var isOfError: Bool { code != SP_COST_CROSS_ENTROPY }

  /// Where the cross-entropy of an output other than the sigmoid leaves its formula: below this and
  /// above 1 minus this it goes on as a straight line, since such an output may leave 0…1.
  @inlinable @inline(__always)
  static var margin: Float { 0x1p-10 }

  /// −∂J/∂ŷ of each error y − ŷ of a row, in its place, for costs of the error alone.
  @inlinable @inline(__always)
  func bend<Code: MachineCode>(_: Code.Type, errors: Row, vectors: Int) {
    guard code == SP_COST_HUBER else { return }
    for v in 0..<vectors {
      let error: Code.Vector = errors.load(v)
      errors.store(error.atMost(threshold).atLeast(-threshold), v)
    }
  }

  /// −∂J/∂ŷ of each prediction ŷ of a row. Paired with the sigmoid it is −∂J/∂z.
  @inlinable @inline(__always)
  func errors<Code: MachineCode>(
    _: Code.Type, predictions: Row, targets: Row, to errors: Row, vectors: Int
  ) {
    typealias L = Code.Vector
    if code == SP_COST_CROSS_ENTROPY && !isPaired {
      for v in 0..<vectors {
        let p = Self.held(predictions.load(v) as L)
        errors.store((targets.load(v) - p) / (p * (L(repeating: 1) - p)), v)
      }
      return
    }
    for v in 0..<vectors {
      errors.store((targets.load(v) as L) - predictions.load(v), v)
    }
    bend(Code.self, errors: errors, vectors: vectors)
  }

  /// Adds J of each sample of a row, times its weight, to a sum.
  ///
  /// - Parameters:
  ///   - z: what the output's activation made the predictions ŷ of.
  @inlinable @inline(__always)
  func add<Code: MachineCode>(
    _: Code.Type, z: Row, predictions: Row, targets: Row, weights: Row, to sums: Row, vectors: Int
  ) {
    typealias L = Code.Vector
    func run(_ add: (_ z: L, _ ŷ: L, _ y: L, _ weight: L, _ sum: L) -> L) {
      for v in 0..<vectors {
        let y: L = targets.load(v)
        let sum: L = sums.load(v)
        let new = add(z.load(v), predictions.load(v), y, weights.load(v), sum)
        sums.store(new.withOneNaN.wherePresent(y, otherwise: sum), v)
      }
    }
    if isPaired {
      run { z, _, y, weight, sum in
        L.fusedMultiplyAdd(weight, Self.crossEntropy(ofSigmoidAt: z, y), sum)
      }
    } else if code == SP_COST_CROSS_ENTROPY {
      run { _, ŷ, y, weight, sum in L.fusedMultiplyAdd(weight, Self.crossEntropy(ŷ, y), sum) }
    } else if code == SP_COST_HUBER {
      run { _, ŷ, y, weight, sum in
        // c is the error where that is small: c (error − ½ c) is ½ error², else κ (|error| − ½ κ).
        let error = ŷ - y
        let c = error.atMost(threshold).atLeast(-threshold)
        let rest = L.fusedMultiplyAdd(L(repeating: -0.5), c, error)
        return L.fusedMultiplyAdd(weight * c, rest, sum)
      }
    } else {
      run { _, ŷ, y, weight, sum in
        let error = ŷ - y
        return L.fusedMultiplyAdd(weight * (L(repeating: 0.5) * error), error, sum)
      }
    }
  }

  /// −y ln σ(z) − (1 − y) ln(1 − σ(z)), as |z| (1 − y or y) + ln(1 + e^−|z|): nothing overflows and
  /// nothing cancels.
  @inlinable @inline(__always)
  static func crossEntropy<L: Lanes>(ofSigmoidAt z: L, _ y: L) -> L {
    let part = (L(repeating: 1) - y).wherePositive(z, otherwise: y)
    let size = z.magnitude.atMost(.greatestFiniteMagnitude)
    return L.fusedMultiplyAdd(size, part, Softplus.aboveMaximum(z))
  }

  /// −y ln ŷ − (1 − y) ln(1 − ŷ), and its tangents beyond the margins.
  @inlinable @inline(__always)
  static func crossEntropy<L: Lanes>(_ ŷ: L, _ y: L) -> L {
    let p = held(ŷ)
    let q = L(repeating: 1) - p
    let other = (y - L(repeating: 1)) * Logarithm.value(q)
    let inside = L.fusedMultiplyAdd(-y, Logarithm.value(p), other)
    return L.fusedMultiplyAdd((p - y) / (p * q), ŷ - p, inside)
  }

  @inlinable @inline(__always)
  static func held<L: Lanes>(_ ŷ: L) -> L { ŷ.atLeast(margin).atMost(1 - margin) }
}
