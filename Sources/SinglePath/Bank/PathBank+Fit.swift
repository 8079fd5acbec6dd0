extension PathBank {
  /// Fits every path to its own samples by least squares: finds the parameters at which the weighted sum
  /// of J, (7), is least.
  ///
  /// So far of the shape `PathShape.fourParameterLogistic` alone. A path with too few samples, or with values that are not finite,
  /// keeps its parameters. θ⁽¹⁾ comes out positive.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - start: where each fit begins.
  ///   - maximumPasses: passes over the samples after which a start is given up, 1 to 2³² − 1.
  ///   - verdicts: one a path, replaced: `.converged`, or why it did not converge.
  ///   - threads: as in training.
  /// - Throws: `SinglePathError` before anything is read or written; `.notFitted` of another shape.
  /// - Complexity: O(frames · paths) for each pass; allocates nothing on one thread.
  public mutating func fit(
    to samples: Samples, start: FitStart = .drawn, maximumPasses: Int = 60,
    verdicts: inout MutableSpan<Verdict>, threads: Int = 1
  ) throws(SinglePathError) {
    let (kernel, parameters) = unsafe (kernel, parameters)
    try unsafe verdicts.withBytes { (verdicts) throws(SinglePathError) in
      try unsafe kernel.fit(
        parameters, to: samples.memory, start: start, maximumPasses: maximumPasses,
        verdicts: verdicts, threads: threads)
    }
  }

  /// Fits as `fit(to:start:maximumPasses:verdicts:threads:)`, and tells how well each path fits.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - start: where each fit begins.
  ///   - maximumPasses: passes over the samples after which a start is given up, 1 to 2³² − 1.
  ///   - verdicts: one a path, replaced: `.converged`, or why it did not converge.
  ///   - rows: what is found, as `FitRow` names it: row r of path i at `[r * stride + i]`.
  ///   - standardErrors: whether the rows from `FitRow.count` on are wanted, one for each parameter, NaN
  ///     where the samples do not determine it.
  ///   - stride: elements from row to row, the number of paths or more; nil is the number of paths.
  ///   - threads: 1 or more; the bits are the same for any number.
  public mutating func fit(
    to samples: Samples, start: FitStart = .drawn, maximumPasses: Int = 60,
    verdicts: inout MutableSpan<Verdict>, into rows: inout MutableSpan<Float>,
    standardErrors: Bool = false, stride: Int? = nil, threads: Int = 1
  ) throws(SinglePathError) {
    let (kernel, parameters) = unsafe (kernel, parameters)
    try unsafe verdicts.withBytes { (verdicts) throws(SinglePathError) in
      try unsafe rows.withUnsafeMutableBufferPointer { (rows) throws(SinglePathError) in
        try unsafe kernel.fit(
          parameters, to: samples.memory, start: start, maximumPasses: maximumPasses,
          verdicts: verdicts, into: rows, stride: stride, standardErrors: standardErrors,
          threads: threads)
      }
    }
  }
}
