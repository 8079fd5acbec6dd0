import Foundation

/// The size of a panel with its title and the numbers at its axes, and the plot inside.
struct PanelSize {
  let width: Double
  var height: Double { (width * 0.78).rounded() }
  var left = 34.0
  var right = 8.0
  let top = 18.0
  let bottom = 18.0
  var plotWidth: Double { width - left - right }
  var plotHeight: Double { height - top - bottom }
}

/// The axes of a panel and what lies between them.
struct PlotFrame {
  let size: PanelSize
  let x: Axis
  let y: Axis

  func horizontal(_ value: Double) -> Double {
    size.left + x.share(value) * size.plotWidth
  }

  func vertical(_ value: Double) -> Double {
    size.top + (1 - y.share(value)) * size.plotHeight
  }

  /// The grid, the numbers at the axes and the frame.
  var svg: String {
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

  /// A line through some points.
  func line(through points: [(x: Double, y: Double)], attributes: String) -> String {
    let places = points.map { "\(pixels(horizontal($0.x))),\(pixels(vertical($0.y)))" }
    return "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" \(attributes)/>\n"
  }

  private func label(_ tick: Double) -> String { String(format: "%.4g", tick) }
}
