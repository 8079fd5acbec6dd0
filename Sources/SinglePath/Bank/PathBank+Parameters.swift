// MARK: - One parameter

extension PathBank {
  /// θ⁽ˡ⁾ of a path; l is 1…depth, as in the derivation.
  public subscript(weight l: Int, path path: Int) -> Float {
    get { weights(l)[checked(path)] }
    set {
      let path = checked(path)
      var plane = mutableWeights(l)
      plane[path] = newValue
    }
  }

  /// b⁽ˡ⁾ of a path; l is 1…depth. The shape must have biases.
  public subscript(bias l: Int, path path: Int) -> Float {
    get { biases(l)[checked(path)] }
    set {
      let path = checked(path)
      var plane = mutableBiases(l)
      plane[path] = newValue
    }
  }
}

// MARK: - A plane

extension PathBank {
  /// θ⁽ˡ⁾ of every path, l in 1…depth.
  @_lifetime(borrow self)
  public borrowing func weights(_ l: Int) -> Span<Float> { plane(weightPlane(l)) }

  /// b⁽ˡ⁾ of every path, l in 1…depth. The shape must have biases.
  @_lifetime(borrow self)
  public borrowing func biases(_ l: Int) -> Span<Float> { plane(biasPlane(l)) }

  /// θ⁽ˡ⁾ of every path, to be changed.
  @_lifetime(&self)
  public mutating func mutableWeights(_ l: Int) -> MutableSpan<Float> {
    mutablePlane(weightPlane(l))
  }

  /// b⁽ˡ⁾ of every path, to be changed.
  @_lifetime(&self)
  public mutating func mutableBiases(_ l: Int) -> MutableSpan<Float> {
    mutablePlane(biasPlane(l))
  }

  private func weightPlane(_ l: Int) -> Int {
    precondition(1...shape.depth ~= l, "no such weight in the bank")
    return l - 1
  }

  private func biasPlane(_ l: Int) -> Int {
    precondition(shape.hasBiases, "the paths of this bank have no biases")
    precondition(1...shape.depth ~= l, "no such bias in the bank")
    return shape.depth + l - 1
  }

  @_lifetime(borrow self)
  private borrowing func plane(_ p: Int) -> Span<Float> {
    unsafe _overrideLifetime(
      Span(_unsafeStart: memory.base + p * stride, count: count), borrowing: self)
  }

  @_lifetime(&self)
  private mutating func mutablePlane(_ p: Int) -> MutableSpan<Float> {
    unsafe _overrideLifetime(
      MutableSpan(_unsafeStart: memory.base + p * stride, count: count), mutating: &self)
  }

  private func checked(_ path: Int) -> Int {
    precondition(0..<count ~= path, "no such path in the bank")
    return path
  }
}

// MARK: - All parameters

extension PathBank {
  /// A bank with saved parameters, to the bit.
  ///
  /// - Parameters:
  ///   - shape: what every path looks like.
  ///   - count: paths, 0 or more.
  ///   - parameters: plane after plane of `count` values: θ⁽¹⁾…θ⁽ᴸ⁾, then, if the shape has biases,
  ///     b⁽¹⁾…b⁽ᴸ⁾, as `copyParameters` gives them.
  ///   - kernel: what the bank is trained with.
  /// - Throws: `SinglePathError.parameterCount` if that is not how many there are, or as
  ///   `init(shape:count:kernel:)`.
  public init(
    shape: PathShape, count: Int, parameters: Span<Float>, kernel: Kernel = Kernel()
  ) throws(SinglePathError) {
    var bank = try PathBank(shape: shape, count: count, kernel: kernel)
    try bank.setParameters(parameters)
    self = bank
  }

  /// Copies all parameters, plane after plane of `count` values.
  ///
  /// - Throws: `SinglePathError.tooShort` if there is no room for all of them.
  public func copyParameters(into values: inout MutableSpan<Float>) throws(SinglePathError) {
    guard values.count >= parameterCount else {
      throw .tooShort(
        .parameters, count: values.count, needed: parameterCount,
        SinglePathError.Layout(rows: shape.parameterCount, width: count, stride: count))
    }
    copyPlanes(into: &values)
  }

  /// All parameters, plane after plane of `count` values.
  public func copyParameters() -> [Float] {
    var values = [Float](repeating: 0, count: parameterCount)
    var span = values.mutableSpan
    copyPlanes(into: &span)
    return values
  }

  /// Replaces all parameters by saved ones, to the bit.
  ///
  /// - Parameter values: plane after plane of `count` values, as `copyParameters` gives them.
  /// - Throws: `SinglePathError.parameterCount` if those are not as many as there are parameters.
  public mutating func setParameters(_ values: Span<Float>) throws(SinglePathError) {
    guard values.count == parameterCount else {
      throw .parameterCount(values.count, needed: parameterCount)
    }
    let count = count
    for p in 0..<shape.parameterCount {
      var plane = mutablePlane(p)
      for i in 0..<count { plane[i] = values[p * count + i] }
    }
  }

  /// Of all paths; no more than the memory holds, so that it cannot overflow.
  private var parameterCount: Int { count * shape.parameterCount }

  private func copyPlanes(into values: inout MutableSpan<Float>) {
    for p in 0..<shape.parameterCount {
      let plane = plane(p)
      for i in 0..<count { values[p * count + i] = plane[i] }
    }
  }
}
