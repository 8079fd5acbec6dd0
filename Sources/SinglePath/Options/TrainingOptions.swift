/// Options for training. The defaults give plain stochastic gradient descent: one update (17) per sample.
public struct TrainingOptions: Hashable, Sendable {
  /// Frames whose gradients are summed for one update with the parameters from before the first of them,
  /// 1 or more. `Int.max` makes one batch of a call; a call's last batch may be shorter.
  public var batch = 1

  /// Clips each component of a batch's gradient to ± this, which is above 0. Nil is no limit.
  public var gradientLimit: Float?

  /// Parameters that stay as they are.
  public var frozen = FrozenParameters.none

  /// Where an update holds the parameters.
  public var bounds: ParameterBounds?

  /// Plain stochastic gradient descent.
  public init() {}
}
