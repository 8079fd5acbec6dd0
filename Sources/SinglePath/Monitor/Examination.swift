import SinglePathShims

/// What `PathBank.examine` finds of each path: a row for each case.
public enum Examination: Int, CaseIterable, Sendable {
  /// The weighted sum of J over the samples, in the frames' order.
  case cost = 0
  /// How many samples are not missing; exact up to 2²⁴.
  case samples = 1
  /// max over the samples of (min over the hidden units of f′): how well the gradient passes at the best
  /// sample. 0 if none passes at any; 1 if there are no hidden units.
  case bestSmallestSlope = 2
  /// 0, or NaN if x, y or the weight of a sample that is not missing is not finite.
  case nonFiniteSample = 3

  /// How many rows there are, without those of the gradient.
  public static var rowCount: Int { SP_EXAMINED_ROWS }
}
