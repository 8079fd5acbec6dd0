import SinglePathShims

/// The fit of curves of depth 2 with biases, hidden sigmoid, linear output and squared error: variable
/// projection on residuals, Gauss and Newton's form at first, then Newton's.
struct CurveFit<Code: InstructionSetTarget, L: Lanes> {
  let call: UnsafePointer<sp_call>
  let workspace: FitWorkspace<L>

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer) {
    self.call = call
    workspace = FitWorkspace(
      memory, isWeighted: call.pointee.weights != nil,
      firstSample: FitWorkspace<L>.curvePlaces &* L.width &+ CurvePass<Code>.scratchBytes / 4)
  }

  @inline(never)
  func run() -> Int {
    var first = 0
    var notFinite = 0
    CurveShapeTable<Code, L>.forget(workspace)
    while first < Int(call.pointee.count) {
      let block = Block<L>(from: first, count: Int(call.pointee.count), vectors: 1)
      notFinite &+= fit(block)
      first = block.end
    }
    return notFinite
  }

  @inline(__always)
  func fit(_ block: Block<L>) -> Int {
    let samples = FitSamples<Code, L>(call, workspace, block)
    measure(samples)
    let isGiven = Int(call.pointee.fit_start) == SP_START_GIVEN
    if !isGiven { drawStarts(samples) }
    for attempt in 0..<(isGiven ? 1 : 2) {
      begin(attempt, isGiven, block)
      if !workspace.trial.pointee.active.isAnySet { continue }
      descend(samples)
      close(samples, attempt)
    }
    return write(block)
  }

  /// Vectors of the machine in one of `L`.
  @inline(__always)
  var parts: Int { L.width / Code.Single.width }

  /// One part of a trial.
  @inline(__always)
  func trial(part: Int) -> CurveTrial<Code.Single> {
    let values =
      UnsafeMutableRawPointer(workspace.trial).assumingMemoryBound(to: Float.self)
      + part &* Code.Single.width
    func value(_ index: Int) -> Code.Single { Code.Single.load(values + index &* L.width) }
    return CurveTrial(
      point: CurvePoint(w1: value(0), b1: value(1), w2: value(2), v: value(3), c: value(4)),
      active: Mask(bits: value(5)), passes: value(6))
  }

  /// The sums of one part.
  @inline(__always)
  func sums(part: Int) -> UnsafeMutablePointer<CurveSums<Code.Single>> {
    UnsafeMutableRawPointer(workspace.partSums)
      .assumingMemoryBound(to: CurveSums<Code.Single>.self) + part
  }

  /// Passes and steps until every lane has ended.
  @inline(__always)
  func descend(_ samples: FitSamples<Code, L>) {
    let limit = fitPassLimit(call)
    var first = true
    repeat {
      let newton = workspace.trial.pointee.isLate
      sum(samples)
      step(first: first, newton: newton, passLimit: limit)
      first = false
    } while workspace.trial.pointee.active.isAnySet
  }

  /// One pass at the trial, of those parts of the vector that have a lane at work.
  @inline(__always)
  func sum(_ samples: FitSamples<Code, L>) {
    samples.forEachPanel(workspace.scale) { panel, count, isFirst in
      for part in 0..<parts {
        let trial = trial(part: part)
        if !trial.active.isAnySet { continue }
        let pass = CurvePass<Code>(samples.part(part, panel, count), workspace.scratch)
        add(pass, trial, to: sums(part: part), isFirst, weighted: samples.isWeighted)
      }
    }
    gather()
  }

  @inline(__always)
  func add(
    _ pass: CurvePass<Code>, _ trial: CurveTrial<Code.Single>,
    to sums: UnsafeMutablePointer<CurveSums<Code.Single>>, _ isFirst: Bool, weighted: Bool
  ) {
    switch (weighted, trial.isLate) {
    case (false, false): pass.add(to: sums, trial.point, isFirst: isFirst)
    case (false, true): pass.addForNewton(to: sums, trial.point, isFirst: isFirst)
    case (true, false): pass.addWeighted(to: sums, trial.point, isFirst: isFirst)
    case (true, true): pass.addWeightedForNewton(to: sums, trial.point, isFirst: isFirst)
    }
  }

  /// Puts the parts' sums side by side.
  @inline(__always)
  func gather() {
    let to = UnsafeMutableRawPointer(workspace.sums).assumingMemoryBound(to: Float.self)
    for part in 0..<parts {
      let from = UnsafeMutableRawPointer(sums(part: part)).assumingMemoryBound(to: Float.self)
      for index in 0..<CurveSums<L>.count {
        Code.Single.load(from + index &* Code.Single.width)
          .store(to + (index &* L.width &+ part &* Code.Single.width))
      }
    }
  }

  @inline(never)
  func step(first: Bool, newton: Bool, passLimit: Float) {
    let (state, trial) = (workspace.state, workspace.trial)
    let sums = workspace.sums
    let outcome = CurveStep<L>.Outcome(
      sums.pointee, at: trial.pointee.point, passes: trial.pointee.passes,
      workspace.scale.pointee.inverseWeight, newton: newton)
    CurveStep.take(
      outcome, residuals: sums.pointee.rr, into: state, trial, first: Mask(first),
      workspace.scale)
    CurveStep.advance(state, trial, workspace.scale, passLimit: passLimit)
  }
}
