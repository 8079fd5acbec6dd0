import SinglePathShims

extension sp_review_call {
  /// Refuses rules out of their range.
  ///
  /// - Parameter goesBack: whether a path may go back, by the rise.
  public func checkRules(goesBack: Bool) throws(Refusal) {
    // By their bits: a comparison of subnormal numbers depends on the host's floating-point state.
    guard tolerance.bitPattern < Float(1).bitPattern else { throw .tolerance(tolerance) }
    guard floor.bitPattern < Float.infinity.bitPattern else {
      throw .setting("the floor of a watch", floor)
    }
    guard !goesBack || rise.isFiniteAndPositive else {
      throw .setting("the rise of a watch", rise)
    }
  }

  /// Refuses rules out of their range, and arrays that are missing or overlap.
  ///
  /// - Parameter mayBeMisaligned: as in `sp_call.check`.
  public func check(mayBeMisaligned: Bool) throws(Refusal) {
    try checkRules(goesBack: rates != nil)
    let paths = Int(count)
    func region<Element>(
      _ name: StaticString, _ base: UnsafePointer<Element>?, rows: Int = 1, stride: Int = 0
    ) throws(Refusal) -> Region {
      try Region(
        name, base, rows: rows, width: paths, stride: stride, leastStride: rows > 1 ? paths : 0,
        mayBeMisaligned: mayBeMisaligned)
    }
    let examined = try region(
      "the examination", examined, rows: Int(SP_EXAMINED_ROWS), stride: examined_stride)
    let bestCosts = try region("the best costs", best)
    let marks = try region("the marks", mark)
    let ages = try region("the ages", age)
    let verdicts = try region("the verdicts", verdicts)
    guard let rates else {
      return try Region.mustBeApart(written: [bestCosts, marks, ages, verdicts], read: [examined])
    }
    try Region.mustBeApart(
      written: [
        bestCosts, marks, ages, verdicts, try region("the learning rates", rates),
        try region(
          "the parameters", parameters, rows: Int(parameter_count), stride: parameter_stride),
        try region(
          "the best parameters", best_parameters, rows: Int(parameter_count), stride: best_stride),
      ], read: [examined])
  }
}

/// Refuses an array that is missing, and one that is written and overlaps one that is read.
public func checkApart<Written, Read>(
  written: StaticString, _ base: UnsafePointer<Written>?, count: Int, read: StaticString,
  _ other: UnsafePointer<Read>?, count otherCount: Int
) throws(Refusal) {
  try Region.mustBeApart(
    written: [Region(written, base, width: count, mayBeMisaligned: false)],
    read: [Region(read, other, width: otherCount, mayBeMisaligned: false)])
}
