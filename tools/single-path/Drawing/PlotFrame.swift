import CommandLineSupport
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
    let grid = "stroke=\"#e6e6e6\""
    let verticals = zip(x.ticks, x.labels).map { tick, label in
      let at = horizontal(tick)
      return SVG.line(from: (at, size.top), to: (at, bottom), attributes: grid)
        + SVG.text(label, x: at, y: bottom + 11, attributes: "text-anchor=\"middle\"")
    }
    let horizontals = zip(y.ticks, y.labels).map { tick, label in
      let at = vertical(tick)
      return SVG.line(from: (size.left, at), to: (right, at), attributes: grid)
        + SVG.text(label, x: size.left - 4, y: at + 3, attributes: "text-anchor=\"end\"")
    }
    let edge = SVG.line(
      from: (size.left, size.top), to: (size.left, bottom), attributes: "stroke=\"#999\"")
    let base = SVG.line(
      from: (size.left, bottom), to: (right, bottom), attributes: "stroke=\"#999\"")
    return verticals.joined() + horizontals.joined() + edge + base
  }

  /// A line through some points.
  func line(through points: [(x: Double, y: Double)], attributes: String) -> String {
    SVG.polyline(points.map { (horizontal($0.x), vertical($0.y)) }, attributes: attributes)
  }
}
