import CommandLineSupport
import Foundation
import SinglePath
import Testing

@testable import single_path

private let awkward = "s,x,y\n\"a,\"\"b\"\"\n<&>\",1,2\n\"a,\"\"b\"\"\n<&>\",2,3\nB,1,5\nB,2,5\n"

private func awkwardReport() throws -> FitReport {
  var settings = FitSettings.descent
  (settings.epochs, settings.starts) = (10, 2)
  return try fit(awkward, settings)
}

@Suite("Reports")
struct ReportTests {
  @Test("The table has one line a series, however its name looks")
  func lines() throws {
    let report = try awkwardReport()
    let lines = report.text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[0].hasPrefix("series  ") && lines[0].contains("θ⁽³⁾") && lines[0].contains("b⁽³⁾"))
    #expect(lines[1].hasPrefix("a,\"b\" <&>"))
    #expect(lines[2].hasSuffix("  \(report.fits[1].verdict.name)"))
  }

  @Test("The comma-separated rows can be read again, to the last bit")
  func commaSeparatedValues() throws {
    let report = try awkwardReport()
    let lines = try fields(Array(report.commaSeparatedValues.utf8))
    #expect(lines.count == 3)
    #expect(
      lines[0] == [
        "series", "points", "weight1", "weight2", "weight3", "bias1", "bias2", "bias3", "rmse",
        "rmsePercent", "verdict",
      ])
    #expect(lines[1][0] == "a,\"b\"\n<&>")
    #expect(Double(lines[1][3]) == report.fits[0].weights[1])
    #expect(Double(lines[1][8]) == report.fits[0].rmse)
  }

  @Test("JSON holds the paths, their scaling and the settings")
  func json() throws {
    struct Document: Decodable {
      struct Path: Decodable {
        let series: String
        let points: Int
        let weights: [Double]
        let biases: [Double]
        let scaling: Scaling
        let rmse: Double
        let rmsePercent: Double
        let verdict: String
      }
      struct Settings: Decodable {
        let depth: Int
        let epochs: Int
      }
      let paths: [Path]
      let settings: Settings
      let medianRmsePercent: Double
      let trainingSeconds: Double
    }
    let report = try awkwardReport()
    let document = try JSONDecoder().decode(Document.self, from: Data(report.json().utf8))
    #expect(document.settings.depth == 3 && document.settings.epochs == 10)
    #expect(document.paths.map(\.series) == ["a,\"b\"\n<&>", "B"])
    #expect(document.paths.map(\.weights) == report.fits.map(\.weights))
    #expect(document.paths.map(\.biases) == report.fits.map(\.biases))
    #expect(document.paths.map(\.scaling) == report.fits.compactMap(\.scaling))
    #expect(document.paths.map(\.rmse) == report.fits.map(\.rmse))
    #expect(document.medianRmsePercent == report.medianRmsePercent)
  }

  @Test("An error that is not finite is null in JSON")
  func overflow() throws {
    let series = Series(name: "A", x: [1, 2], y: [3, 4])
    let curve = FittedCurve(
      series: series, weights: [1], biases: [],
      shape: try PathShape(depth: 1, biases: false),
      scaling: try Scaling(
        series, logX: false, shape: PathShape(depth: 1, biases: false)),
      predictions: [.infinity, 0], verdict: .diverged)
    let report = FitReport(
      settings: FitSettings.descent, table: try readSeries("s,x,y\nA,1,3\nA,2,4\n"), fits: [curve],
      seconds: 0, instructionSet: .baseline)
    let json = try report.json()
    #expect(json.contains("\"rmse\" : null") && json.contains("\"rmsePercent\" : null"))
    #expect(json.contains("\"medianRmsePercent\" : null"))
  }

  @Test("The picture has a panel for each series and escapes their names")
  func picture() throws {
    let picture = SmallMultiples(try awkwardReport()).svg
    #expect(picture.components(separatedBy: "<polyline").count - 1 == 2)
    #expect(picture.components(separatedBy: "<circle").count - 1 == 4)
    #expect(picture.contains("a,&quot;b&quot; &lt;&amp;&gt;"))
    for (open, close) in [("<g ", "</g>"), ("<text ", "</text>"), ("<svg ", "</svg>")] {
      #expect(
        picture.components(separatedBy: open).count == picture.components(separatedBy: close).count)
    }
    #expect(!picture.contains("nan") && !picture.contains("inf"))
  }

  @Test("Long names and titles are shortened, and stand whole in a title")
  func longNames() throws {
    let name = String(repeating: "long & ", count: 40) + "end"
    let text = "s,\(name) x,\(name) y\nA \(name),1,2\nA \(name),2,3\n"
    var settings = FitSettings.descent
    (settings.epochs, settings.starts) = (10, 1)
    let picture = SmallMultiples(try fit(text, settings)).svg
    let whole = SVG.escaped(name)
    for title in ["A \(whole)", "\(whole) x", "\(whole) y", "f.csv: \(whole) y by \(whole) x"] {
      #expect(picture.contains("<title>\(title)</title>"))
      #expect(!picture.contains(">\(title)</text>"))
    }
    #expect(picture.components(separatedBy: "…</text>").count - 1 == 4)
  }

  @Test("Columns are as wide as their characters, whatever they are written with")
  func columns() {
    // A combining accent, a flag of two scalars, a family of five, an end of a line.
    let cells = ["é", "e\u{301}", "\u{1F1E8}\u{1F1ED}", "👨‍👩‍👧", "\r\n", "±", "–", "θ⁽¹⁾", "", "a b"]
    for cell in cells { #expect(cell.width == cell.count, "\(cell.debugDescription)") }
    let table = aligned([["name", "±", "last"]] + cells.map { [$0, $0, $0] })
    for (row, cell) in zip(table.split(separator: "\n").dropFirst(), cells) where cell != "\r\n" {
      #expect(row.count == 4 + 2 + 4 + 2 + cell.count, "\(cell.debugDescription)")
      #expect(row.hasPrefix(cell + String(repeating: " ", count: 4 - cell.count)))
    }
  }

  @Test("Over 400 series the picture shows the first, and says how to choose")
  func manySeries() throws {
    let text = "s,x,y\n" + (0..<401).map { "s\($0),1,2\ns\($0),2,3\n" }.joined()
    var settings = FitSettings.descent
    (settings.epochs, settings.starts) = (1, 1)
    let picture = SmallMultiples(try fit(text, settings)).svg
    #expect(picture.components(separatedBy: "<polyline").count - 1 == 400)
    #expect(picture.contains("the first 400 of 401 series; choose others with --only NAME"))
  }

  @Test("A panel shows a midpoint with its interval, and a word in place of the error")
  func marks() throws {
    let curve = try awkwardReport().fits[0]
    let plain = Panel(curve, size: PanelSize(width: 200)).svg
    #expect(!plain.contains("<rect") && !plain.contains("dasharray"))
    let marks = PanelMarks(midpoint: (1.25, 1.125...99), text: "flat")
    let marked = Panel(curve, size: PanelSize(width: 200), marks: marks).svg
    // From 34 to 192: the axis from 1 to 2; what lies beyond it ends with it.
    #expect(marked.contains("<rect x=\"53.8\"") && marked.contains("width=\"138.2\""))
    #expect(marked.contains("<line x1=\"73.5\""))
    #expect(marked.contains(">flat</text>") && !marked.contains(" %</text>"))
    let outside = PanelMarks(midpoint: (7, nil))
    #expect(
      !Panel(curve, size: PanelSize(width: 200), marks: outside).svg.contains("dasharray"))
  }

  @Test(
    "Tick labels are distinct and short",
    arguments: [
      (20_240_101.0, 20_240_131.0), (1.7e9, 1.7e9 + 3600), (1000, 1000.004), (-5, 5), (1e-9, 3e-9),
      (0.12345, 0.12349),
    ] as [(Double, Double)])
  func labels(low: Double, high: Double) {
    let axis = Axis([low, high], isLogarithmic: false)
    #expect(axis.labels.count == axis.ticks.count && axis.labels.count > 1)
    #expect(Set(axis.labels).count == axis.labels.count, "\(axis.labels)")
    #expect(axis.labels.dropFirst().allSatisfy { $0.count <= 8 })
    // Each tells its tick exactly: by itself, or added to the first.
    for (label, tick) in zip(axis.labels, axis.ticks) {
      let base = label.hasPrefix("+") ? axis.ticks[0] : 0
      let step = axis.ticks[1] - axis.ticks[0]
      #expect(abs(base + (Double(label) ?? .nan) - tick) < 1e-3 * step)
    }
  }

  @Test("Axes have one to five round ticks inside")
  func ticks() {
    for (low, high) in [(0.0, 12.0), (0.11, 0.63), (-5000, -300), (3, 3), (0, 0), (1e-300, 3e-300)]
    {
      let axis = Axis([low, high], isLogarithmic: false)
      #expect((1...5).contains(axis.ticks.count), "from \(low) to \(high)")
      #expect(axis.ticks.allSatisfy { (0...1).contains(axis.share($0)) })
    }
    #expect(Axis([0, 12], isLogarithmic: false).ticks == [0, 5, 10])
    #expect(Axis([1, 1000], isLogarithmic: true).ticks == [1, 10, 100, 1000])
    #expect(Axis([1, 100], isLogarithmic: true).share(10) == 0.5)
  }
}
