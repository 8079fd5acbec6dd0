import SinglePathShims

/// The fit of one vector of paths of any shape: Levenberg-Marquardt in the generalised Gauss-Newton form on the
/// family's own forward and backward pass.
///
/// Where the output is linear and the cost the squared error, the output's weight and bias are solved for in
/// each pass, as in `CurveStep`.
struct PathFit<Code: InstructionSetTarget> {
  typealias L = Code.Single

  let call: UnsafePointer<sp_call>
  let workspace: PathWorkspace<L>
  let block: Block<L>
  let samples: FitSamples<Code, L>
  /// A mask for each lane of the parameters that stay as they are; nil where all paths share one, which
  /// the list of the free parameters knows.
  let frozen: UnsafePointer<UInt16>?
  let hidden: ActivationCode
  let output: ActivationCode
  let cost: Cost

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ workspace: PathWorkspace<L>, _ block: Block<L>) {
    self.call = call
    self.workspace = workspace
    self.block = block
    samples = FitSamples(call, workspace.common, block)
    frozen =
      call.pointee.frozen_step == 0
      ? nil
      : call.pointee.frozen.map { block.values($0, scratch: workspace.common.frozen) }
    hidden = ActivationCode(hiddenOf: call)
    output = ActivationCode(outputOf: call)
    cost = Cost(of: call)
  }

  /// - Returns: for how many paths the result was not finite.
  @inline(never)
  static func run(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) -> Int {
    let depth = Int(call.pointee.depth)
    let held = heldByAll(call)
    let isFree = { (p: Int) in held >> UInt16(truncatingIfNeeded: p) & 1 == 0 }
    var count = 0
    for p in 0..<2 &* depth where isFree(p) { count &+= 1 }
    let workspace = PathWorkspace<L>(
      memory, isWeighted: call.pointee.weights != nil, depth: depth, freeCount: count)
    var number: UInt8 = 0
    for p in 0..<2 &* depth {
      workspace.numbers[p] = isFree(p) ? number : 16
      if isFree(p) {
        workspace.free[Int(number)] = UInt8(truncatingIfNeeded: p)
        number &+= 1
      }
    }
    L(repeating: 1).store(workspace.ones)
    var (first, notFinite) = (0, 0)
    while first < Int(call.pointee.count) {
      let block = Block<L>(from: first, count: Int(call.pointee.count), vectors: 1)
      notFinite &+= PathFit(call, workspace, block).fit()
      first = block.end
    }
    return notFinite
  }

  /// The parameters that stay as they are in every path, among them the biases of a shape without.
  @inline(__always)
  static func heldByAll(_ call: UnsafePointer<sp_call>) -> UInt16 {
    let shared =
      call.pointee.frozen_step == 0
      ? call.pointee.frozen?.pointee ?? call.pointee.frozen_mask : 0
    let weights = UInt16(truncatingIfNeeded: 1 << UInt32(call.pointee.depth) &- 1)
    return call.pointee.has_biases == 0 ? shared | ~weights : shared
  }

  @inline(__always)
  func fit() -> Int {
    measure()
    if Int(call.pointee.fit_start) == SP_START_GIVEN {
      attempt(workspace.given, passes: passLimit, isLast: true)
    } else if depth == 1 {
      placeOrigin()
      placeOutput()
      attempt(workspace.trial, passes: passLimit, isLast: true)
    } else {
      // A few passes from each start, then on from where the cost is least.
      drawStarts()
      for rank in 0..<PathLattice.starts(depth: depth) {
        placeStart(rank)
        attempt(workspace.trial, passes: min(Self.trialPasses, passLimit), isLast: false)
      }
      attempt(workspace.bestParameters, passes: passLimit, isLast: true)
    }
    return finish()
  }

  // MARK: - What there is

  @inline(__always)
  var depth: Int { workspace.depth }

  /// Whether the output's weight and bias are solved for in each pass.
  @inline(__always)
  var isProjected: Bool { output == .identity && cost.isSquaredError }

  /// Whether θ⁽ᴸ⁾ and b⁽ᴸ⁾ can take up a unit of y.
  @inline(__always)
  var scalesTargets: Bool { output == .identity && cost.dependsOnErrorOnly }

  /// The number of a parameter among the free ones, if it is one.
  @inline(__always)
  func number(_ p: Int) -> Int? {
    let number = Int(workspace.numbers[p])
    return number == 16 ? nil : number
  }

  @inline(__always)
  func isFree(_ p: Int) -> Mask<L> {
    if workspace.numbers[p] == 16 { return Mask(false) }
    guard let frozen else { return Mask(true) }
    let mask = L.mask(frozen, bit: Int32(truncatingIfNeeded: p))
    return mask .== mask
  }

  @inline(__always)
  func planes(_ parameters: UnsafeMutablePointer<L>) -> Planes {
    Planes(
      UnsafeMutableRawPointer(parameters).assumingMemoryBound(to: Float.self),
      planeStride: L.width, step: 0)
  }

  // MARK: - The way down

  @inline(__always)
  static var trialPasses: Float { 5 }

  /// Passes and steps from these parameters, until every lane has ended. What becomes better than the attempts
  /// before is kept; the last one begins where the best ended.
  @inline(never)
  func attempt(_ parameters: UnsafePointer<L>, passes: Float, isLast: Bool) {
    begin(parameters)
    var isFirst = true
    while workspace.state.pointee.active.isAnySet {
      sum()
      step(isFirst: isFirst, passes: passes)
      isFirst = false
    }
    keepBetter(isLast: isLast)
  }

  @inline(__always)
  func keepBetter(isLast: Bool) {
    let (state, best) = (workspace.state, workspace.best)
    let tried = state.pointee.passes .> L(repeating: 0)
    let isFirst = best.pointee.cost .== L(repeating: .infinity)
    let isBetter =
      tried .& ((state.pointee.cost .< best.pointee.cost) .| isFirst .| Mask(isLast))
    best.pointee.cost = isBetter.choose(state.pointee.cost, best.pointee.cost)
    best.pointee.verdict = isBetter.choose(state.pointee.verdict, best.pointee.verdict)
    best.pointee.passes = best.pointee.passes + state.pointee.passes
    for p in 0..<2 &* depth {
      workspace.bestParameters[p] = isBetter.choose(
        workspace.kept[p], workspace.bestParameters[p])
    }
    for l in 0..<depth {
      workspace.bestCentres[l] = isBetter.choose(
        workspace.centres[l], workspace.bestCentres[l])
    }
  }
}
