import CommandLineSupport

/// One series of a file: the samples of one curve, in the file's order, in the user's units.
struct Series {
  let name: String
  var x: [Double] = []
  var y: [Double] = []
  /// Of the samples; empty if they have none.
  var weights: [Double] = []
  /// Which samples have an x of 0 whose logarithm is asked for: they are at the limit of the curve, and
  /// tell of its plateau alone. Empty if none is.
  var isLimit: [Bool] = []
  /// Cells that counted as missing; their samples are left out.
  var missing = 0
  /// Samples at the limit that were left out, where no curve of the shape has a finite cost.
  var leftOut = 0

  /// The samples that count: without those of weight 0.
  var counted: Series { weights.contains(0) ? filtered { weights[$0] > 0 } : self }

  /// The samples whose x has a logarithm.
  var withoutLimit: Series { isLimit.contains(true) ? filtered { !isLimit[$0] } : self }

  /// The series without its samples at the limit, which are counted.
  var leavingOutLimit: Series {
    var series = withoutLimit
    series.leftOut += x.count - series.x.count
    return series
  }

  /// What is to be told of the series whatever its curve is.
  var remarks: [String] {
    guard leftOut > 0 else { return [] }
    let samples = CommandLineSupport.counted(leftOut, "sample")
    return ["\(samples) at x = 0 left out, where no curve of this shape has a finite cost"]
  }

  private func filtered(_ isKept: (Int) -> Bool) -> Series {
    let kept = x.indices.filter(isKept)
    func pick<Value>(_ values: [Value]) -> [Value] { values.isEmpty ? [] : kept.map { values[$0] } }
    return Series(
      name: name, x: pick(x), y: pick(y), weights: pick(weights), isLimit: pick(isLimit),
      missing: missing, leftOut: leftOut)
  }

  /// Why there is no curve through the samples, if they are too few.
  var shortage: String? {
    let count = counted.x.count
    if count < 2 {
      return (count == 0 ? "no point" : "one point")
        + (x.count > count ? " of a weight above 0" : "")
        + (leftOut > 0 ? " with an x above 0" : "")
    }
    return counted.withoutLimit.x.isEmpty ? "no point with an x above 0" : nil
  }
}
