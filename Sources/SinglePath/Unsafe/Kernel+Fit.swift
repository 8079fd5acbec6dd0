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
  /// Fits every path to its own samples by least squares. See `PathBank.fit`.
  ///
  /// - Parameters:
  ///   - parameters: θ and b; read with a given start, or where they are frozen.
  ///   - samples: as of a training.
  ///   - frozen: parameters that stay as they are, to the bit.
  ///   - start: where each fit begins.
  ///   - maximumPasses: passes over the samples after which a start is given up, 1 to 2³² − 1; nil is 100.
  ///   - verdicts: a byte for each path, written with the raw value of a `Verdict`, or nil.
  ///   - rows: what is found, as `FitRow` names it: row r of path i at `[r * stride + i]`; or nil.
  ///   - stride: elements from row to row, the number of paths or more; nil is the number of paths.
  ///   - standardErrors: whether the rows from `FitRow.count` on are wanted, one for each parameter, NaN
  ///     where it is frozen or the samples do not determine it.
  ///   - threads: 1 or more; the bits are the same for any number.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths) for each pass; allocates nothing on one thread.
  @unsafe
  public func fit(
    _ parameters: UnsafeParameters, to samples: UnsafeSamples,
    frozen: UnsafeFrozenParameters = unsafe .none, start: FitStart = .drawn,
    maximumPasses: Int? = nil,
    verdicts: UnsafeMutableBufferPointer<UInt8>? = nil,
    into rows: UnsafeMutableBufferPointer<Float>? = nil, stride: Int? = nil,
    standardErrors: Bool = false, threads: Int = 1
  ) throws(SinglePathError) {
    let most = Int(clamping: UInt32.max)
    let passes = maximumPasses ?? Int(SP_DEFAULT_PASSES)
    guard 1...most ~= passes else { throw .size(.passes, passes, allowed: 1...most) }
    var call = try unsafe sp_call(SP_FIT, parameters, inputs: samples.inputs, frames: samples.count)
    try unsafe call.set(samples)
    try unsafe call.set(frozen)
    try unsafe call.set(verdicts: verdicts)
    unsafe call.fit_start = UInt8(start == .drawn ? SP_START_DRAWN : SP_START_GIVEN)
    unsafe call.max_passes = UInt32(passes)
    unsafe call.wants_errors = standardErrors ? 1 : 0
    if let rows = unsafe rows {
      let found = FitRow.count + (standardErrors ? unsafe parameters.shape.parameterCount : 0)
      try unsafe call.set(.fitRows, rows, rows: found, stride: stride)
    }
    _ = try unsafe run(&call, threads: threads)
  }
}
