import CommandLineSupport
import Foundation
import SinglePath
import Testing

@testable import single_path

/// The parts of the page that a test reads back.
private struct Page: Decodable {
  struct Lists: Decodable {
    let counts, offsets, values: Data
    let scales: Data?

    var lists: [[Double]] {
      let floats = numbers(values, as: UInt32.self).map { Double(Float(bitPattern: $0)) }
      let offsets = numbers(offsets, as: UInt64.self).map { Double(bitPattern: $0) }
      let scales = scales.map { numbers($0, as: UInt64.self).map { Double(bitPattern: $0) } }
      var start = 0
      return numbers(counts, as: UInt32.self).enumerated().map { list, count in
        defer { start += Int(count) }
        return floats[start..<start + Int(count)].map { offsets[list] + (scales?[list] ?? 1) * $0 }
      }
    }
  }
  struct Column: Decodable {
    struct Intervals: Decodable {
      let errors, low, high: Data
      let areRatios: Bool
      let bounds: [String: String]
    }
    let key: String
    let values: Data
    let intervals: Intervals?
  }
  struct Verdict: Decodable {
    let name: String
  }

  let file: String
  let names: [String]
  let x, y: Lists
  let xOf: Data
  let weights: Lists?
  let verdicts: [Verdict]
  let verdictOf: Data
  let reasons: [String]
  let reasonOf: Data
  let facts: [Column]
  let seconds: Double?

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.components(separatedBy: "<script type=\"application/json\" id=\"data\">")
    let json = try #require(parts.last?.components(separatedBy: "</script>").first)
    self = try JSONDecoder().decode(Page.self, from: Data(json.utf8))
  }
}

private func numbers<Word: FixedWidthInteger>(_ data: Data, as: Word.Type) -> [Word] {
  let size = Word.bitWidth / 8
  return stride(from: 0, to: data.count, by: size).map { start in
    data[data.startIndex + start..<data.startIndex + start + size].reversed()
      .reduce(0) { $0 << 8 | Word($1) }
  }
}

private func page(_ report: FitReport) throws -> [UInt8] { try HTMLReport(report).page() }

private func settings(depth: Int = 2, logX: Bool = false) -> FitSettings {
  var settings = FitSettings()
  (settings.depth, settings.logX, settings.isReproducible) = (depth, logX, true)
  return settings
}

/// Series of 25 points, each with x of its own or not.
private func table(_ count: Int, sharesX: Bool) -> String {
  var text = "s,x,y\n"
  for series in 0..<count {
    for t in 0..<25 {
      let x = Double(t) / 2 + (sharesX ? 0 : Double(series) / 1e4)
      let y = 0.1 + 1 / (1 + exp(5 - x)) + 0.01 * sin(Double(series * 37 + t * 11))
      text += "series \(series),\(x),\(y)\n"
    }
  }
  return text
}

@Suite("The report to look at")
struct HTMLReportTests {
  @Test("Samples keep seven digits, and the same x stands once")
  func samples() throws {
    let text = """
      s,x,y
      A,1700000060,1e200
      A,1700000061,-3e200
      A,1700000062.5,2e200
      B,1700000060,0.123
      B,1700000061,0.124
      B,1700000062.5,0.125
      C,-1,7
      C,2,7.5
      C,1e-9,8
      """
    let report = try fit(text, settings())
    let read = try Page(page(report))
    #expect(read.names == ["A", "B", "C"])
    #expect(numbers(read.xOf, as: UInt32.self) == [0, 0, 1])
    let (x, y) = (read.x.lists, read.y.lists)
    #expect(x.count == 2 && y.count == 3)
    #expect(x[0] == [1_700_000_060, 1_700_000_061, 1_700_000_062.5])
    for (list, wanted) in zip(
      x + [y[0], y[2]],
      [report.fits[0].series.x, [-1, 2, 1e-9]] + [[1e200, -3e200, 2e200], [7, 7.5, 8]])
    {
      for (value, wanted) in zip(list, wanted) {
        #expect(abs(value - wanted) <= 6e-8 * abs(wanted))
      }
    }
  }

