import CommandLineSupport
import Foundation

/// A picture of the series: a small panel for each, with its points and its curve.
struct SmallMultiples {
  /// More would be a picture that few programs can show.
  static let limit = 400

  private let report: FitReport
  private let fits: ArraySlice<FittedCurve>
  private let columns: Int
  private let panel: PanelSize

  init(_ report: FitReport) {
    self.report = report
    fits = report.fits.prefix(Self.limit)
    // A plate of 96 wells makes 8 rows of 12.
    columns = max(1, Int((1.5 * Double(fits.count)).squareRoot().rounded()))
    panel = PanelSize(width: max(150, 480 / Double(columns)))
  }

  private var rows: Int { (fits.count + columns - 1) / columns }
  private let left = 34.0
  private let top = 50.0
  private let bottom = 34.0

  /// The picture as a document of Scalable Vector Graphics.
  var svg: String {
    let width = max(420, left + Double(columns) * panel.width + 10)
    let height = top + Double(rows) * panel.height + bottom
    let panels = fits.enumerated().map { index, fit in
      let x = left + Double(index % columns) * panel.width
      let y = top + Double(index / columns) * panel.height
      return "<g transform=\"translate(\(SVG.pixels(x)) \(SVG.pixels(y)))\">\n"
        + Panel(fit, size: panel, marks: PanelMarks(fit)).svg + "</g>\n"
    }
    return SVG.document(
      width: width, height: height, attributes: "font-size=\"9\" fill=\"#333\"",
      SVG.text(
        title, x: left, y: 22, limit: Int((width - left) / 9),
        attributes: "font-size=\"15\" font-weight=\"bold\"")
        + SVG.text(
          subtitle, x: left, y: 38, limit: Int((width - left) / 5),
          attributes: "font-size=\"10\" fill=\"#666\"")
        + panels.joined() + axisTitles(width: width, height: height))
  }

  private var title: String {
    "\(report.table.fileName): \(report.table.columns[2]) by \(report.table.columns[1])"
  }

  private var subtitle: String {
    let median = String(format: "%.2f", report.medianRmsePercent)
    let all = counted(report.fits.count, "series", plural: "series")
    let shown =
      fits.count < report.fits.count
      ? "the first \(fits.count) of \(all); choose others with --only NAME" : all
    return "\(shown), one path of depth "
      + "\(report.settings.depth) each; root mean square error in % of the range, "
      + "median \(median) %"
  }

  private func axisTitles(width: Double, height: Double) -> String {
    let x = report.table.columns[1] + (report.settings.logX ? " (logarithmic)" : "")
    let middle = top + (height - top - bottom) / 2
    return SVG.text(
      x, x: width / 2, y: height - 10, limit: Int(width / 7),
      attributes: "font-size=\"12\" text-anchor=\"middle\"")
      + SVG.verticalText(
        report.table.columns[2], x: 16, y: middle, limit: Int((height - top - bottom) / 7))
  }
}
