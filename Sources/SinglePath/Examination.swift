import SinglePathShims

/// What `Kernel.examine` finds of each path: a row for each case.
public enum Examination: Int, CaseIterable, Sendable {
  /// The weighted sum of J over the samples, in the frames' order.
  case cost = 0
  /// How many samples are not missing; exact up to 2²⁴.
  case samples = 1
  /// The smallest slope f′ of the path's hidden units, at the sample where it is largest: 0 if no
  /// gradient passes at any sample; 1 if there are no hidden units.
  case slope = 2
  /// 0, or NaN if x, y or the weight of a sample that is not missing is not finite.
  case input = 3

  /// How many rows there are, without those of the gradient.
  public static var rowCount: Int { allCases.count }
}
