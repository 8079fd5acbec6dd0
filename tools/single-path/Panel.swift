import Foundation

/// The size of a panel with its title and the numbers at its axes, and the plot inside.
struct PanelSize {
  let width: Double
  var height: Double { (width * 0.78).rounded() }
  let left = 34.0
  let right = 8.0
  let top = 18.0
  let bottom = 18.0
  var plotWidth: Double { width - left - right }
  var plotHeight: Double { height - top - bottom }
}

/// The picture of one series.
struct Panel {
  private let fit: FittedCurve
  private let size: PanelSize
  private let x: Axis
  private let y: Axis
  private let curve: [(x: Double, y: Double)]

  init(_ fit: FittedCurve, size: PanelSize) {
    self.fit = fit
    self.size = size
    x = Axis(fit.series.x, isLogarithmic: fit.scaling.logX)
    let steps = 80
    let axis = x
    curve = (0...steps).map { step in
      let at = axis.value(Double(step) / Double(steps))
      return (at, fit.value(at: at))
    }
    y = Axis(fit.series.y + curve.map(\.y), isLogarithmic: false)
  }

  var svg: String {
    let percent = fit.verdict == .diverged ? "diverged" : String(format: "%.2f %%", fit.rmsePercent)
    return """
      <text x="\(pixels(size.left))" y="12" font-weight="bold" font-size="10">\
      \(escaped(fit.series.name))</text>
      <text x="\(pixels(size.width - size.right))" y="12" text-anchor="end" fill="#888">\
      \(percent)</text>
      \(grid)\(points)\(line)
      """
  }

  private func horizontal(_ value: Double) -> Double {
    size.left + x.share(value) * size.plotWidth
  }

  private func vertical(_ value: Double) -> Double {
    size.top + (1 - y.share(value)) * size.plotHeight
  }

  private var grid: String {
    let (bottom, right) = (size.top + size.plotHeight, size.left + size.plotWidth)
    let verticals = x.ticks.map { tick in
      let at = pixels(horizontal(tick))
      return """
        <path d="M\(at) \(pixels(size.top))V\(pixels(bottom))" stroke="#e6e6e6"/>
        <text x="\(at)" y="\(pixels(bottom + 11))" text-anchor="middle">\(label(tick))</text>

        """
    }
    let horizontals = y.ticks.map { tick in
      let at = vertical(tick)
      return """
        <path d="M\(pixels(size.left)) \(pixels(at))H\(pixels(right))" stroke="#e6e6e6"/>
        <text x="\(pixels(size.left - 4))" y="\(pixels(at + 3))" text-anchor="end">\
        \(label(tick))</text>

        """
    }
    return verticals.joined() + horizontals.joined() + """
      <path d="M\(pixels(size.left)) \(pixels(size.top))V\(pixels(bottom))H\(pixels(right))" \
      fill="none" stroke="#999"/>

      """
  }

  private var points: String {
    let circles = zip(fit.series.x, fit.series.y).map { x, y in
      "<circle cx=\"\(pixels(horizontal(x)))\" cy=\"\(pixels(vertical(y)))\" r=\"1.6\"/>"
    }
    return "<g fill=\"#4a7fb5\" fill-opacity=\"0.6\">\(circles.joined())</g>\n"
  }

  private var line: String {
    let points = curve.map { "\(pixels(horizontal($0.x))),\(pixels(vertical($0.y)))" }
    return "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" "
      + "stroke=\"#d1495b\" stroke-width=\"1.3\"/>\n"
  }

  private func label(_ tick: Double) -> String { String(format: "%.4g", tick) }
}
