import CommandLineSupport
import Foundation

/// The picture of one series.
struct Panel {
  private let fit: FittedCurve
  private let frame: PlotFrame
  private let curve: [(x: Double, y: Double)]

  init(_ fit: FittedCurve, size: PanelSize) {
    self.fit = fit
    let x = Axis(fit.series.x, isLogarithmic: fit.scaling.logX)
    let steps = 80
    curve = (0...steps).map { step in
      let at = x.value(Double(step) / Double(steps))
      return (at, fit.value(at: at))
    }
    let y = Axis(fit.series.y + curve.map(\.y), isLogarithmic: false)
    frame = PlotFrame(size: size, x: x, y: y)
  }

  var svg: String {
    let percent = fit.verdict == .diverged ? "diverged" : String(format: "%.2f %%", fit.rmsePercent)
    return SVG.text(
      fit.series.name, x: frame.size.left, y: 12,
      attributes: "font-weight=\"bold\" font-size=\"10\"")
      + SVG.text(
        percent, x: frame.size.width - frame.size.right, y: 12,
        attributes: "text-anchor=\"end\" fill=\"#888\"")
      + frame.svg + points + line
  }

  private var points: String {
    let circles = zip(fit.series.x, fit.series.y).map { x, y in
      SVG.circle(x: frame.horizontal(x), y: frame.vertical(y), radius: 1.6)
    }
    return "<g fill=\"#4a7fb5\" fill-opacity=\"0.6\">\(circles.joined())</g>\n"
  }

  private var line: String {
    frame.line(through: curve, attributes: "stroke=\"#d1495b\" stroke-width=\"1.3\"")
  }
}
