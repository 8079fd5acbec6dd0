import SinglePathShims

extension sp_review_call {
  /// Refuses rules out of their range.
  ///
  /// - Parameter goesBack: whether a path may go back, by the retreat threshold.
  public func checkRules(goesBack: Bool) throws(Refusal) {
    // By their bits: a comparison of subnormal numbers depends on the host's floating-point state.
    guard rules.relative_tolerance.bitPattern < Float(1).bitPattern else {
      throw .tolerance(rules.relative_tolerance)
    }
    guard rules.absolute_tolerance.bitPattern < Float.infinity.bitPattern else {
      throw .setting("the absolute tolerance", rules.absolute_tolerance)
    }
    guard !goesBack || rules.retreat_threshold.isFiniteAndPositive else {
      throw .setting("the retreat threshold", rules.retreat_threshold)
    }
  }

  /// Refuses rules out of their range, and arrays that are missing or overlap.
  ///
  /// - Parameter host: the struct that the rules were copied from, or nil.
  public func check(rules host: UnsafePointer<sp_rules>? = nil) throws(Refusal) {
    let reserved = rules.reserved
    guard reserved.0 | reserved.1 | reserved.2 | reserved.3 | reserved.4 == 0 else {
      throw .reserved("the rules")
    }
    try checkRules(goesBack: rates != nil)
    let paths = Int(count)
    func region<Element>(
      _ name: StaticString, _ base: UnsafePointer<Element>?, rows: Int = 1, stride: Int = 0
    ) throws(Refusal) -> Region {
      try Region(
        name, base, rows: rows, width: paths, stride: stride, leastStride: rows > 1 ? paths : 0)
    }
    let examined = try region(
      "the examination", examined, rows: Int(SP_EXAMINED_ROWS), stride: examined_stride)
    let bestCosts = try region("the best costs", best_costs)
    let references = try region("the reference costs", reference_costs)
    let ages = try region("the ages", ages)
    let verdicts = try region("the verdicts", verdicts)
    let hostRules = try Region("the rules", host, width: 1, isOptional: true)
    guard let rates else {
      return try Region.mustBeApart(
        written: [bestCosts, references, ages, verdicts], read: [examined, hostRules])
    }
    try Region.mustBeApart(
      written: [
        bestCosts, references, ages, verdicts, try region("the learning rates", rates),
        try region(
          "the parameters", parameters, rows: Int(parameter_count), stride: parameter_stride),
        try region(
          "the best parameters", best_parameters, rows: Int(parameter_count), stride: best_stride),
      ], read: [examined, hostRules])
  }
}

/// Refuses an array that is missing, and one that is written and overlaps one that is read.
public func checkApart<Written, Read>(
  written: StaticString, _ base: UnsafePointer<Written>?, count: Int, read: StaticString,
  _ other: UnsafePointer<Read>?, count otherCount: Int
) throws(Refusal) {
  try Region.mustBeApart(
    written: [Region(written, base, width: count)],
    read: [Region(read, other, width: otherCount)])
}
