import CommandLineSupport
import Foundation
import SinglePath

/// All that a fit found, and how long it took.
struct FitReport {
  let settings: FitSettings
  let table: SeriesTable
  let fits: [FittedCurve]
  let trainingSeconds: Double
  let instructionSet: InstructionSet

  /// The median error in percent of a series' range, over the series that are fitted and have a
  /// range.
  var medianRmsePercent: Double {
    median(fits.filter { $0.isFitted && !$0.isConstant }.map(\.rmsePercent))
  }

  /// Samples trained on, all starts and epochs counted.
  var pathSteps: Double {
    Double(fits.filter(\.isFitted).reduce(0) { $0 + $1.series.x.count }) * Double(settings.starts)
      * Double(settings.epochs)
  }

  // MARK: - Text

  private var parameterNames: [String] {
    let depths = 1...settings.depth
    return depths.map { "θ\(superscript($0))" }
      + (settings.hasBiases ? depths.map { "b\(superscript($0))" } : [])
  }

  /// Whether the cost has a mean of its own to report beside the error.
  private var hasLogLoss: Bool { settings.cost == .crossEntropy }

  /// A line for each series, in columns, with a header.
  var text: String {
    let header =
      ["series", "points"] + parameterNames + ["RMSE", "% of range"]
      + (hasLogLoss ? ["log loss"] : []) + ["verdict"]
    let rows = fits.map { fit in
      [singleLine(fit.series.name), "\(fit.series.x.count)"]
        + (fit.isFitted
          ? (fit.weights + fit.biases).map { short(Double($0)) }
            + [short(fit.rmse), String(format: "%.2f", fit.rmsePercent)]
            + (hasLogLoss ? [short(fit.logLoss)] : [])
          : Array(repeating: "–", count: header.count - 3))
        + [([fit.verdict.name] + fit.reasons).joined(separator: ": ")]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell.padded(to: widths[column], right: column > 0)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// One line about the whole.
  var summary: String {
    let rate = trainingSeconds > 0 ? pathSteps / trainingSeconds / 1e9 : 0
    let columns = table.columns.joined(separator: ", ")
    var parts = [counted(fits.count, "path"), counted(table.sampleCount, "sample")]
    if table.missingCount > 0 { parts.append(counted(table.missingCount, "missing cell")) }
    parts.append("\(table.fileName) (\(columns))")
    parts += table.peculiarities
    parts += [verdictCounts, String(format: "median RMSE %.2f %% of range", medianRmsePercent)]
    if let limits { parts.append(limits) }
    if settings.isReproducible { return parts.joined(separator: ", ") }
    parts += [
      String(format: "%.3g path-steps in %.2f s", pathSteps, trainingSeconds),
      String(format: "%.2f G path-steps/s", rate), instructionSet.rawValue,
      counted(settings.threads, "thread"),
    ]
    return parts.joined(separator: ", ")
  }

  /// Where samples at x = 0 were put.
  private var limits: String? {
    let count = fits.reduce(0) { $0 + $1.series.isLimit.count { $0 } }
    return count == 0
      ? nil : "\(counted(count, "sample")) at x = 0 put one range below the least other x"
  }

  /// How many paths there are with each verdict.
  private var verdictCounts: String {
    let counts = fits.map(\.verdict).counts()
    return Verdict.allCases.compactMap { verdict in
      counts[verdict].map { "\($0) \(verdict.name)" }
    }.joined(separator: ", ")
  }

  /// The rows of `text` as comma-separated values, with every digit.
  var commaSeparatedValues: String {
    let depths = 1...settings.depth
    let header =
      ["series", "points"] + depths.map { "weight\($0)" }
      + (settings.hasBiases ? depths.map { "bias\($0)" } : [])
      + ["rmse", "rmsePercent"] + (hasLogLoss ? ["logLoss"] : []) + ["verdict"]
    let rows = fits.map { fit in
      [quoted(fit.series.name), "\(fit.series.x.count)"]
        + (fit.isFitted
          ? (fit.weights + fit.biases).map { "\($0)" } + ["\(fit.rmse)", "\(fit.rmsePercent)"]
            + (hasLogLoss ? ["\(fit.logLoss)"] : [])
          : Array(repeating: "", count: header.count - 3)) + [fit.verdict.name]
    }
    return ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}

/// A number with five significant digits.
private func short(_ value: Double) -> String { String(format: "%.5g", value) }

/// A field of comma-separated values, in quotes if it needs them.
private func quoted(_ text: String) -> String {
  let special = text.contains { ",\"\r\n".contains($0) || $0.isNewline }
  let hasOuterBlanks = text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false
  return special || hasOuterBlanks ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
}

/// A layer's number as the derivation writes it: ⁽¹⁾.
func superscript(_ number: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return "⁽" + "\(number)".compactMap { $0.wholeNumberValue.map { String(digits[$0]) } }.joined()
    + "⁾"
}
