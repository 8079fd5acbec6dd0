import SinglePathShims

/// What one frame adds to a batch.
@usableFromInline
struct BatchStep {
  /// −η δ⁽ˡ⁺¹⁾ of the layer behind a parameter.
  @usableFromInline let signal: Row
  @usableFromInline let y: Row
  @usableFromInline let isFirst: Bool
  @usableFromInline let isLast: Bool

  @inlinable @inline(__always)
  init(signal: Row, y: Row, isFirst: Bool, isLast: Bool) {
    self.signal = signal
    self.y = y
    self.isFirst = isFirst
    self.isLast = isLast
  }
}

/// The update (17) with batches, frozen parameters, bounds and a limit of the gradient.
///
/// The frames of a batch before its last sum their shares, G; the last one's share Δ = −η δ⁽ˡ⁺¹⁾ a⁽ˡ⁾
/// makes θ + G + Δ, with Δ added in the rounding of its product. A bias is a weight whose input is 1.
/// With one frame a batch, and where no limit or bound is reached, that is (17) as `Path` computes it.
@usableFromInline
struct GeneralUpdate<Code: MachineCode> {
  @usableFromInline typealias L = Code.Vector

  /// η.
  @usableFromInline let rates: Row
  @usableFromInline let scratch: GeneralWorkspace<L>
  @usableFromInline let vectors: Int
  @usableFromInline let frozen: UnsafePointer<UInt16>?
  /// Elements of the masks from vector to vector.
  @usableFromInline let frozenStep: Int
  @usableFromInline let isConstrained: Bool
  @usableFromInline let gradientLimit: Float
  @usableFromInline let lower: Planes
  @usableFromInline let upper: Planes

  @inlinable @inline(__always)
  init(_ call: sp_call, _ block: Block<L>, _ scratch: GeneralWorkspace<L>) {
    self.scratch = scratch
    vectors = block.vectors
    rates = block.rates(of: call, copy: scratch.rates)
    if let masks = call.frozen, call.frozen_step != 0 {
      frozen = block.values(masks, copy: scratch.frozen)
    } else {
      let mask = call.frozen?.pointee ?? call.frozen_mask
      for lane in 0..<L.width { scratch.frozen[lane] = mask }
      frozen = mask == 0 ? nil : UnsafePointer(scratch.frozen)
    }
    frozenStep = call.frozen_step &* L.width
    isConstrained = call.gradient_limit != 0 || call.lower != nil
    gradientLimit = call.gradient_limit == 0 ? .infinity : call.gradient_limit
    lower = Self.bound(call.lower, call, block, scratch.lower, scratch.minusInfinities)
    upper = Self.bound(call.upper, call, block, scratch.upper, scratch.infinities)
  }

  /// Where a bound of the parameters is read: the host's planes, or without any one row for all.
  @inlinable @inline(__always)
  static func bound(
    _ host: UnsafePointer<Float>?, _ call: sp_call, _ block: Block<L>, _ copy: Planes, _ none: Row
  ) -> Planes {
    guard let host else { return Planes(none.first, planeStride: 0, step: 0) }
    if call.bound_step != 0 && block.partial == 0 {
      return Planes(
        UnsafeMutablePointer(mutating: host) + block.first, planeStride: call.bound_stride,
        step: L.width)
    }
    let count = call.has_biases == 0 ? Int(call.depth) : 2 &* Int(call.depth)
    for p in 0..<count {
      _ = block.row(
        host + p &* call.bound_stride, step: call.bound_step, copy: copy[p].first)
    }
    return copy
  }

  /// Adds a step to parameter p: to the sums of a batch, or with them to the parameter.
  ///
  /// - Parameters:
  ///   - a: a⁽ˡ⁾ of a weight, ones of a bias.
  ///   - parameters: from before the update; the new ones go to the workspace.
  @inlinable @inline(__always)
  func apply(_ step: BatchStep, input a: Row, to p: Int, of parameters: Planes) {
    // Minus zero changes no bit of what it is added to.
    let sums = step.isFirst ? scratch.minusZeros : scratch.sums[p]
    if !step.isLast {
      accumulate(step, a, sums, to: scratch.sums[p])
    } else if isConstrained {
      updateConstrained(step, a, sums, p, parameters[p], to: scratch.parameters[p])
    } else if step.isFirst && frozen == nil {
      // (17) alone: the same bits as by the way of sums and masks, and fewer loads.
      accumulate(step, a, parameters[p], to: scratch.parameters[p])
    } else {
      update(step, a, sums, p, parameters[p], to: scratch.parameters[p])
    }
  }

  @inlinable @inline(__always)
  func accumulate(_ step: BatchStep, _ a: Row, _ sums: Row, to result: Row) {
    for v in 0..<vectors {
      let sum: L = sums.load(v)
      let new = L.fusedMultiplyAdd(step.signal.load(v), a.load(v), sum)
      result.store(new.wherePresent(step.y.load(v), otherwise: sum), v)
    }
  }

  @inlinable @inline(__always)
  func update(
    _ step: BatchStep, _ a: Row, _ sums: Row, _ p: Int, _ parameter: Row, to result: Row
  ) {
    let mask = mask(p)
    for v in 0..<vectors {
      let old: L = parameter.load(v)
      let before = old + sums.load(v)
      let new = L.fusedMultiplyAdd(step.signal.load(v), a.load(v), before)
      let updated = new.wherePresent(step.y.load(v), otherwise: before)
      result.store(updated.wherePresent(mask.load(v), otherwise: old), v)
    }
  }

  @inlinable @inline(__always)
  func updateConstrained(
    _ step: BatchStep, _ a: Row, _ sums: Row, _ p: Int, _ parameter: Row, to result: Row
  ) {
    let mask = mask(p)
    let (lower, upper) = (lower[p], upper[p])
    for v in 0..<vectors {
      let old: L = parameter.load(v)
      let sum: L = sums.load(v)
      let y: L = step.y.load(v)
      let (signal, a): (L, L) = (step.signal.load(v), a.load(v))
      let new = L.fusedMultiplyAdd(signal, a, old + sum)
        .wherePresent(y, otherwise: old + sum)
      let change = L.fusedMultiplyAdd(signal, a, sum).wherePresent(y, otherwise: sum)
      let limit = (rates.load(v) as L) * L(repeating: gradientLimit)
      let held = change.atMost(limit).atLeast(-limit)
      let limited = new.whereEqual(held, change, otherwise: old + held)
      let bounded = limited.atLeast(lower.load(v) as L).atMost(upper.load(v) as L)
      // A parameter that does not move keeps its bits, even beyond a bound.
      let updated = old.whereEqual(limited, old, otherwise: bounded)
      result.store(updated.wherePresent(mask.load(v), otherwise: old), v)
    }
  }

  /// NaN where parameter p is frozen, else 0.
  @inlinable @inline(__always)
  func mask(_ p: Int) -> Row {
    guard let frozen else { return scratch.zeros }
    for v in 0..<vectors {
      scratch.mask.store(
        L.mask(frozen + v &* frozenStep, bit: Int32(truncatingIfNeeded: p)), v)
    }
    return scratch.mask
  }
}
