extension PathBank {
  /// A bank with parameters that were saved.
  ///
  /// - Parameters:
  ///   - shape: what every path looks like.
  ///   - count: 0 or more.
  ///   - parameters: `shape.parameterCount` planes of `count` values, one after the other: θ⁽¹⁾…θ⁽ᴸ⁾ and,
  ///     if there are biases, b⁽¹⁾…b⁽ᴸ⁾.
  ///   - kernel: what the bank is trained with.
  /// - Throws: `SinglePathError.elements` if there are more parameters or fewer.
  public init(
    shape: PathShape, count: Int, parameters: Span<Float>, kernel: Kernel = Kernel()
  ) throws(SinglePathError) {
    try Self.check(parameters.count, shape, count)
    self = try PathBank(shape: shape, count: count, kernel: kernel)
    set(parameters)
  }

  /// Copies all parameters, to the bit: plane after plane, without gaps.
  ///
  /// - Parameter values: written; `shape.parameterCount` planes of `count` values.
  /// - Throws: `SinglePathError.elements` if it has another length.
  public func copyParameters(into values: inout MutableSpan<Float>) throws(SinglePathError) {
    try Self.check(values.count, shape, count)
    for plane in 0..<shape.parameterCount {
      for path in 0..<count { values[plane * count + path] = base[plane * stride + path] }
    }
  }

  /// Sets all parameters, to the bit.
  ///
  /// - Parameter values: `shape.parameterCount` planes of `count` values, one after the other.
  /// - Throws: `SinglePathError.elements` if it has another length.
  public mutating func setParameters(_ values: Span<Float>) throws(SinglePathError) {
    try Self.check(values.count, shape, count)
    set(values)
  }

  private mutating func set(_ values: Span<Float>) {
    for plane in 0..<shape.parameterCount {
      for path in 0..<count { base[plane * stride + path] = values[plane * count + path] }
    }
  }

  private static func check(
    _ elements: Int, _ shape: PathShape, _ count: Int
  ) throws(SinglePathError) {
    let (needed, overflow) = shape.parameterCount.multipliedReportingOverflow(by: count)
    if overflow { throw .overflow("the parameters") }
    guard elements == needed else {
      throw .elements("the parameters", elements, needed: needed)
    }
  }
}
