/// The rows of this run beside those of an earlier one.
struct Comparison {
  struct Line: Equatable {
    let name: String
    /// Throughput, new over old: above 1 is faster.
    let ratio: Double
    /// Whether the middle halves of the batches lie apart.
    let hasMoved: Bool
  }

  let lines: [Line]

  init(_ new: [Row], with old: [Row]) {
    let earlier = Dictionary(old.map { ($0.name, $0) }) { first, _ in first }
    lines = new.compactMap { row in
      guard let before = earlier[row.name] else { return nil }
      return Line(
        name: row.name, ratio: before.medianNanoseconds / row.medianNanoseconds,
        hasMoved: row.lowNanoseconds > before.highNanoseconds
          || row.highNanoseconds < before.lowNanoseconds)
    }
  }

  func print() {
    Swift.print("\nspeed against the earlier run (1 is the same; * moved beyond the spread)")
    for line in lines {
      Swift.print(Report.format("%7.3f ", line.ratio) + (line.hasMoved ? "* " : "  ") + line.name)
    }
    Swift.print("\(lines.count) rows compared, \(lines.filter(\.hasMoved).count) moved")
  }
}
