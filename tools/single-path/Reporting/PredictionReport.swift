import CommandLineSupport

/// What curves say about points.
struct PredictionReport {
  struct Line {
    /// Of the point, or of its curve.
    let name: String
    /// The x of the point, or the y of an inverse.
    let value: Double?
    /// Nil where the note says why.
    let estimate: Estimate?
    let note: String
  }

  let header: [String]
  private(set) var lines: [Line] = []

  /// - Parameter one: the curve of all points; nil if each names its own.
  init(
    _ table: PointTable, _ curves: SavedCurves, one: String?, isInverse: Bool
  ) throws(Failure) {
    let target = curves.columns[isInverse ? 1 : 2]
    header = [
      table.columns.name ?? curves.columns[0], table.columns.value, target, "standardError",
      "low", "high", "note",
    ]
    for point in table.points {
      let curve = try curves.curve(one ?? point.name ?? "", for: point.place)
      let estimate = point.value.flatMap {
        isInverse ? curve.inverse($0) : curve.prediction(at: $0)
      }
      let note = Self.note(point, curve, estimate, isInverse: isInverse)
      lines.append(
        Line(name: point.name ?? curve.name, value: point.value, estimate: estimate, note: note))
    }
  }

  private static func note(
    _ point: PointTable.Point, _ curve: SavedCurve, _ estimate: Estimate?, isInverse: Bool
  ) -> String {
    guard let value = point.value else { return "missing" }
    guard curve.isFitted else { return "no curve: \(curve.verdict.name)" }
    guard let estimate else {
      return isInverse ? "outside the curve's range" : "x has no logarithm"
    }
    let x = isInverse ? estimate.value : value
    var notes = curve.verdict.isGood || curve.verdict == .trained ? [] : [curve.verdict.name]
    if !curve.covers(x) { notes.append("beyond the data") }
    return notes.joined(separator: "; ")
  }

  /// - Parameter text: of a number and its standard error; one that is not finite has none.
  func rows(_ text: (_ value: Double, _ error: Double) -> String) -> [[String]] {
    lines.map { line in
      let estimate = line.estimate
      let error = estimate?.standardError ?? .nan
      let numbers = [
        (line.value, .nan), (estimate?.value, error), (estimate?.standardError, .nan),
        (estimate?.low, error), (estimate?.high, error),
      ]
      return [singleLine(line.name)]
        + numbers.map { number, error in
          number.map { $0.isNaN ? "" : text($0, error) } ?? ""
        } + [line.note]
    }
  }
}
