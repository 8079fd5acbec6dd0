/// Series of different lengths and inputs, packed into frames: row t holds the t-th sample of each
/// series. Where a series has ended, x is 0 and y is NaN, a missing sample.
public struct PackedSeries: Sendable {
  /// One path for each copy of each series: series s and copy c is path `s * copies + c`.
  public let pathCount: Int
  /// The length of the longest series.
  public let frameCount: Int

  private let inputs: [Float]
  private let targets: [Float]

  /// - Parameters:
  ///   - series: x and y of each, of the same length.
  ///   - copies: paths for each series, 1 or more.
  public init(_ series: [(x: [Float], y: [Float])], copies: Int = 1) throws(SinglePathError) {
    guard copies >= 1 else { throw .size("the number of copies", copies, least: 1) }
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
    var inputs = [Float](repeating: 0, count: frameCount * pathCount)
    var targets = [Float](repeating: .nan, count: frameCount * pathCount)
    for (index, samples) in series.enumerated() {
      for t in samples.x.indices {
        let first = t * pathCount + index * copies
        for path in first..<first + copies {
          inputs[path] = samples.x[t]
          targets[path] = samples.y[t]
        }
      }
    }
    self.inputs = inputs
    self.targets = targets
  }

  /// Lends the frames to a closure; they must not outlive it.
  public func withFrames<Result, Failure: Error>(
    _ body: (_ inputs: Frames, _ targets: Frames) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try inputs.withUnsafeBufferPointer { (x) throws(Failure) in
      try targets.withUnsafeBufferPointer { (y) throws(Failure) in
        try body(
          Frames(x.baseAddress, frames: frameCount, stride: pathCount),
          Frames(y.baseAddress, frames: frameCount, stride: pathCount))
      }
    }
  }
}
