extension PathBank {
  /// Predicts ŷ by (6) of every path for each frame.
  ///
  /// - Parameters:
  ///   - inputs: x, one a path or shared by all.
  ///   - outputs: ŷ of frame t and path i at `[t * stride + i]`. NaN where x or the parameters make it
  ///     one.
  ///   - stride: elements from row to row, the number of paths or more; nil is the number of paths.
  ///   - threads: as in training.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths · depth); allocates nothing on one thread.
  public borrowing func predict(
    _ inputs: FrameMatrix, into outputs: inout MutableSpan<Float>, stride: Int? = nil,
    threads: Int = 1
  ) throws(SinglePathError) {
    try unsafe outputs.withUnsafeMutableBufferPointer { (outputs) throws(SinglePathError) in
      try unsafe kernel.predict(
        parameters, inputs: inputs.memory, into: outputs, stride: stride, threads: threads)
    }
  }

  /// Sums J, weighted, over the frames, for every path.
  ///
  /// - Parameters:
  ///   - samples: missing ones add nothing.
  ///   - costs: one sum a path, in single precision, added in the frames' order. NaN where x or the
  ///     parameters make it one.
  ///   - threads: as in training.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths · depth); allocates nothing on one thread.
  public borrowing func sumCosts(
    of samples: Samples, into costs: inout MutableSpan<Float>, threads: Int = 1
  ) throws(SinglePathError) {
    try unsafe costs.withUnsafeMutableBufferPointer { (costs) throws(SinglePathError) in
      try unsafe kernel.sumCosts(parameters, of: samples.memory, into: costs, threads: threads)
    }
  }

  /// Examines every path with the samples, without training it.
  ///
  /// - Parameters:
  ///   - samples: x, y and what else there is of them.
  ///   - rows: what is found, as `Examination` names it: row r of path i at `[r * stride + i]`.
  ///   - gradients: whether the rows from `Examination.rowCount` on are wanted, one for each parameter:
  ///     the mean of |∂J/∂p| over the samples that are not missing, NaN if there are none.
  ///   - stride: elements from row to row, the number of paths or more; nil is the number of paths.
  ///   - threads: as in training.
  /// - Throws: `SinglePathError` before anything is read or written.
  /// - Complexity: O(frames · paths · depth); allocates nothing on one thread.
  public borrowing func examine(
    on samples: Samples, into rows: inout MutableSpan<Float>, gradients: Bool = false,
    stride: Int? = nil, threads: Int = 1
  ) throws(SinglePathError) {
    try unsafe rows.withUnsafeMutableBufferPointer { (rows) throws(SinglePathError) in
      try unsafe kernel.examine(
        parameters, on: samples.memory, into: rows, gradients: gradients, stride: stride,
        threads: threads)
    }
  }
}
