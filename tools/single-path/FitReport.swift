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

  /// The median error in percent of a series' range, over the series that have a range.
  var medianRmsePercent: Double { median(fits.filter { !$0.isConstant }.map(\.rmsePercent)) }

  /// Samples trained on, all starts and epochs counted.
  var pathSteps: Double {
    Double(table.sampleCount) * Double(settings.starts) * Double(settings.epochs)
  }

  // MARK: - Text

  private var parameterNames: [String] {
    let depths = 1...settings.depth
    return depths.map { "θ\(superscript($0))" }
      + (settings.hasBiases ? depths.map { "b\(superscript($0))" } : [])
  }

  /// A line for each series, in columns, with a header.
  var text: String {
    let header = ["series", "points"] + parameterNames + ["RMSE", "% of range", "verdict"]
    let rows = fits.map { fit in
      [singleLine(fit.series.name), "\(fit.series.x.count)"]
        + (fit.weights + fit.biases).map { short(Double($0)) }
        + [short(fit.rmse), String(format: "%.2f", fit.rmsePercent), fit.verdict.name]
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
    return [
      "\(counted(fits.count, "path")), \(counted(table.sampleCount, "sample"))",
      "\(table.fileName) (\(table.columns.joined(separator: ", ")))",
      verdictCounts,
      String(format: "median RMSE %.2f %% of range", medianRmsePercent),
      String(format: "%.3g path-steps in %.2f s", pathSteps, trainingSeconds),
      String(format: "%.2f G path-steps/s", rate),
      instructionSet.rawValue, counted(settings.threads, "thread"),
    ].joined(separator: ", ")
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
      + ["rmse", "rmsePercent", "verdict"]
    let rows = fits.map { fit in
      [quoted(fit.series.name), "\(fit.series.x.count)"]
        + (fit.weights + fit.biases).map { "\($0)" }
        + ["\(fit.rmse)", "\(fit.rmsePercent)", fit.verdict.name]
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