  @Test(
    "Facts, intervals, bounds, verdicts and reasons are those of the fit", arguments: [false, true])
  func facts(logX: Bool) throws {
    let dose = "A,0.01,99\nA,0.1,95\nA,1,62\nA,10,14\nA,100,6\nA,1000,5\n"
    let open = "B,0.01,99\nB,0.1,98.9\nB,1,98.5\nB,10,96\nB,100,81\nB,1000,40\n"
    let report = try fit("s,x,y\n" + dose + open, settings(logX: logX))
    let read = try Page(page(report))
    let verdicts = read.verdictOf.map { read.verdicts[Int($0)].name }
    #expect(verdicts == report.fits.map(\.verdict.name))
    let reasons = numbers(read.reasonOf, as: UInt32.self).map { read.reasons[Int($0)] }
    #expect(reasons == report.fits.map { $0.reasons.joined(separator: "; ") })
    var known = 0
    for (index, curve) in report.fits.enumerated() {
      for fact in try #require(curve.facts).facts {
        let column = try #require(read.facts.first { $0.key == fact.name.rawValue })
        let intervals = try #require(column.intervals)
        let value = Double(bitPattern: numbers(column.values, as: UInt64.self)[index])
        guard let estimate = fact.estimate else {
          #expect(value.isNaN && intervals.bounds["\(index)"] == fact.bound)
          continue
        }
        known += 1
        #expect(value == estimate.value)
        func float(_ data: Data) -> Double {
          Double(Float(bitPattern: numbers(data, as: UInt32.self)[index]))
        }
        #expect(
          abs(float(intervals.errors) - estimate.standardError) <= 1e-7 * estimate.standardError)
        for (distance, end) in [(intervals.low, estimate.low), (intervals.high, estimate.high)] {
          let read = intervals.areRatios ? value * exp(float(distance)) : value + float(distance)
          #expect(abs(read - end) <= 1e-6 * abs(end - value))
        }
      }
    }
    #expect(known >= (logX ? 5 : 2))
  }

  @Test("Ten thousand series of 25 points would be at most 6 MB", arguments: [true, false])
  func size(sharesX: Bool) throws {
    let sizes = try [100, 300].map { count in
      try page(fit(table(count, sharesX: sharesX), settings())).count
    }
    let perSeries = Double(sizes[1] - sizes[0]) / 200
    let whole = Double(sizes[0]) + 9900 * perSeries
    #expect(whole <= 6e6, "\(whole) bytes")
    // The data, not an empty page.
    #expect(perSeries > 25 * 4 * 4 / 3)
  }

  @Test("Names are text and nothing else, wherever they stand")
  func escaping() throws {
    let name = "</script><img onerror=\"alert(1)\" src=x><!-- <script> %%script%% &amp; \\u003c"
    let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let text = "s,\(cell),y\n\(cell),1,2\n\(cell),2,3\n\(cell),3,5\n\(cell),4,5\n\(cell),5,6\n"
    let bytes = try page(fit(text, settings()))
    let html = String(decoding: bytes, as: UTF8.self)
    #expect(try Page(bytes).names == [name])
    #expect(!html.contains("<img") && !html.contains("</script><"))
    #expect(html.components(separatedBy: "<script").count == 3)
    #expect(html.components(separatedBy: "</script>").count == 3)
    #expect(html.contains("<title>y by &lt;/script&gt;&lt;img"))
  }

  @Test("The page needs nothing from elsewhere")
  func selfContained() throws {
    let html = String(decoding: try page(fit("s,x,y\nA,1,2\nA,2,3\n", settings())), as: UTF8.self)
    #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>\n"))
    #expect(html.contains("default-src 'none'"))
    for word in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
      #expect(!html.contains(word), "\(word)")
    }
    // The names of a namespace alone.
    let links = html.components(separatedBy: "http").dropFirst()
    #expect(links.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") || $0.hasPrefix("-equiv") })
  }

  @Test("The script knows every activation")
  func activations() {
    let script = String(decoding: PackageResources.data_js, as: UTF8.self)
    let hidden = ["sigmoid", "tanh", "relu", "leaky-relu", "softplus", "identity"]
    for name in hidden + ["softmax"] { #expect(script.contains("'\(name)': "), "\(name)") }
  }

  @Test("Series without a curve, weights, and descent have pages too")
  func others() throws {
    let report = try fit("s,x,y\nA,1,2\nA,2,3\nA,3,3.5\nA,4,6\nA,5,7\nB,1,2\n", settings())
    #expect(try Page(page(report)).names == ["A", "B"])
    var descent = FitSettings.descent
    (descent.epochs, descent.starts) = (10, 1)
    let trained = try Page(page(fit("s,x,y\nA,1,2\nA,2,3\n", descent)))
    #expect(trained.seconds != nil && trained.facts.contains { $0.key == "rmse" })
    let weighted = try SeriesTable(
      CSV(
        Array("s,x,y,w\nA,1,2,1\nA,2,3,0.5\nA,3,4,0\n".utf8), name: "f.csv", options: CSVOptions()),
      columns: ColumnNames(series: nil, x: nil, y: nil, weight: "w", isWide: false))
    let read = try Page(page(CurveFitter(weighted, settings: settings(depth: 1)).fit { _ in }))
    #expect(read.weights?.lists == [[1, 0.5, 0]])
  }

  @Test("--html writes one whole file, the same with --reproducible")
  func file() throws {
    let folder = try TemporaryFolder()
    for name in ["a.html", "b.html"] {
      let run = try Run(["fit", "--depth", "2", "--html", name, "--reproducible"], folder: folder)
      #expect(run.status == 0 && run.errors.isEmpty)
    }
    #expect(try folder.names() == ["a.html", "b.html"])
    let pages = try ["a.html", "b.html"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.file($0)))
    }
    #expect(pages[0] == pages[1])
    #expect(try Page(Array(pages[0])).names.count == 96)
    #expect(try Page(Array(pages[0])).seconds == nil)
    let data = try folder.write("s,x,y\nA,1,2\nA,2,3\n", to: "f.csv")
    _ = try Run(["fit", data, "--html", "c.html"], folder: folder)
    let other = try Data(contentsOf: URL(fileURLWithPath: folder.file("c.html")))
    #expect(try Page(Array(other)).file == "f.csv")
    #expect(!String(decoding: other, as: UTF8.self).contains(folder.path))
    let timed = try Run(["fit", "--depth", "2", "--html", "a.html"], folder: folder)
    #expect(timed.status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.html")))
    #expect(try Page(Array(bytes)).seconds != nil)
  }

  @Test("It is refused as other files are, before anything is fitted")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("s,x,y\nA,1,2\nA,2,3\n", to: "f.csv")
    for (words, message) in [
      (["--html", data], "--html \(data) is the file of the data too; name another"),
      (["--html", "a", "--svg", "a"], "--html a is the file of --svg too; name another"),
      (["--html", "no/a.html"], "--html no/a.html cannot be written: No such file or directory"),
      (["--html", "."], "--html . is a folder; name a file"),
    ] {
      let run = try Run(["fit", data] + words, folder: folder)
      #expect(run.status != 0 && run.output.isEmpty)
      #expect(run.errors.hasSuffix(message + "\n"), "\(run.errors)")
    }
    #expect(try folder.names() == ["f.csv"])
  }

  @Test("Above 100,000 series one line says what to do instead")
  func limit() throws {
    let folder = try TemporaryFolder()
    let text = "s,x,y\n" + (0...HTMLReport.limit).map { "s\($0),1,2\ns\($0),2,3\n" }.joined()
    _ = try folder.write(text, to: "f.csv")
    let run = try Run(["fit", "f.csv", "--html", "a.html"], folder: folder)
    #expect(run.status == 1)
    #expect(
      run.errors
        == "single-path: --html shows up to 100000 series and f.csv has 100001; "
        + "choose some with --only NAME, or write all with --out FILE.csv\n")
    #expect(run.output.isEmpty)
    #expect(try folder.names() == ["f.csv"])
  }
}
