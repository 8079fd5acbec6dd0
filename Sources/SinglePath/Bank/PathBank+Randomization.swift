extension PathBank {
  /// Draws every parameter uniformly from a range.
  ///
  /// A path's values depend on the seed and the path's index alone, not on the bank's size.
  ///
  /// - Parameters:
  ///   - range: its bounds, and their distance, should be finite, or else the parameters are not.
  ///   - seed: any number; each gives other parameters.
  public mutating func randomize(in range: ClosedRange<Float> = -1...1, seed: UInt64) {
    unsafe parameters.randomize(in: range, seed: seed)
  }
}
