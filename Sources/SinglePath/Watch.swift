import SinglePathChecks
import SinglePathShims

/// Watches the paths of a bank over many calls of training: which have converged, which wander, which
/// cannot learn; and sends back those that diverge or rise, if it is asked to.
///
/// After each call of training, or after several, `review` examines the bank with the samples and gives
/// each path a verdict. It allocates nothing.
public struct Watch: ~Copyable {
  /// What the verdicts are drawn by.
  public struct Rules: Sendable {
    /// The share of its cost that a path must fall by within the window, 0 or more and below 1;
    public var tolerance: Float = 1e-3
    /// and the cost that it must fall by at least, 0 or more: the costs of curves that are learned to
    /// the last digits wander by large shares.
    public var floor: Float = 0
    /// Reviews, 1 or more.
    public var window = 10
    /// Samples that a path must have.
    public var leastSamples = 1
    /// A path that diverges, or whose cost is above its best by more than this share, goes back to its
    /// best parameters and halves its learning rate. Nil: none does. A review before the first training
    /// makes sure that there are such parameters.
    public var rise: Float?

    public init() {}
  }

  /// What the verdicts are drawn by.
  public let rules: Rules
  /// What the watched paths look like, and how many there are.
  public let shape: PathShape
  public let count: Int

  /// The lowest cost of each path so far; infinity before the first review.
  public private(set) var bestCosts: [Float]
  private var marks: [Float]
  private var ages: [UInt32]
  private var rows: [Float]
  private var bestParameters: [Float]

  /// A watch of a bank that it has not yet seen.
  ///
  /// - Throws: `SinglePathError.setting` or `.size` if a rule is out of its range.
  public init(_ bank: borrowing PathBank, rules: Rules = Rules()) throws(SinglePathError) {
    guard 1..<Int(UInt32.max) ~= rules.window else {
      throw .size("the window of a watch", rules.window, least: 1)
    }
    do throws(Refusal) {
      try sp_review_call(rules).checkRules(goesBack: rules.rise != nil)
    } catch {
      throw SinglePathError(error)
    }
    self.rules = rules
    shape = bank.shape
    count = bank.count
    bestCosts = Array(repeating: .infinity, count: count)
    marks = bestCosts
    ages = Array(repeating: 0, count: count)
    rows = Array(repeating: 0, count: count * Examination.rowCount)
    bestParameters = Array(
      repeating: 0, count: rules.rise == nil ? 0 : count * shape.parameterCount)
  }

  /// Examines the bank, and gives each path a verdict.
  ///
  /// - Parameters:
  ///   - bank: the one that the watch was made for.
  ///   - inputs: x of the samples, as in training.
  ///   - targets: y, frames × count.
  ///   - weights: of the samples, as in training.
  ///   - lengths: of the paths, as in training.
  ///   - rates: η of each path, halved for those that go back; nil if the rules let none go back.
  ///   - verdicts: those of the training before, `count` of them, replaced.
  ///   - threads: for the examination, 1 or more.
  public mutating func review(
    _ bank: inout PathBank, inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, rates: UnsafeMutablePointer<Float>? = nil,
    verdicts: UnsafeMutablePointer<Verdict>, threads: Int = 1
  ) throws(SinglePathError) {
    guard bank.count == count, bank.shape == shape else { throw .otherBank }
    if rules.rise != nil, rates == nil, count > 0 { throw .missing("the learning rates") }
    var review = sp_review_call(rules)
    review.count = count
    review.hidden = UInt8(shape.hidden.code)
    review.verdicts = UnsafeMutableRawPointer(verdicts).assumingMemoryBound(to: UInt8.self)
    review.rates = rules.rise == nil ? nil : rates
    review.parameter_count = shape.parameterCount
    review.parameters = bank.base
    review.parameter_stride = bank.stride
    try examine(bank, inputs, targets, weights, lengths, threads)
    try run(review)
  }

  private mutating func examine(
    _ bank: borrowing PathBank, _ inputs: Frames, _ targets: Frames, _ weights: Frames?,
    _ lengths: UnsafePointer<UInt32>?, _ threads: Int
  ) throws(SinglePathError) {
    let count = count
    try rows.withUnsafeMutableBufferPointer { (rows) throws(SinglePathError) in
      try bank.examine(
        inputs: inputs, targets: targets, weights: weights, lengths: lengths,
        into: rows.baseAddress, stride: count, threads: threads)
    }
  }

  private mutating func run(_ review: sp_review_call) throws(SinglePathError) {
    var review = review
    try rows.withUnsafeBufferPointer { (rows) throws(SinglePathError) in
      try bestCosts.withUnsafeMutableBufferPointer { (best) throws(SinglePathError) in
        try marks.withUnsafeMutableBufferPointer { (marks) throws(SinglePathError) in
          try ages.withUnsafeMutableBufferPointer { (ages) throws(SinglePathError) in
            try bestParameters.withUnsafeMutableBufferPointer {
              (parameters) throws(SinglePathError) in
              review.examined = rows.baseAddress
              review.examined_stride = review.count
              review.best_costs = best.baseAddress
              review.reference_costs = marks.baseAddress
              review.ages = ages.baseAddress
              review.best_parameters = parameters.baseAddress
              review.best_stride = review.count
              do throws(Refusal) {
                try review.check()
              } catch {
                throw SinglePathError(error)
              }
              review.run()
            }
          }
        }
      }
    }
  }
}

extension sp_review_call {
  fileprivate init(_ rules: Watch.Rules) {
    self.init()
    self.rules.relative_tolerance = rules.tolerance
    self.rules.absolute_tolerance = rules.floor
    self.rules.patience = UInt32(rules.window)
    self.rules.minimum_samples = Float(rules.leastSamples)
    self.rules.retreat_threshold = rules.rise ?? 0
  }
}
