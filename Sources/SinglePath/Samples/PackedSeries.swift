/// Series of different lengths and inputs, packed into frames: row t holds the t-th sample of each
/// series. Where a series has ended, x is 0 and y is NaN, a missing sample.
public struct PackedSeries: ~Copyable, Sendable {
  /// One path for each copy of each series: series s and copy c is path `s * copies + c`.
  public let pathCount: Int
  /// The length of the longest series.
  public let frameCount: Int

  private let inputValues: OwnedMemory<Float>
  private let targetValues: OwnedMemory<Float>
  private let weightValues: OwnedMemory<Float>
  private let hasWeights: Bool

  /// - Parameters:
  ///   - series: x and y of each, of the same length.
  ///   - weights: of the samples of each series, of that length too; nil if they have none.
  ///   - copies: paths for each series, 1 or more.
  /// - Throws: `SinglePathError` if lengths differ, or if the system has no memory for so many copies.
  public init(
    _ series: [(x: [Float], y: [Float])], weights: [[Float]]? = nil, copies: Int = 1
  ) throws(SinglePathError) {
    guard copies >= 1 else { throw .size(.copies, copies, allowed: 1...Int.max) }
    try Self.checkLengths(series, weights)
    let (paths, overflow) = series.count.multipliedReportingOverflow(by: copies)
    if overflow { throw .overflow(.packedSeries) }
    let frames = series.map(\.x.count).max() ?? 0
    let packing = Packing(copies: copies, paths: paths, frames: frames)
    let inputValues = try packing.packed(series.map(\.x), absent: 0)
    let targetValues = try packing.packed(series.map(\.y), absent: .nan)
    let weightValues =
      try weights == nil
      ? OwnedMemory(repeating: 0, count: 0) : packing.packed(weights ?? [], absent: 0)
    pathCount = paths
    frameCount = frames
    hasWeights = weights != nil
    self.inputValues = inputValues
    self.targetValues = targetValues
    self.weightValues = weightValues
  }

  private static func checkLengths(
    _ series: [(x: [Float], y: [Float])], _ weights: [[Float]]?
  ) throws(SinglePathError) {
    if let weights {
      guard weights.count == series.count else {
        throw .size(.seriesWithWeights, weights.count, allowed: series.count...series.count)
      }
      for (index, samples) in series.enumerated() where samples.x.count != weights[index].count {
        throw .seriesWeights(index, inputs: samples.x.count, weights: weights[index].count)
      }
    }
    for (index, samples) in series.enumerated() where samples.x.count != samples.y.count {
      throw .series(index, inputs: samples.x.count, targets: samples.y.count)
    }
  }

  /// x of every frame and path.
  public var inputs: FrameMatrix {
    @_lifetime(borrow self)
    borrowing get { .perPath(inputValues.span, frames: frameCount) }
  }

  /// x, y and the weights, if there are any.
  public var samples: Samples {
    @_lifetime(borrow self)
    borrowing get {
      // All have the same frames, and the targets are not shared, so nothing is refused.
      unsafe _overrideLifetime(
        Samples(
          unsafe: UnsafeSamples(
            unchecked: inputs.memory, targets: frames(targetValues),
            weights: hasWeights ? frames(weightValues) : nil)),
        borrowing: self)
    }
  }

  private func frames(_ values: borrowing OwnedMemory<Float>) -> UnsafeFrames {
    unsafe UnsafeFrames(
      UnsafeBufferPointer(start: values.base, count: values.count), frames: frameCount)
  }
}

/// Where the samples of a series go.
private struct Packing {
  let copies: Int
  let paths: Int
  let frames: Int

  /// Rows of one value a path, from the values of each series; `absent` stands where it has ended.
  func packed(_ series: [[Float]], absent: Float) throws(SinglePathError) -> OwnedMemory<Float> {
    let (count, overflow) = paths.multipliedReportingOverflow(by: frames)
    let (_, overflow2) = count.multipliedReportingOverflow(by: 4)
    if overflow || overflow2 { throw .overflow(.packedSeries) }
    var memory = try OwnedMemory(repeating: absent, count: count)
    fill(&memory, series)
    return memory
  }

  private func fill(_ memory: inout OwnedMemory<Float>, _ series: [[Float]]) {
    var rows = memory.mutableSpan
    for (index, values) in series.enumerated() {
      for (t, value) in values.enumerated() {
        let first = t * paths + index * copies
        for path in first..<first + copies { rows[path] = value }
      }
    }
  }
}
