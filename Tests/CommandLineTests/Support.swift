import CommandLineSupport
import Foundation
import Testing

@testable import single_path

/// A folder of its own for a test, gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "single-path-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

func text(of path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

/// The path of one of the files in tools/data.
func dataFile(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("tools/data/" + name).path
}

/// The series of a file's text, with its first three columns as series, x and y.
func readSeries(
  _ text: String, series: String? = nil, x: String? = nil, y: String? = nil, isWide: Bool = false,
  options: CSVOptions = CSVOptions(), requirements: NumberRequirements = NumberRequirements()
) throws -> SeriesTable {
  try SeriesTable(
    CSV(Array(text.utf8), name: "f.csv", options: options),
    columns: ColumnNames(series: series, x: x, y: y, isWide: isWide), requirements: requirements)
}

/// All rows of a file.
func fields(_ bytes: [UInt8], options: CSVOptions = CSVOptions()) throws -> [[String]] {
  try CSV(bytes, name: "f.csv", options: options).withScanner { (scanner) throws(Failure) in
    var rows: [[String]] = []
    while try scanner.nextRow() {
      rows.append(scanner.fields.indices.map { scanner.text(column: $0) })
    }
    return rows
  }
}

extension FitSettings {
  static var descent: FitSettings {
    var settings = FitSettings()
    settings.method = .descent
    settings.depth = 3
    return settings
  }
}

/// Fits a file's text.
func fit(_ text: String, _ settings: FitSettings = FitSettings()) throws -> FitReport {
  try CurveFitter(try readSeries(text), settings: settings).fit { _ in }
}

/// What the executable did.
struct Run {
  let status: Int32
  let output: String
  let errors: String

  /// Runs a script of the shell, for which `$program` is the executable that was built beside the tests.
  init(script: String, folder: TemporaryFolder? = nil, program: String = "single-path") throws {
    try self.init(
      ["-c", "program='\(Self.builds.appendingPathComponent(program).path)'; \(script)"],
      folder: folder, executable: URL(fileURLWithPath: "/bin/sh"))
  }

  static let builds =
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// Runs the `single-path` that was built beside the tests.
  ///
  /// - Parameters:
  ///   - folder: where it runs, if that matters.
  ///   - input: what it reads as standard input.
  ///   - file: takes its standard output, instead of `output`.
  init(
    _ arguments: [String], folder: TemporaryFolder? = nil, input: Pipe? = nil,
    printingTo file: FileHandle? = nil, executable: URL? = nil
  ) throws {
    let process = Process()
    process.executableURL = executable ?? Self.builds.appendingPathComponent("single-path")
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.path) }
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    if let file { process.standardOutput = file }
    if let input { process.standardInput = input }
    try process.run()
    // Otherwise the end of the output would only be seen once this process has let go of it too.
    if file != nil { try output.fileHandleForWriting.close() }
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    self.output = String(decoding: outputData, as: UTF8.self)
    self.errors = String(decoding: errorData, as: UTF8.self)
  }
}
