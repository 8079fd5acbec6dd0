import CommandLineSupport
import Foundation

/// Throughput of training against the number of paths, with the roofs of the machine above it, as SVG.
struct Picture {
  private struct Point {
    let paths: Double
    let gSteps: Double
  }

  private struct Curve {
    let name: String
    let colour: String
    let measured: [Point]
    let roof: [Point]
  }

  private let curves: [Curve]
  private let title: String
  private let top: Double

  private static let colours = ["#1f6feb", "#d1570b", "#2da44e", "#8250df"]
  private static let width = 900.0
  private static let height = 540.0
  private static let left = 70.0
  private static let right = 860.0
  private static let upper = 60.0
  private static let lower = 470.0

  /// Refuses a choice of rows in which there is nothing to draw.
  static func check(_ workloads: [Workload]) throws(Failure) {
    guard workloads.contains(where: isDrawn) else {
      throw .usage("--svg draws training rows of depth 3 without biases; none is chosen")
    }
  }

  /// Ordinary training of depth 3 without biases, in calls of several frames, of whole vectors.
  private static func isDrawn(_ workload: Workload) -> Bool {
    guard case .kernel = workload.engine else { return false }
    return workload.operation == .train && workload.depth == 3 && !workload.hasBiases
      && workload.variant == nil && workload.size.frames > 1 && workload.size.ring == 1
      && workload.size.paths.nonzeroBitCount == 1 && workload.hidden.sigmoidMethod != .table
  }

  init(_ rows: [Row], _ workloads: [Workload], _ machine: Machine) {
    let measured = Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
    let drawn = workloads.filter(Self.isDrawn).sorted { $0.size.paths < $1.size.paths }
    let sets = Set(drawn.map(\.engine)).sorted { Self.name($0) < Self.name($1) }
    curves = zip(sets, Self.colours).map { engine, colour in
      let own = drawn.filter { $0.engine == engine }
      return Curve(
        name: Self.name(engine), colour: colour,
        measured: own.compactMap { workload in
          measured[workload.name].map {
            Point(paths: Double($0.paths), gSteps: $0.gStepsPerSecond)
          }
        },
        roof: own.map {
          Point(
            paths: Double($0.size.paths), gSteps: 1e-9 / Bound(of: $0, on: machine).seconds)
        })
    }
    title = "\(machine.model), \(Report.format("%.2f", machine.clockHertz / 1e9)) GHz"
    top = curves.flatMap { $0.roof + $0.measured }.map(\.gSteps).max().map { $0 * 1.1 } ?? 1
  }

  private static func name(_ engine: Workload.Engine) -> String {
    guard case .kernel(let set) = engine else { return "reference" }
    return set.rawValue
  }

  // MARK: - Drawing

  var svg: String {
    SVG.document(
      width: Self.width, height: Self.height, attributes: "font-size=\"13\"",
      SVG.text(
        "Training, depth 3, one core: G path-steps/s against paths", x: Self.left, y: 24,
        attributes: "font-size=\"16\"")
        + SVG.text(
          title + "; dashed: the roof that the machine's ports, divider and bandwidth set",
          x: Self.left, y: 44, attributes: "fill=\"#555\"")
        + axes + curves.enumerated().map(drawn).joined())
  }

  private func x(_ paths: Double) -> Double {
    Self.left + (Self.right - Self.left) * log2(paths) / 20
  }

  private func y(_ gSteps: Double) -> Double {
    Self.lower - (Self.lower - Self.upper) * gSteps / top
  }

  private var axes: String {
    let step = top > 5 ? 1.0 : top > 2 ? 0.5 : 0.1
    let across = stride(from: 0, through: top, by: step).map { value in
      grid(from: (Self.left, y(value)), to: (Self.right, y(value)))
        + text(Report.format("%.1f", value), Self.left - 8, y(value) + 4, anchor: "end")
    }
    let down = stride(from: 0.0, through: 20, by: 2).map { power in
      let paths = exp2(power)
      return grid(from: (x(paths), Self.upper), to: (x(paths), Self.lower))
        + text("\(Int(paths))", x(paths), Self.lower + 20, anchor: "middle")
    }
    let label = text("paths", (Self.left + Self.right) / 2, Self.lower + 44, anchor: "middle")
    return (across + down + [label]).joined()
  }

  private func drawn(_ index: Int, _ curve: Curve) -> String {
    let marks = curve.measured.map {
      SVG.circle(
        x: x($0.paths), y: y($0.gSteps), radius: 3.5, attributes: "fill=\"\(curve.colour)\"")
    }
    let place = Self.left + 160 * Double(index)
    let key =
      "<rect x=\"\(place)\" y=\"\(Self.height - 24)\" width=\"14\" height=\"14\" "
      + "fill=\"\(curve.colour)\"/>\n"
      + text(curve.name, place + 20, Self.height - 12, anchor: "start")
    return polyline(curve.roof, curve.colour, dashes: " stroke-dasharray=\"7 5\"")
      + polyline(curve.measured, curve.colour, dashes: "") + key + marks.joined() + "\n"
  }

  private func polyline(_ points: [Point], _ colour: String, dashes: String) -> String {
    SVG.polyline(
      points.map { (x($0.paths), y($0.gSteps)) },
      attributes: "stroke=\"\(colour)\" stroke-width=\"2\"\(dashes)")
  }

  private func grid(from start: (Double, Double), to end: (Double, Double)) -> String {
    SVG.line(from: start, to: end, attributes: "stroke=\"#ddd\"")
  }

  private func text(_ text: String, _ x: Double, _ y: Double, anchor: String) -> String {
    SVG.text(text, x: x, y: y, attributes: "text-anchor=\"\(anchor)\"")
  }
}
