import SinglePathShims

/// (17) with batches, frozen parameters, bounds and a limit of the gradient, into the workspace.
///
/// All but the last frame of a batch add their gradient steps to G. The last one computes
/// θ ← fma(−η δ⁽ˡ⁺¹⁾, a⁽ˡ⁾, θ + G), so that its product and its sum are rounded once. With one frame a
/// batch, and where no limit or bound is reached, that is (17) to the bit.
struct RuledSink<Vector: Lanes>: PlaneSink {
  let rules: UpdateRules<Vector>
  /// Where the updated parameters go, G, and the bounds.
  let parameters: Planes
  let sums: Planes
  let lower: Planes
  let upper: Planes
  /// η.
  let rates: Row
  let frozen: UnsafePointer<UInt16>?
  let isFirstOfBatch: Bool
  let isLastOfBatch: Bool

  @inline(__always)
  init(_ rules: UpdateRules<Vector>, isFirstOfBatch: Bool, isLastOfBatch: Bool) {
    self.rules = rules
    parameters = rules.workspace.parameters
    sums = rules.workspace.sums
    lower = rules.lower
    upper = rules.upper
    rates = rules.rates
    frozen = rules.frozen
    self.isFirstOfBatch = isFirstOfBatch
    self.isLastOfBatch = isLastOfBatch
  }

  /// - Parameter v: vectors that the planes of `other` begin later.
  @inline(__always)
  init(_ other: Self, advancedBy v: Int) {
    rules = other.rules
    parameters = other.parameters.advanced(by: v)
    sums = other.sums.advanced(by: v)
    lower = other.lower.advanced(by: v)
    upper = other.upper.advanced(by: v)
    rates = other.rates.advanced(by: v)
    frozen = other.frozen.map { $0 + v &* other.rules.frozenStep }
    isFirstOfBatch = other.isFirstOfBatch
    isLastOfBatch = other.isLastOfBatch
  }

  @inline(__always)
  func advanced(by v: Int) -> Self { Self(self, advancedBy: v) }

  @inline(__always)
  func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Void) {
    // Minus zero changes no bit of what it is added to.
    let sum: Vector = isFirstOfBatch ? Vector(repeating: -0.0) : sums[p].load(v)
    if !isLastOfBatch { return sums[p].store(update.added(to: sum), v) }
    var new = update.added(to: update.old + sum)
    if rules.isConstrained { new = constrained(new, update, sum, p, v) }
    if let frozen {
      let mask = Vector.mask(
        frozen + v &* rules.frozenStep, bit: Int32(truncatingIfNeeded: p))
      new = new.wherePresent(mask, otherwise: update.old)
    }
    parameters[p].store(new, v)
  }

  /// A new parameter whose change is held to η times the limit, and then itself to its bounds.
  @inline(__always)
  func constrained(
    _ new: Vector, _ update: Update<Vector>, _ sum: Vector, _ p: Int, _ v: Int
  ) -> Vector {
    let change = update.added(to: sum)
    let limit = (rates.load(v) as Vector) * Vector(repeating: rules.gradientLimit)
    let held = change.atMost(limit).atLeast(-limit)
    let limited = new.whereEqual(held, change, otherwise: update.old + held)
    if !rules.isBounded { return limited }
    let bounded = limited.atLeast(lower[p].load(v) as Vector).atMost(upper[p].load(v) as Vector)
    // A parameter that does not move keeps its bits, even beyond a bound.
    return update.old.whereEqual(limited, update.old, otherwise: bounded)
  }
}

/// The rules of a call's updates, and where a block reads them.
struct UpdateRules<L: Lanes> {
  let workspace: Workspace<L>
  /// η.
  let rates: Row
  let frozen: UnsafePointer<UInt16>?
  /// Elements of the masks from vector to vector.
  let frozenStep: Int
  let gradientLimit: Float
  let isBounded: Bool
  let lower: Planes
  let upper: Planes
  /// Whether there is any rule: without, every sample is an update by (17).
  let isEmpty: Bool

  @inline(__always)
  var isConstrained: Bool { gradientLimit < .infinity || isBounded }

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ block: Block<L>, _ workspace: Workspace<L>) {
    self.workspace = workspace
    rates = block.rates(of: call, scratch: workspace.rates)
    let limit = call.pointee.gradient_limit
    gradientLimit = limit == 0 ? .infinity : limit
    isBounded = call.pointee.lower != nil
    if let masks = call.pointee.frozen, call.pointee.frozen_step != 0 {
      frozen = block.values(masks, scratch: workspace.frozen)
      frozenStep = L.width
    } else {
      let mask = call.pointee.frozen?.pointee ?? call.pointee.frozen_mask
      if mask != 0 { for lane in 0..<L.width { workspace.frozen[lane] = mask } }
      frozen = mask == 0 ? nil : UnsafePointer(workspace.frozen)
      frozenStep = 0
    }
    lower = Self.bound(call.pointee.lower, call, block, workspace.lower)
    upper = Self.bound(call.pointee.upper, call, block, workspace.upper)
    isEmpty = Self.isEmpty(call)
  }

  @inline(__always)
  static func isEmpty(_ call: UnsafePointer<sp_call>) -> Bool {
    call.pointee.batch <= 1 && call.pointee.gradient_limit == 0 && call.pointee.lower == nil
      && call.pointee.frozen == nil && call.pointee.frozen_mask == 0
  }

  /// Where a bound of the parameters is read: in the host's planes, or in a copy of what all paths share or
  /// a bank's tail has.
  @inline(__always)
  static func bound(
    _ host: UnsafePointer<Float>?, _ call: UnsafePointer<sp_call>, _ block: Block<L>,
    _ scratch: Planes
  ) -> Planes {
    guard let host else { return scratch }
    if call.pointee.bound_step != 0 && block.tail == 0 {
      return Planes(
        UnsafeMutablePointer(mutating: host) + block.first, planeStride: call.pointee.bound_stride,
        step: L.width)
    }
    let count =
      call.pointee.has_biases == 0 ? Int(call.pointee.depth) : 2 &* Int(call.pointee.depth)
    for p in 0..<count {
      _ = block.row(
        host + p &* call.pointee.bound_stride, step: call.pointee.bound_step,
        scratch: scratch[p].first)
    }
    return scratch
  }
}
