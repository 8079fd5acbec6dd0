/// One sample of a path.
public struct Sample: Equatable, Sendable {
  /// The input.
  public var x: Double
  /// The target; NaN marks a missing sample.
  public var y: Double
  /// What its cost is multiplied with, at least 0; 0 marks a missing sample.
  public var weight: Double

  /// A sample that counts `weight` times.
  public init(x: Double, y: Double, weight: Double = 1) {
    (self.x, self.y, self.weight) = (x, y, weight)
  }

  /// Whether it has no say: its target is NaN or its weight 0, whatever x is.
  public var isMissing: Bool { y.isNaN || weight == 0 }
}
