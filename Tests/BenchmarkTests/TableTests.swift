import CommandLineSupport
import Foundation
import SinglePath
import Testing

@testable import benchmarks

@Suite("The tables of saved results")
struct TableTests {
  /// A machine with AVX2, and one with AVX-512 that has no row but the best.
  private static let results = [
    saved(
      "A", ["baseline", "avx2"],
      [
        row(Workload(engine: .kernel(.avx2)), gSteps: 0.5),
        row(Workload(size: .live, engine: .kernel(.avx2)), gSteps: 0.25),
        row(Workload(size: .smallest, engine: .c(.avx2)), gSteps: 1),
      ]),
    saved(
      "B", ["baseline", "avx2", "avx512"], [row(Workload(engine: .kernel(.avx512)), gSteps: 2)]),
  ]

  private static func saved(_ model: String, _ sets: [String], _ rows: [Row]) -> Results {
    let machine = Machine(
      model: model, cores: 1, clockHertz: 2e9, instructionSets: sets, widths: [], levels: [])
    let ratio = MeasuredRatio(
      title: Ratio.titleOfFaces(.l2), unit: "×", median: 0.987, low: 0.9, high: 1)
    return Results(machine: machine, rows: rows, ratios: [ratio])
  }

  /// A row as a file holds it.
  private static func row(_ workload: Workload, gSteps: Double) -> Row {
    let json = """
      {"name": "\(workload.name)", "paths": 1, "frames": 1, "threads": 1,
       "gStepsPerSecond": \(gSteps), "medianNanoseconds": 461.2, "lowNanoseconds": 1,
       "highNanoseconds": 1, "batches": 7, "callsPerBatch": 1, "processorShare": 1,
       "fmaSlotsPerVectorStep": 38.4, "shareOfBound": 1, "bound": "ports", "allocations": 0}
      """
    guard let row = try? Files.decode(Row.self, from: json) else {
      preconditionFailure("no row: \(json)")
    }
    return row
  }

  @Test("Have a column for each processor, and the lines that one of them has a row of")
  func training() throws {
    let table = try Table.named("train").markdown(of: Self.results)
    #expect(
      table == """
        | G path-steps/s (slots of a vector step) | A, 2.00 GHz | B, 2.00 GHz |
        | --- | --- | --- |
        | AVX2, polynomial | 0.50 (38) |  |
        | AVX-512, polynomial |  | 2.00 (38) |
        | 1 M paths, one frame a call | 0.25 (38) |  |
        """)
  }

  @Test("Compare the C face with the Swift face")
  func throughC() throws {
    let table = try Table.named("c").markdown(of: Self.results)
    #expect(
      table == """
        | through the C header | A, 2.00 GHz | B, 2.00 GHz |
        | --- | --- | --- |
        | 64 paths × 1 frame, a call | 461 ns |  |
        | speed against the Swift face, L2 | 0.99 | 0.99 |
        """)
  }

  @Test("Every row that a table names is in the catalogue of this machine")
  func catalogue() throws {
    let set = Kernel().instructionSet.rawValue
    let rows = Catalogue.all.map { Self.row($0, gSteps: 1) }
    let all = Self.saved("all", ["baseline", set], rows)
    let lines = try Table.named("train").markdown(of: [all]).split(separator: "\n")
    let empty = lines.filter { $0.hasSuffix("|  |") }
    #expect(empty.isEmpty)
    #expect(lines.contains { $0.hasPrefix("| 64 banks of 4,096 paths × 64 frames, two threads") })
  }

  @Test("There is no other table")
  func unknown() {
    #expect(
      throws: Failure.usage("there is no table fits of the benchmarks, only speed, train, fit, c")
    ) {
      try Table.named("fits")
    }
  }

  // MARK: - Between marks

  private let marked = """
    before
    <!-- benchmarks:train -->
    old
    <!-- end -->
    after

    """

  @Test("Replace what stands between their marks, and nothing else")
  func filled() throws {
    let table = try Table.named("train").markdown(of: Self.results)
    let text = try MarkedText(marked)
    #expect(text.names == ["train"])
    let once = try text.filled(from: Self.results)
    #expect(
      once == marked.replacingOccurrences(of: "old", with: table))
    #expect(try MarkedText(once).filled(from: Self.results) == once)
    #expect(try MarkedText("no table\n").filled(from: Self.results) == "no table\n")
  }

  @Test("A mark without an end is refused", arguments: ["", "<!-- benchmarks:c -->\n<!-- end -->"])
  func endless(rest: String) {
    #expect(throws: Failure.usage("the table train has no <!-- end -->")) {
      try MarkedText("<!-- benchmarks:train -->\n\(rest)")
    }
  }

  @Test("A file with tables of other results is named, and mended by writing")
  func check() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tables-\(UUID().uuidString).md")
    defer { try? FileManager.default.removeItem(at: file) }
    try marked.write(to: file, atomically: true, encoding: .utf8)
    #expect(throws: Failure.self) { try Documentation.check([file.path], from: Self.results) }
    #expect(try String(contentsOf: file, encoding: .utf8) == marked)
    try Documentation.write([file.path], from: Self.results)
    try Documentation.check([file.path], from: Self.results)
    #expect(throws: Failure.usage("cannot read \(file.path).none")) {
      try Documentation.check([file.path + ".none"], from: Self.results)
    }
  }

  @Test("The tables of the documentation are those of the committed results")
  func documentation() throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let catalogue = root.appendingPathComponent("Sources/SinglePath/SinglePath.docc")
    let articles = try? FileManager.default.contentsOfDirectory(
      at: catalogue, includingPropertiesForKeys: nil)
    let files = [root.appendingPathComponent("README.md")] + (articles ?? [])
    let saved = try SavedResults.read(
      from: root.appendingPathComponent(SavedResults.folder).path)
    try Documentation.check(
      files.map(\.path).filter { $0.hasSuffix(".md") }, from: saved)
  }
}

