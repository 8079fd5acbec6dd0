/// Monitors the paths of a bank over many calls of training: which have converged, which wander, which
/// cannot learn; and restores the best parameters of those that diverge or rise, if it is asked to.
///
/// After each call of training, or after several, `review` examines the bank with the samples and gives
/// each path a verdict. It allocates nothing.
@safe public struct ConvergenceMonitor: ~Copyable, Sendable {
  /// What the verdicts are drawn by. An improvement counts if it exceeds both tolerances.
  public struct Rules: Hashable, Sendable {
    /// Relative tolerance: a cost that fell by no more than this fraction has not improved. In 0..<1.
    public var relativeTolerance: Float = 1e-3
    /// Absolute tolerance: smaller improvements never count; finite and 0 or more. Needed for curves
    /// fitted to machine precision, whose relative changes are noise.
    public var absoluteTolerance: Float = 0
    /// Reviews without an improvement after which a path has converged or stalled, 1 to 2³² − 2.
    public var patience = 10
    /// Samples that a path must have, 0 to 2²⁴.
    public var minimumSamples = 1
    /// A path that diverges, or whose cost is above its best by more than this fraction, gets its best
    /// parameters back and half its learning rate; finite and above 0. Nil: none does. A review before
    /// the first training makes sure that there are such parameters.
    public var retreatThreshold: Float?

    public init() {}
  }

  /// What the verdicts are drawn by.
  public let rules: Rules
  /// What the monitored paths look like.
  public let shape: PathShape
  /// How many paths are monitored.
  public let count: Int

  private let best: OwnedMemory<Float>
  private let references: OwnedMemory<Float>
  private let ages: OwnedMemory<UInt32>
  private var rows: OwnedMemory<Float>
  private let bestParameters: OwnedMemory<Float>

  /// A monitor of a bank that it has not yet seen.
  ///
  /// - Throws: `SinglePathError.size`, `.setting` or `.tolerance` if a rule is out of its range.
  public init(_ bank: borrowing PathBank, rules: Rules = Rules()) throws(SinglePathError) {
    try rules.check()
    let paths = bank.count
    let kept = rules.retreatThreshold == nil ? 0 : paths * bank.shape.parameterCount
    let best = try OwnedMemory<Float>(repeating: .infinity, count: paths)
    let references = try OwnedMemory<Float>(repeating: .infinity, count: paths)
    let ages = try OwnedMemory<UInt32>(repeating: 0, count: paths)
    let rows = try OwnedMemory<Float>(repeating: 0, count: paths * Examination.rowCount)
    let bestParameters = try OwnedMemory<Float>(repeating: 0, count: kept)
    self.rules = rules
    shape = bank.shape
    count = paths
    self.best = best
    self.references = references
    self.ages = ages
    self.rows = rows
    self.bestParameters = bestParameters
  }

  /// The lowest cost of each path so far; infinity before the first review.
  public var bestCosts: Span<Float> {
    @_lifetime(borrow self)
    borrowing get { best.span }
  }

  /// Examines the bank, and gives each path a verdict.
  ///
  /// - Parameters:
  ///   - bank: of the shape and size that the monitor was made for.
  ///   - samples: as in training.
  ///   - verdicts: those of the training before, one a path, replaced.
  ///   - threads: for the examination, 1 or more.
  /// - Throws: `SinglePathError.otherBank`; `.missing` if the rules let paths retreat, for which there
  ///   must be rates; or what `PathBank.examine` throws.
  public mutating func review(
    _ bank: inout PathBank, on samples: Samples, verdicts: inout MutableSpan<Verdict>,
    threads: Int = 1
  ) throws(SinglePathError) {
    if rules.retreatThreshold != nil, count > 0 { throw .missing(.rates) }
    try unsafe review(&bank, samples, rates: nil, verdicts: &verdicts, threads)
  }

  /// Examines the bank, gives each path a verdict, and lets those retreat that diverged or rose.
  ///
  /// - Parameters:
  ///   - bank: of the shape and size that the monitor was made for.
  ///   - samples: as in training.
  ///   - rates: η of each path, halved for those that retreat.
  ///   - verdicts: those of the training before, one a path, replaced.
  ///   - threads: for the examination, 1 or more.
  /// - Throws: `SinglePathError.otherBank`, or what `PathBank.examine` throws.
  public mutating func review(
    _ bank: inout PathBank, on samples: Samples, rates: inout MutableSpan<Float>,
    verdicts: inout MutableSpan<Verdict>, threads: Int = 1
  ) throws(SinglePathError) {
    try unsafe rates.withUnsafeMutableBufferPointer { (rates) throws(SinglePathError) in
      try unsafe review(&bank, samples, rates: rates, verdicts: &verdicts, threads)
    }
  }

  private mutating func review(
    _ bank: inout PathBank, _ samples: Samples, rates: UnsafeMutableBufferPointer<Float>?,
    verdicts: inout MutableSpan<Verdict>, _ threads: Int
  ) throws(SinglePathError) {
    guard bank.count == count, bank.shape == shape else { throw .otherBank }
    try require(.verdicts, verdicts.count)
    if let rates = unsafe rates { try require(.rates, rates.count) }
    var found = rows.mutableSpan
    try bank.examine(on: samples, into: &found, threads: threads)
    try unsafe verdicts.withBytes { (verdicts) throws(SinglePathError) in
      try unsafe state.review(
        bank.parameters, by: rules,
        rates: rules.retreatThreshold == nil ? nil : rates?.baseAddress,
        verdicts: verdicts.baseAddress)
    }
  }

  /// What is kept from review to review.
  private var state: UnsafeReviewState {
    unsafe UnsafeReviewState(
      rows: rows.base, bestCosts: best.base, referenceCosts: references.base, ages: ages.base,
      bestParameters: bestParameters.base)
  }

  private func require(_ argument: Argument, _ elements: Int) throws(SinglePathError) {
    guard elements >= count else {
      throw .tooShort(
        argument, count: elements, needed: count,
        SinglePathError.Layout(rows: 1, width: count, stride: 0))
    }
  }
}

extension ConvergenceMonitor.Rules {
  /// Refuses rules out of their range.
  fileprivate func check() throws(SinglePathError) {
    // The kernel counts reviews in 32 bits, of which the last value means "for ever".
    let most = Int(clamping: UInt32.max - 1)
    guard 1...most ~= patience else { throw .size(.patience, patience, allowed: 1...most) }
    guard 0...1 << 24 ~= minimumSamples else {
      throw .size(.minimumSamples, minimumSamples, allowed: 0...1 << 24)
    }
    try checkTolerances()
  }
}
