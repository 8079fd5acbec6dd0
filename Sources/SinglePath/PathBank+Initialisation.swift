import SinglePathChecks
import SinglePathShims

extension PathBank {
  /// Draws every parameter uniformly from a range.
  ///
  /// A path's values depend on the seed and the path's index alone, not on the bank's size.
  ///
  /// - Parameters:
  ///   - seed: any number; each gives other parameters.
  ///   - range: its bounds, and their distance, should be finite, or else the parameters are not.
  public mutating func initialize(seed: UInt64, range: ClosedRange<Float> = -1...1) {
    var call = sp_call()
    call.depth = UInt8(shape.depth)
    call.has_biases = shape.hasBiases ? 1 : 0
    call.count = count
    call.parameters = base
    call.parameter_stride = stride
    call.initialise(seed: seed, from: range.lowerBound, to: range.upperBound)
  }
}
