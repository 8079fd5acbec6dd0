import CommandLineSupport
import SinglePath

/// A table of the documentation, with a column for each processor whose results are saved.
struct Table {
  /// What the documentation calls it.
  let name: String
  private let heading: String
  private let lines: [Line]

  private struct Line {
    let title: String
    /// Empty where the processor has no such row.
    let cell: (Results) -> String?
  }

  static var all: [Table] { [speed, training, fits, throughC] }

  /// - Throws: `Failure.usage` if there is no table of that name.
  static func named(_ name: String) throws(Failure) -> Table {
    guard let table = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      throw .usage("there is no table \(name) of the benchmarks, only \(names)")
    }
    return table
  }

  /// Markdown, without a newline at the end. Lines that no processor has a row of are left out.
  func markdown(of results: [Results]) -> String {
    let columns = results.map { result in
      "\(result.machine.model), \(Report.format("%.2f", result.machine.clockHertz / 1e9)) GHz"
    }
    let body = lines.compactMap { line -> [String]? in
      let cells = results.map(line.cell)
      return cells.contains { $0 != nil } ? [line.title] + cells.map { $0 ?? "" } : nil
    }
    let rule = ["---"] + columns.map { _ in "---" }
    return ([[heading] + columns, rule] + body)
      .map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}

// MARK: - The tables

extension Table {
  /// Speeds of training.
  private static var training: Table {
    let forms = InstructionSet.allCases.flatMap { set in
      SigmoidMethod.allCases.map { sigmoid in
        Line(title: "\(set.title), \(sigmoid.rawValue)") { results in
          results.speed(of: Workload(engine: .kernel(set)).with(sigmoid))
        }
      }
    }
    let others = [
      best("biased") { $0.hasBiases = true },
      best("weighted samples") { $0.variant = .weighted },
      best("64 paths × 64 frames") { $0.size = .small },
      best("1 M paths × 32 frames") { $0.size = .stream },
      best("the same on pages of 2 MiB") {
        $0.size = .stream
        $0.variant = .hugepages
      },
      best("1 M paths, one frame a call") { $0.size = .live },
      best("the same on pages of 2 MiB") {
        $0.size = .live
        $0.variant = .hugepages
      },
      best("64 banks of 4,096 paths × 64 frames, two threads") {
        $0.size = .tiles
        $0.variant = .threads2
      },
    ]
    return Table(
      name: "train", heading: "G path-steps/s (slots of a vector step)", lines: forms + others)
  }

  /// A row of the best instruction set that each machine has.
  private static func best(
    _ title: String,
    telling cell: @escaping (Results, Workload) -> String? = { $0.speed(of: $1) },
    _ change: @escaping (inout Workload) -> Void
  ) -> Line {
    Line(title: title) { results in
      guard let set = results.bestInstructionSet else { return nil }
      var workload = Workload(engine: .kernel(set))
      change(&workload)
      return cell(results, workload)
    }
  }

  /// Curves found, and how many as good as the optimum.
  private static var fits: Table {
    Table(
      name: "fit", heading: "curves/s (within 10⁻⁶ of the optimum's cost)",
      lines: [
        fit("depth 2, 25 points", .assay25),
        fit("depth 2, 8 points", .dose8),
        fit("depth 2, 100 points", .long100),
        fit("depth 3, 25 points", .assay25Deep, depth: 3),
        fit("Platt's calibration, 200 labels", .platt200, depth: 1),
        fit(
          "depth 2, 25 points, 4,000 passes of descent", .assay25Descended, operation: .descend),
      ])
  }

  private static func fit(
    _ title: String, _ size: Size, depth: Int = 2, operation: Workload.Operation = .fit
  ) -> Line {
    best(title, telling: { $0.curves(of: $1) }) {
      ($0.operation, $0.size, $0.depth, $0.hasBiases) = (operation, size, depth, true)
    }
  }

  /// A few lines for the front page.
  private static var speed: Table {
    let lines = [
      fit("fitted, depth 2, 25 points: curves/s (within 10⁻⁶ of the optimum's cost)", .assay25),
      fit("8 points", .dose8),
      fit("100 points", .long100),
      best("trained, depth 3: 10⁹ path-steps/s (slots of a vector step)") { _ in },
      best("with biases") { $0.hasBiases = true },
      best("1 M paths × 32 frames") { $0.size = .stream },
      best("1 M paths, one frame a call") { $0.size = .live },
      callThroughC("through the C header, 64 paths × 1 frame, a call"),
    ]
    return Table(name: "speed", heading: "", lines: lines)
  }

  /// What a host in C gets.
  private static var throughC: Table {
    let comparisons = Ratio.facesCompared.map { size in
      Line(title: "speed against the Swift face, \(size.name)") { results in
        let title = Ratio.titleOfFaces(size)
        return results.ratios?.first { $0.title == title }.map { Report.format("%.2f", $0.median) }
      }
    }
    return Table(
      name: "c", heading: "through the C header",
      lines: [callThroughC("64 paths × 1 frame, a call")] + comparisons)
  }

  private static func callThroughC(_ title: String) -> Line {
    Line(title: title) { results in
      guard let set = results.bestInstructionSet else { return nil }
      return results.row(of: Workload(size: .smallest, engine: .c(set))).map { row in
        "\(Report.format("%.0f", row.medianNanoseconds)) ns"
      }
    }
  }
}

extension InstructionSet {
  fileprivate var title: String {
    switch self {
    case .baseline: "x86-64 baseline"
    case .avx2: "AVX2"
    case .avx512: "AVX-512"
    case .neon: "NEON"
    }
  }
}

extension Results {
  fileprivate var bestInstructionSet: InstructionSet? {
    machine.instructionSets.last.flatMap(InstructionSet.init)
  }

  fileprivate func row(of workload: Workload) -> Row? {
    rows.first { $0.name == workload.name }
  }

  fileprivate func speed(of workload: Workload) -> String? {
    row(of: workload).map { row in
      Report.format(row.gStepsPerSecond < 0.1 ? "%.4f" : "%.2f", row.gStepsPerSecond)
        + Report.format(" (%.0f)", row.fmaSlotsPerVectorStep)
    }
  }

  fileprivate func curves(of workload: Workload) -> String? {
    row(of: workload).flatMap { row in
      guard let speed = row.curvesPerSecond, let quality = row.quality else { return nil }
      return grouped(speed) + Report.format(" (%.2f %%)", 100 * quality.withinOneMillionth)
    }
  }
}

/// A count with commas between its thousands.
private func grouped(_ count: Double) -> String {
  var digits = Report.format("%.0f", count)[...]
  var groups: [Substring] = []
  while !digits.isEmpty {
    groups.insert(digits.suffix(3), at: 0)
    digits = digits.dropLast(3)
  }
  return groups.joined(separator: ",")
}
