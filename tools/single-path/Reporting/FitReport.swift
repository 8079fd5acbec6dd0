import CommandLineSupport
import Foundation
import SinglePath

/// All that a fit found, and how long it took.
struct FitReport {
  let settings: FitSettings
  let table: SeriesTable
  let fits: [FittedCurve]
  /// Of training or fitting.
  let seconds: Double
  let instructionSet: InstructionSet

  /// The median error in percent of a series' range, over the series that are fitted and have a
  /// range; NaN if there is none.
  var medianRmsePercent: Double {
    let errors = fits.filter { $0.isFitted && !$0.isConstant }.map(\.rmsePercent)
    return errors.isEmpty ? .nan : median(errors)
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

  private var showsParameters: Bool { settings.method == .descent || settings.showsParameters }

  private var isLeastSquares: Bool { settings.method == .leastSquares }

  /// The facts that any of the curves has.
  var factNames: [FactName] {
    let known = Set(fits.flatMap { $0.facts?.facts.map(\.name) ?? [] })
    return FactName.allCases.filter(known.contains)
  }

  /// A line for each series, in columns, with a header.
  var text: String {
    // In the words of growth these have other names.
    let names = factNames.filter { !settings.growth || $0 != .steepness && $0 != .upper }
    var header = ["series", "points"]
    if showsParameters { header += parameterNames }
    header += names.map(\.title) + ["RMSE", isLeastSquares ? "R²" : "% of range"]
    if hasLogLoss { header.append("log loss") }
    header.append("verdict")
    let rows = fits.map { fit in
      var row = [singleLine(fit.series.name), "\(fit.series.x.count)"]
      row +=
        fit.isFitted ? numbers(fit, names) : Array(repeating: "–", count: header.count - 3)
      row.append(fit.verdictInWords)
      return row
    }
    return aligned([header] + rows)
  }

  /// The cells of a fitted series between the count of its points and its verdict.
  private func numbers(_ fit: FittedCurve, _ names: [FactName]) -> [String] {
    var cells = showsParameters ? (fit.weights + fit.biases).map { short($0) } : []
    cells += names.map { cell(fit.facts, $0) }
    cells.append(short(fit.rmse))
    cells.append(
      isLeastSquares
        ? shortOrDash(fit.facts?.rSquared) : String(format: "%.2f", fit.rmsePercent))
    if hasLogLoss { cells.append(short(fit.logLoss)) }
    return cells
  }

  private func shortOrDash(_ value: Double?) -> String {
    value.map { $0.isFinite ? short($0, digits: 4) : "–" } ?? "–"
  }

  private func cell(_ facts: CurveFacts?, _ name: FactName) -> String {
    guard let fact = facts?.facts.first(where: { $0.name == name }) else { return "–" }
    guard let estimate = fact.estimate else { return fact.bound ?? "–" }
    guard estimate.standardError > 0 else { return short(estimate.value) }
    return short(estimate.value, to: estimate.standardError) + " ± "
      + short(estimate.standardError, digits: 2)
  }

  /// One line about the whole.
  var summary: String {
    let columns = table.columns.joined(separator: ", ")
    var parts = [counted(fits.count, "path"), counted(table.sampleCount, "sample")]
    if table.missingCount > 0 { parts.append(counted(table.missingCount, "missing cell")) }
    parts.append("\(table.fileName) (\(columns))")
    parts += table.peculiarities
    parts.append(verdictCounts)
    if !medianRmsePercent.isNaN {
      parts.append(String(format: "median RMSE %.2f %% of range", medianRmsePercent))
    }
    parts += limits
    if settings.isReproducible { return parts.joined(separator: ", ") }
    if isLeastSquares {
      parts.append(String(format: "least squares in %.3f s", seconds))
    } else {
      parts.append(String(format: "%.3g path-steps in %.2f s", pathSteps, seconds))
      let rate = seconds > 0 ? pathSteps / seconds / 1e9 : 0
      parts.append(String(format: "%.2f G path-steps/s", rate))
    }
    parts += [instructionSet.rawValue, counted(settings.threads, "thread")]
    return parts.joined(separator: ", ")
  }

  /// Where samples at x = 0 were put, and how many were left out.
  var limits: [String] {
    let count = fits.reduce(0) { $0 + $1.series.isLimit.count { $0 } }
    let leftOut = fits.reduce(0) { $0 + $1.series.leftOut }
    let place =
      isLeastSquares ? "taken for the plateau alone" : "put one range below the least other x"
    return [(count, place), (leftOut, "left out")].filter { $0.0 > 0 }.map {
      "\(counted($0, "sample")) at x = 0 \($1)"
    }
  }

  /// How many paths there are with each verdict.
  private var verdictCounts: String {
    let counts = Dictionary(grouping: fits, by: \.verdict).mapValues(\.count)
    return CurveVerdict.allCases.compactMap { verdict in
      counts[verdict].map { "\($0) \(verdict.name)" }
    }.joined(separator: ", ")
  }

  /// The rows of `text` as comma-separated values, with every digit; a fact has columns for its value, its
  /// standard error and the ends of its interval.
  var commaSeparatedValues: String {
    let depths = 1...settings.depth
    let names = factNames
    var header = ["series", "points"]
    if showsParameters {
      header += depths.map { "weight\($0)" }
      if settings.hasBiases { header += depths.map { "bias\($0)" } }
    }
    for name in names {
      header += ["", "StandardError", "Low", "High"].map { name.rawValue + $0 }
    }
    header += ["rmse", "rmsePercent"]
    if isLeastSquares { header += CurveFacts.columns }
    if hasLogLoss { header.append("logLoss") }
    let width = header.count
    header += isLeastSquares ? ["verdict", "reasons"] : ["verdict"]
    let rows = fits.map { fit in
      var row = [fit.series.name, "\(fit.series.x.count)"]
      row += fit.isFitted ? fields(fit, names) : Array(repeating: "", count: width - 2)
      row.append(fit.verdict.name)
      if isLeastSquares { row.append(fit.reasons.joined(separator: "; ")) }
      return row
    }
    return commaSeparated([header] + rows)
  }

  /// The fields of a fitted series between the count of its points and its verdict.
  private func fields(_ fit: FittedCurve, _ names: [FactName]) -> [String] {
    var fields = showsParameters ? (fit.weights + fit.biases).map { "\($0)" } : []
    for name in names { fields += fit.facts?.cells(name) ?? [] }
    fields += ["\(fit.rmse)", "\(fit.rmsePercent)"]
    fields += fit.facts?.cells ?? []
    if hasLogLoss { fields.append("\(fit.logLoss)") }
    return fields
  }
}

extension CurveFacts {
  /// What every curve has beside its facts.
  fileprivate static let columns = [
    "rSquared", "residualStandardError", "degreesOfFreedom", "area",
  ]
  fileprivate var cells: [String] {
    [
      rSquared.isFinite ? "\(rSquared)" : "", "\(residualStandardError)", "\(degreesOfFreedom)",
      "\(area)",
    ]
  }
  /// Of a fact; empty where it is not determined.
  fileprivate func cells(_ name: FactName) -> [String] {
    let estimate = facts.first { $0.name == name }?.estimate
    return estimate.map { ["\($0.value)", "\($0.standardError)", "\($0.low)", "\($0.high)"] }
      ?? Array(repeating: "", count: 4)
  }
}

/// Rows in columns; the last is not padded, the first is padded on its right.
func aligned(_ rows: [[String]]) -> String {
  var widths = [Int](repeating: 0, count: rows.first?.count ?? 0)
  for row in rows {
    for column in widths.indices { widths[column] = max(widths[column], row[column].width) }
  }
  let last = widths.count - 1
  var text = ""
  text.reserveCapacity(rows.count * (widths.reduce(0, +) + 3 * widths.count))
  for row in rows {
    if !text.isEmpty { text += "\n" }
    for column in 0..<last {
      let cell = row[column]
      let padding = cell.padding(to: widths[column])
      text += column > 0 ? padding : cell
      text += column > 0 ? cell : padding
      text += "  "
    }
    text += row[last]
  }
  return text
}

/// Rows of comma-separated values.
func commaSeparated(_ rows: [[String]]) -> String {
  rows.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
}

/// A number with a few significant digits, as by the format `%.5g`.
///
/// Straight from the C library: a table of a hundred thousand series has a million of them.
func short(_ value: Double, digits: Int = 5) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
    guard let start = text.baseAddress else { return "" }
    return String(cString: gcvt(value, Int32(digits), start))
  }
}

/// A number with five significant digits, or with as many more as its error, of two digits, has places.
func short(_ value: Double, to error: Double) -> String {
  guard value != 0, error > 0, value.isFinite, error.isFinite else { return short(value) }
  let places = log10(abs(value)).rounded(.down) - log10(error).rounded(.down)
  return short(value, digits: max(5, min(17, Int(places) + 2)))
}

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
