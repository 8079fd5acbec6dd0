import SinglePathShims

/// What differs between the curves that are fitted: how a pass is summed, how the linear parameters are
/// eliminated, how a step is solved. `Fit` does everything else. The compiler resolves all calls.
///
/// A model holds one vector of paths on standardised samples. The *trial* is where the next pass is made, the
/// *kept* parameters are those of the least cost of an attempt, the *best* those of all attempts.
protocol FitModel {
  associatedtype Code: InstructionSetTarget
  associatedtype L: Lanes
  /// The model's part of the scratch memory.
  associatedtype Memory: BitwiseCopyable
  /// One vector for each parameter.
  associatedtype PerParameter: BitwiseCopyable
  associatedtype Evaluation: FitEvaluation where Evaluation.L == L
  associatedtype Step: FitStep where Step.L == L
  associatedtype Closing: FitClosing where Closing.L == L

  static var schedule: FitSchedule { get }
  static var termination: TerminationRule { get }
  /// λ after the first pass.
  static func firstDamping(cost: L, _ scale: SampleStandardization<L>) -> L

  /// How much of the scratch memory is used: samples that do not fit are read again for each pass.
  static var workspaceBytes: Int { get }
  /// Vectors behind the stored fields, whose number depends on the shape.
  static func arrayVectors(_ call: UnsafePointer<sp_call>) -> Int
  /// Fills what all vectors of a call share.
  static func prepare(_ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>)

  init(_ call: UnsafePointer<sp_call>, _ workspace: FitWorkspace<Self>, _ block: Block<L>)

  /// Parameters of the host.
  var parameterCount: Int { get }
  func isFree(_ p: Int) -> Mask<L>

  /// (F1): centres and scales the samples, and says which lanes can be fitted.
  func standardizeSamples() -> FitLanes<L>

  // Starts, which set the trial.
  /// - Returns: how many starts there are.
  func drawStarts() -> Int
  func placeDrawnStart(_ index: Int)
  func placeGivenStart()
  func placeKept()
  func placeBest()
  /// Keeps the trial, at the beginning of an attempt.
  func begin()

  // Passes and steps.
  /// (F2): sums over the samples at the trial.
  func sumTrial()
  /// (F3): sets the linear parameters of the trial to their best.
  func evaluateTrial() -> Evaluation
  func keep(_ trial: Evaluation, where accepted: Mask<L>, isFirst: Bool)
  /// (F4): the damped step from the parameters kept.
  func solve(damping: L) -> Step
  /// - Parameter unseen: lanes that end at the trial, without a pass there.
  func proposeTrial(_ step: Step, multiplier: L, keepingUnseen unseen: Mask<L>?)

  // Results.
  /// (F9): a pass at the trial, which is returned as it is.
  func close(where lanes: Mask<L>) -> Closing
  /// The parameters of lanes that no attempt changes.
  func clearBest(where lanes: FitLanes<L>)
  func storeBest(where mask: Mask<L>)
  func storeErrors(_ closing: Closing, where mask: Mask<L>)
  /// A parameter of the best attempt in the host's units.
  func hostParameter(_ p: Int) -> L
}

/// The result of a pass, its linear parameters at their best.
protocol FitEvaluation {
  associatedtype L: Lanes
  /// F, twice the sum of w J: for the squared error the weighted sum of squares.
  var cost: L { get }
  /// F before the linear parameters were set.
  var residual: L { get }
  /// True where the linear parameters are determined.
  var isSound: Mask<L> { get }
}

/// A step from the parameters kept.
protocol FitStep {
  associatedtype L: Lanes
  /// gᵀ (H + λ D)⁻¹ g, which for λ = 0 is how much F falls.
  var gain: L { get }
  /// How much F should fall by the damped step.
  var predicted: L { get }
  /// (F7): the squared distance from the optimum, in standard errors, below which a lane has converged.
  var tolerance: L { get }
  /// The variance of an error of weight 1, times the degrees of freedom.
  var noise: L { get }
  /// True where ŷ bends little on the way, compared with the noise.
  var isSafe: Mask<L> { get }
  /// True where the step is not shorter than the one before.
  var isAsLong: Mask<L> { get }
}

/// The result of a closing pass.
protocol FitClosing {
  associatedtype L: Lanes
  var cost: L { get }
  /// True where the samples determine the parameters.
  var isDetermined: Mask<L> { get }
}

extension FitClosing {
  @inline(__always)
  func verdict(_ ended: L) -> L {
    isDetermined.choose(ended, L(repeating: Float(SP_VERDICT_UNDETERMINED)))
  }
}

/// The lanes of a vector before its first pass.
struct FitLanes<L: Lanes> {
  /// Lanes whose parameters are set, if only to those of a constant.
  let changed: Mask<L>
  /// Those that are fitted.
  let fitted: Mask<L>
  /// Lanes whose targets do not vary.
  let flat: Mask<L>
  /// The verdict on lanes that are not fitted.
  let verdict: L
}
