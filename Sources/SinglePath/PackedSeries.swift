/// Series of different lengths and inputs, packed into frames: row t holds the t-th sample of each
/// series. Where a series has ended, x is 0 and y is NaN, a missing sample.
public struct PackedSeries: Sendable {
  /// One path for each copy of each series: series s and copy c is path `s * copies + c`.
  public let pathCount: Int
  /// The length of the longest series.
  public let frameCount: Int

  private let inputs: [Float]
  private let targets: [Float]
  private let weights: [Float]
  private let hasWeights: Bool

  /// - Parameters:
  ///   - series: x and y of each, of the same length.
  ///   - weights: of the samples of each series, of that length too; nil if they have none.
  ///   - copies: paths for each series, 1 or more.
  public init(
    _ series: [(x: [Float], y: [Float])], weights: [[Float]]? = nil, copies: Int = 1
  ) throws(SinglePathError) {
    guard copies >= 1 else { throw .size("the number of copies", copies, least: 1) }
    if let weights {
      guard weights.count == series.count else {
        throw .size("the number of series with weights", weights.count, least: series.count)
      }
      for (index, samples) in series.enumerated() where samples.x.count != weights[index].count {
        throw .seriesWeights(index, inputs: samples.x.count, weights: weights[index].count)
      }
    }
    for (index, samples) in series.enumerated() where samples.x.count != samples.y.count {
      throw .series(index, inputs: samples.x.count, targets: samples.y.count)
    }
    let (paths, overflow) = series.count.multipliedReportingOverflow(by: copies)
    let frames = series.map(\.x.count).max() ?? 0
    let (elements, overflow2) = paths.multipliedReportingOverflow(by: frames)
    // No machine addresses more than 2⁴⁸ bytes for a process.
    if overflow || overflow2 || elements >= 1 << 46 { throw .overflow("the packed series") }
    pathCount = paths
    frameCount = frames
    func rows(absent: Float, _ values: (Int) -> [Float]) -> [Float] {
      var rows = [Float](repeating: absent, count: frames * paths)
      for index in series.indices {
        for (t, value) in values(index).enumerated() {
          let first = t * paths + index * copies
          for path in first..<first + copies { rows[path] = value }
        }
      }
      return rows
    }
    inputs = rows(absent: 0) { series[$0].x }
    targets = rows(absent: .nan) { series[$0].y }
    self.weights = weights.map { weights in rows(absent: 0) { weights[$0] } } ?? []
    hasWeights = weights != nil
  }

  /// Lends the frames to a closure; they must not outlive it.
  public func withFrames<Result, Failure: Error>(
    _ body: (_ inputs: Frames, _ targets: Frames) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withFrames { (inputs, targets, _) throws(Failure) in try body(inputs, targets) }
  }

  /// Lends the frames, and those of the sample weights if there are any, to a closure; they must not
  /// outlive it.
  public func withFrames<Result, Failure: Error>(
    _ body: (_ inputs: Frames, _ targets: Frames, _ weights: Frames?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try inputs.withUnsafeBufferPointer { (x) throws(Failure) in
      try targets.withUnsafeBufferPointer { (y) throws(Failure) in
        try weights.withUnsafeBufferPointer { (w) throws(Failure) in
          try body(frames(x), frames(y), hasWeights ? frames(w) : nil)
        }
      }
    }
  }

  private func frames(_ rows: UnsafeBufferPointer<Float>) -> Frames {
    Frames(rows.baseAddress, frames: frameCount, stride: pathCount)
  }
}
