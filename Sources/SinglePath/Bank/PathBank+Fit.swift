extension PathBank {
  /// Fits every path to its own samples by least squares: finds the parameters at which the weighted sum
  /// of J, (7), is least.
  ///
  /// By Levenberg and Marquardt's method in the generalised Gauss-Newton form, with (15) and (16) for the
  /// Jacobian; of the shape `PathShape.fourParameterLogistic`, if nothing is frozen, by a faster one, which
  /// ends with a positive θ⁽¹⁾. A path with too few samples, or with values that are not finite, keeps its
  /// parameters.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - frozen: parameters that stay as they are, to the bit.
  ///   - start: where each fit begins.
  ///   - maximumPasses: passes over the samples after which a start is given up, 1 to 2³² − 1; nil is 100.
  ///   - verdicts: one a path, replaced: `.converged`, or why it did not converge.
  ///   - threads: as in training.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths) for each pass; allocates nothing on one thread.
  public mutating func fit(
    to samples: Samples, frozen: FrozenParameters = .none, start: FitStart = .drawn,
    maximumPasses: Int? = nil, verdicts: inout MutableSpan<Verdict>, threads: Int = 1
  ) throws(SinglePathError) {
    let (kernel, parameters) = unsafe (kernel, parameters)
    let masks = unsafe UnsafeFrozenParameters(lending: frozen)
    try unsafe verdicts.withBytes { (verdicts) throws(SinglePathError) in
      try unsafe kernel.fit(
        parameters, to: samples.memory, frozen: masks, start: start,
        maximumPasses: maximumPasses, verdicts: verdicts, threads: threads)
    }
  }

  /// Fits as `fit(to:frozen:start:maximumPasses:verdicts:threads:)`, and tells how well each path fits.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - frozen: parameters that stay as they are, to the bit.
  ///   - start: where each fit begins.
  ///   - maximumPasses: passes over the samples after which a start is given up, 1 to 2³² − 1; nil is 100.
  ///   - verdicts: one a path, replaced: `.converged`, or why it did not converge.
  ///   - rows: what is found, as `FitRow` names it: row r of path i at `[r * stride + i]`.
  ///   - standardErrors: whether the rows from `FitRow.count` on are wanted, one for each parameter, NaN
  ///     where it is frozen or the samples do not determine it.
  ///   - stride: elements from row to row, the number of paths or more; nil is the number of paths.
  ///   - threads: 1 or more; the bits are the same for any number.
  public mutating func fit(
    to samples: Samples, frozen: FrozenParameters = .none, start: FitStart = .drawn,
    maximumPasses: Int? = nil, verdicts: inout MutableSpan<Verdict>,
    into rows: inout MutableSpan<Float>, standardErrors: Bool = false, stride: Int? = nil,
    threads: Int = 1
  ) throws(SinglePathError) {
    let (kernel, parameters) = unsafe (kernel, parameters)
    let masks = unsafe UnsafeFrozenParameters(lending: frozen)
    try unsafe verdicts.withBytes { (verdicts) throws(SinglePathError) in
      try unsafe rows.withUnsafeMutableBufferPointer { (rows) throws(SinglePathError) in
        try unsafe kernel.fit(
          parameters, to: samples.memory, frozen: masks, start: start,
          maximumPasses: maximumPasses, verdicts: verdicts, into: rows, stride: stride,
          standardErrors: standardErrors, threads: threads)
      }
    }
  }
}
