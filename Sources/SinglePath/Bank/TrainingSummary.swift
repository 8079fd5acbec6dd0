/// What a training call reports of all paths together.
public struct TrainingSummary: Hashable, Sendable {
  /// How many paths diverged; they have the parameters from before the call.
  public let divergedCount: Int
}