@Suite("Saved results")
struct SavedResultsTests {
  @Test("A file is named after the processor and its best instruction set")
  func name() {
    #expect(
      SavedResults.fileName("AMD EPYC 9R14 (family 25, model 17)", "avx512")
        == "amd-epyc-9r14-family-25-model-17-avx512")
    #expect(SavedResults.fileName("Ünknown", "neon") == "nknown-neon")
  }

  @Test("A saved file has a line for each row and ratio, and reads back the same")
  func roundTrip() throws {
    let json = """
      {"name": "a", "paths": 1, "frames": 1, "threads": 1, "gStepsPerSecond": 1,
       "medianNanoseconds": 1, "lowNanoseconds": 1, "highNanoseconds": 1, "batches": 7,
       "callsPerBatch": 1, "processorShare": 1, "fmaSlotsPerVectorStep": 1, "shareOfBound": 1,
       "bound": "ports", "allocations": 0}
      """
    let row = try Files.decode(Row.self, from: json)
    let ratio = MeasuredRatio(title: "t", unit: "×", median: 0.1, low: 0.05, high: 0.3)
    let machine = Machine(
      model: "m", cores: 2, clockHertz: 1e9, instructionSets: ["neon"], widths: [], levels: [])
    let results = Results(machine: machine, rows: [row, row], ratios: [ratio])
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("results-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let saved = try SavedResults.json(results)
    try Data(saved.utf8).write(to: folder.appendingPathComponent("m.json"))
    try Data(saved.utf8).write(to: folder.appendingPathComponent("not results.txt"))
    let read = try SavedResults.read(from: folder.path)
    #expect(read.count == 1)
    #expect(read.first?.rows == [row, row])
    #expect(read.first?.ratios == [ratio])
    #expect(read.first?.machine.model == "m")
    #expect(saved.split(separator: "\n").count == 8)
  }

  @Test("A folder without results has none")
  func nothing() throws {
    #expect(try SavedResults.read(from: "/nowhere").isEmpty)
  }
}
