import SinglePathShims

/// Where a fit begins.
public enum FitStart: Sendable {
  /// At parameters drawn from the samples.
  case drawn
  /// At the parameters of the call.
  case given
}

/// Rows of what `Kernel.fit` finds; a standard error for each parameter follows if it is wanted.
public enum FitRow {
  /// The weighted sum of J over the samples, with the parameters as returned.
  public static var cost: Int { SP_FITTED_COST }
  /// The weighted sum of squares of y about its weighted mean.
  public static var total: Int { SP_FITTED_TOTAL }
  /// How many samples are not missing.
  public static var samples: Int { SP_FITTED_SAMPLES }
  /// How many passes over the samples the fit took.
  public static var passes: Int { SP_FITTED_PASSES }
  /// How many rows there are without standard errors.
  public static var count: Int { SP_FITTED_ROWS }
}

extension Kernel {
  /// Fits every path to its own samples by least squares: finds the parameters at which the weighted sum of
  /// J, (7), is least.
  ///
  /// By Levenberg and Marquardt's method in the generalised Gauss-Newton form, with (15) and (16) for the
  /// Jacobian; paths of depth 2 with biases, hidden sigmoids by the polynomial, a linear output, the squared
  /// error and nothing frozen by a faster one, which ends with a positive θ⁽¹⁾.
  ///
  /// - Parameters:
  ///   - parameters: θ and b; with a given start, or where they are frozen, also read. A path with too few
  ///     samples, or with values that are not finite, keeps its own.
  ///   - inputs: x, frames × paths or one a frame.
  ///   - targets: y, frames × paths. NaN marks a missing sample.
  ///   - weights: of the samples, as in `train`.
  ///   - lengths: of the paths, as in `train`.
  ///   - frozen: parameters that stay as they are, to the bit; their standard errors are NaN.
  ///   - start: where each fit begins.
  ///   - maximumPasses: after which a start is given up, 1 or more.
  ///   - verdicts: `count` of them, or nil.
  ///   - rows: what is found, as `FitRow` names it: row r of path i at `[r * stride + i]`; or nil.
  ///   - stride: elements from row to row, the number of paths or more.
  ///   - standardErrors: whether the rows from `FitRow.count` on are wanted, one for each parameter, NaN
  ///     where the samples do not determine it.
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Complexity: O(frames · paths) for each pass.
  public func fit(
    _ parameters: Parameters, inputs: Frames, targets: Frames, weights: Frames? = nil,
    lengths: UnsafePointer<UInt32>? = nil, frozen: Frozen = .none, start: FitStart = .drawn,
    maximumPasses: UInt32 = 60,
    verdicts: UnsafeMutablePointer<Verdict>? = nil, into rows: UnsafeMutablePointer<Float>? = nil,
    stride: Int = 0, standardErrors: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    guard maximumPasses >= 1 else { throw .size("the number of passes", 0, least: 1) }
    var call = try sp_call(SP_FIT, parameters, inputs: inputs)
    try call.set(targets: targets, weights: weights, lengths: lengths)
    call.fit_start = UInt8(start == .drawn ? SP_START_DRAWN : SP_START_GIVEN)
    call.max_passes = maximumPasses
    call.wants_errors = standardErrors ? 1 : 0
    call.outputs = rows
    call.output_stride = stride
    call.verdicts = verdicts.map {
      UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
    _ = try withMask(frozen, of: &call) { (call) throws(SinglePathError) in
      try run(&call, threads: threads)
    }
  }
}
