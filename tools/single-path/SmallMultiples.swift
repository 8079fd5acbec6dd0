import Foundation

/// A picture of all series: a small panel for each, with its points and its curve.
struct SmallMultiples {
  private let report: FitReport
  private let columns: Int
  private let panel: PanelSize

  init(_ report: FitReport) {
    self.report = report
    // A plate of 96 wells makes 8 rows of 12.
    columns = max(1, Int((1.5 * Double(report.fits.count)).squareRoot().rounded()))
    panel = PanelSize(width: max(150, 480 / Double(columns)))
  }

  private var rows: Int { (report.fits.count + columns - 1) / columns }
  private let left = 34.0
  private let top = 50.0
  private let bottom = 34.0

  /// The picture as a document of Scalable Vector Graphics.
  var svg: String {
    let width = max(420, left + Double(columns) * panel.width + 10)
    let height = top + Double(rows) * panel.height + bottom
    let panels = report.fits.enumerated().map { index, fit in
      let x = left + Double(index % columns) * panel.width
      let y = top + Double(index / columns) * panel.height
      return "<g transform=\"translate(\(pixels(x)) \(pixels(y)))\">\n"
        + Panel(fit, size: panel).svg + "</g>\n"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(pixels(width))" height="\(pixels(height))" \
      viewBox="0 0 \(pixels(width)) \(pixels(height))" font-family="sans-serif" font-size="9" \
      fill="#333">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(pixels(left))" y="22" font-size="15" font-weight="bold">\(title)</text>
      <text x="\(pixels(left))" y="38" font-size="10" fill="#666">\(subtitle)</text>
      \(panels.joined())\(axisTitles(width: width, height: height))</svg>

      """
  }

  private var title: String {
    escaped("\(report.table.fileName): \(report.table.columns[2]) by \(report.table.columns[1])")
  }

  private var subtitle: String {
    let median = String(format: "%.2f", report.medianRmsePercent)
    return escaped(
      "\(counted(report.fits.count, "series", plural: "series")), one path of depth "
        + "\(report.settings.depth) each; root mean square error in % of the range, "
        + "median \(median) %")
  }

  private func axisTitles(width: Double, height: Double) -> String {
    let x = escaped(report.table.columns[1]) + (report.settings.logX ? " (logarithmic)" : "")
    let middle = pixels(top + (height - top - bottom) / 2)
    return """
      <text x="\(pixels(width / 2))" y="\(pixels(height - 10))" font-size="12" \
      text-anchor="middle">\(x)</text>
      <text transform="translate(16 \(middle)) rotate(-90)" font-size="12" \
      text-anchor="middle">\(escaped(report.table.columns[2]))</text>

      """
  }
}

/// A length in the picture, to a tenth.
func pixels(_ value: Double) -> String { String(format: "%.1f", value) }

/// Text as it may stand in a document.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    // Control characters are not allowed in such a document.
    case _ where scalar.value < 32: result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
