import CommandLineSupport
import Foundation
import SinglePathReference

/// A page that shows all curves of a fit: one file, which needs no other and no network.
///
/// The file holds the data and a script that draws what is in view. Facts, intervals, verdicts and reasons are
/// those of the fit; the script computes ŷ from the parameters, and nothing else.
struct HTMLReport {
  /// More series would be a file that few browsers can open.
  static let limit = 100_000

  private let report: FitReport

  init(_ report: FitReport) { self.report = report }

  /// Refuses a table with too many series.
  static func check(_ table: SeriesTable) throws(Failure) {
    guard table.series.count <= limit else {
      throw .data(
        "--html shows up to \(limit) series and \(table.fileName) has \(table.series.count); "
          + "choose some with --only NAME, or write all with --out FILE.csv")
    }
  }

  /// The bytes of the file.
  func page() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(ReportData(report))
    let table = report.table
    let parts: [String: [UInt8]] = [
      "title": Array(SVG.escaped("\(table.columns[2]) by \(table.columns[1])").utf8),
      "style": PackageResources.report_css,
      "data": withoutMarkup(data),
      "script": PackageResources.data_js + PackageResources.plot_js + PackageResources.page_js,
    ]
    // The template alone is searched for places: what is put there may look like one.
    var page: [UInt8] = []
    for (index, piece) in String(decoding: PackageResources.report_html, as: UTF8.self)
      .components(separatedBy: "%%").enumerated()
    {
      page += index.isMultiple(of: 2) ? Array(piece.utf8) : parts[piece] ?? []
    }
    return page
  }
}

/// JSON in which nothing can end a script or begin a comment: `<` stands in strings alone, and there it may be
/// written as `\u003c`.
private func withoutMarkup(_ json: Data) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(json.count)
  for byte in json {
    if byte == UInt8(ascii: "<") { result += "\\u003c".utf8 } else { result.append(byte) }
  }
  return result
}

/// What the page's script reads; one value for each series, in the order of the file, unless it says otherwise.
private struct ReportData: Encodable {
  struct Shape: Encodable {
    let method: String
    let depth: Int
    let hasBiases: Bool
    let hidden: String
    let output: String
    let cost: String
  }

  struct VerdictName: Encodable {
    let name: String
    let isGood: Bool
  }

  let file: String
  /// Series, x, y, and weights if there are any.
  let columns: [String]
  let logX: Bool
  let shape: Shape
  /// About the whole, in words.
  let notes: [String]
  let samples: Int
  let missing: Int
  /// Nil if it is not finite.
  let medianRmsePercent: Double?
  /// Of the fit; nil if the file must not depend on the machine.
  let seconds: Double?
  let names: [String]
  let verdicts: [VerdictName]
  /// Indices into `verdicts`.
  let verdictOf: Data
  /// Different texts.
  let reasons: [String]
  /// Indices into `reasons`.
  let reasonOf: Data
  /// Different lists: most tables have one x for many series.
  let x: PackedLists
  /// Indices into `x`.
  let xOf: Data
  let y: PackedLists
  let weights: PackedLists?
  /// Rows of doubles: weights, biases, offset and scale of x, offset and scale of y, and the place of x = 0
  /// on the logarithm; NaN where there is no curve.
  let curves: Data
  let facts: [ReportColumn]

  init(_ report: FitReport) {
    let (settings, table, fits) = (report.settings, report.table, report.fits)
    // The folder is nobody else's business.
    file = table.fileName.split(separator: "/").last.map { String($0) } ?? table.fileName
    columns = table.columns
    logX = settings.logX
    shape = Shape(
      method: settings.method.rawValue, depth: settings.depth, hasBiases: settings.hasBiases,
      hidden: settings.hidden.name, output: settings.output.name, cost: Cost(settings.cost).name)
    notes = table.peculiarities + report.limits
    (samples, missing) = (table.sampleCount, table.missingCount)
    let median = report.medianRmsePercent
    medianRmsePercent = median.isFinite ? median : nil
    seconds = settings.isReproducible ? nil : report.seconds
    names = fits.map(\.series.name)
    let all = CurveVerdict.allCases
    verdicts = all.map { VerdictName(name: $0.name, isGood: $0.isGood) }
    verdictOf = Data(fits.map { UInt8(all.firstIndex(of: $0.verdict) ?? 0) })
    let reasons = Pool(fits.map { $0.reasons.joined(separator: "; ") })
    (self.reasons, reasonOf) = (reasons.values, packed(reasons.indices))
    let x = Pool(fits.map(\.series.x))
    (self.x, xOf) = (PackedLists(x.values), packed(x.indices))
    y = PackedLists(fits.map(\.series.y))
    weights = table.hasWeights ? PackedLists(fits.map(\.series.weights)) : nil
    let count = settings.depth * (settings.hasBiases ? 2 : 1)
    curves = packed(fits.flatMap { $0.row(parameters: count) })
    facts = report.columns
  }
}

extension FittedCurve {
  /// Its row of `ReportData.curves`.
  fileprivate func row(parameters count: Int) -> [Double] {
    guard isFitted, let scaling else { return Array(repeating: .nan, count: count + 5) }
    return weights + biases
      + [
        scaling.xOffset, scaling.xScale, scaling.yOffset, scaling.yScale, scaling.limit ?? .nan,
      ]
  }
}

extension FitReport {
  fileprivate var columns: [ReportColumn] {
    func column(_ key: String, _ title: String, _ value: (FittedCurve) -> Double?) -> ReportColumn {
      ReportColumn(key, title, fits.map { value($0) ?? .nan })
    }
    var columns = factNames.map { ReportColumn($0, of: fits) }
    if settings.method == .leastSquares {
      columns += [
        column("rSquared", "R²") { $0.facts?.rSquared },
        column("residualStandardError", "residual standard error") {
          $0.facts?.residualStandardError
        },
        column("degreesOfFreedom", "degrees of freedom") {
          $0.facts.map { Double($0.degreesOfFreedom) }
        },
        column("area", settings.logX ? "area by log₁₀ x" : "area") { $0.facts?.area },
      ]
    }
    columns += [
      column("rmse", "RMSE", \.rmse), column("rmsePercent", "RMSE, % of range", \.rmsePercent),
    ]
    if settings.cost == .crossEntropy { columns.append(column("logLoss", "log loss", \.logLoss)) }
    if table.missingCount > 0 {
      columns.append(column("missing", "missing cells") { Double($0.series.missing) })
    }
    return columns
  }
}
