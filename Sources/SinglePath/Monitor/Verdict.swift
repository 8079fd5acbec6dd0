/// What became of a path: the first three in a training call, those up to `tooFewSamples` in a
/// review of a `ConvergenceMonitor`, and those from `diverged` on in a fit.
public enum Verdict: UInt8, Hashable, Sendable, CaseIterable {
  /// Its parameters have the bits that they had before the call.
  case untouched = 0
  /// Its parameters changed and are finite.
  case trained = 1
  /// An update was not finite: its parameters are those from before the call.
  case diverged = 2
  /// Its cost has not improved for `patience` reviews, see `ConvergenceMonitor.Rules`.
  case converged = 3
  /// So too, but its cost is above its best by more than the tolerances: it wanders.
  case stalled = 4
  /// x, y or the weight of a sample that is not missing is not finite.
  case nonFiniteInput = 5
  /// At every sample a hidden ReLU is at 0 or below, so that no gradient passes.
  case dead = 6
  /// At every sample the slope of a hidden unit is below 2⁻¹⁰; σ is then within 0.001 of 0 or 1.
  case saturated = 7
  /// It has fewer samples that are not missing than it must have.
  case tooFewSamples = 8
  /// Its fit was given up after the last pass that it was allowed.
  case limit = 9
  /// Its samples do not determine the parameters of its fit.
  case undetermined = 10
  /// Its targets do not vary.
  case flat = 11
}

extension Collection<Verdict> {
  /// How many paths there are with each verdict that occurs.
  public func counts() -> [Verdict: Int] {
    reduce(into: [:]) { counts, verdict in counts[verdict, default: 0] += 1 }
  }

  /// The paths with a verdict, in their order, counted from 0.
  public func paths(_ verdict: Verdict) -> [Int] {
    enumerated().compactMap { path, other in other == verdict ? path : nil }
  }
}

extension MutableSpan<Verdict> {
  /// Lends the verdicts as the bytes that the kernel writes: the raw values of `Verdict`, which are its
  /// representation in memory, and no others.
  mutating func withBytes<Result>(
    _ body: (UnsafeMutableBufferPointer<UInt8>) throws(SinglePathError) -> Result
  ) throws(SinglePathError) -> Result {
    try unsafe withUnsafeMutableBufferPointer { (verdicts) throws(SinglePathError) in
      try unsafe verdicts.withMemoryRebound(to: UInt8.self) { (bytes) throws(SinglePathError) in
        try unsafe body(bytes)
      }
    }
  }
}
