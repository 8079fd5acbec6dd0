import CommandLineSupport
import Foundation
import SinglePath

private let defaults = FitSettings()

private let fitOptions = [
  Option("--series", "COLUMN", "column that names the series of a row (default: the first)"),
  Option("--x", "COLUMN", "column of x (default: the second)"),
  Option("--y", "COLUMN", "column of y (default: the third)"),
  Option("--log-x", nil, "take the logarithm of x first; x must be above 0"),
  Option("--depth", "L", "weights of a path, 1 to 8 (default: \(defaults.depth))"),
  Option("--no-bias", nil, "paths without biases"),
  Option(
    "--sigmoid", "FORM", "how σ is computed, polynomial or table (default: \(defaults.sigmoid))"),
  Option("--hidden", "NAME", "sigmoid, tanh, relu, leaky-relu, softplus or identity"),
  Option("--output", "NAME", "identity, sigmoid, softmax, tanh or softplus"),
  Option("--cost", "NAME", "\(Arguments.costs)"),
  Option("--weight", "COLUMN", "column of the samples' weights, 0 or more (default: all 1)"),
  Option("--batch", "B", "samples averaged for one update, or all (default: \(defaults.batch))"),
  Option("--freeze", "LIST", "parameters that stay, such as w1,b3=0, in scaled units"),
  Option("--epochs", "N", "times each sample is trained on (default: \(defaults.epochs))"),
  Option(
    "--rate", "η", "learning rate of the first epochs (default: \(defaults.rate), rectifiers 0.05)"),
  Option("--starts", "K", "starts of each series, the best is kept (default: \(defaults.starts))"),
  Option("--seed", "S", "seed of the starts (default: \(defaults.seed))"),
  Option("--threads", "N", "threads; the result is the same (default: \(defaults.threads))"),
  Option("--out", "FILE.csv", "write a row for each series"),
  Option("--svg", "FILE.svg", "draw data and curves"),
  Option("--json", "FILE", "write everything, with the scaling"),
  Option("--help", nil, "show this"),
]

private let fitHelp = help(
  usage: "single-path fit [FILE.csv] [options]",
  about: """
    Learns y as a function of x for each series of a file of comma-separated values with a header
    row, one single-path network for each, by descent sample after sample. Without a file it learns
    the growth curves of the 96 wells of a plate that it carries along.
    """,
  options: fitOptions)

/// The command `fit`.
func runFit(_ words: [String]) throws {
  if Arguments.askForHelp(words) { return try StandardOutput.print(fitHelp) }
  let arguments = try Arguments(
    words, command: "single-path fit", options: fitOptions, positionals: 1)
  let settings = try fitSettings(arguments)
  let outputs = try FitOutputs(arguments)
  let table = try readTable(arguments, settings)

  var bar = ProgressBar()
  let report = try CurveFitter(table, settings: settings).fit { bar.show($0) }
  bar.clear()

  try outputs.write(report)
  try StandardOutput.print(report.text)
  try StandardOutput.print(report.summary)
}

private func fitSettings(_ arguments: Arguments) throws(Failure) -> FitSettings {
  var settings = FitSettings()
  settings.depth = try arguments.wholeNumber(
    "--depth", in: PathShape.depths, default: defaults.depth)
  settings.hasBiases = !arguments.has("--no-bias")
  settings.sigmoid = try arguments.choice("--sigmoid", default: defaults.sigmoid)
  settings.hidden = try arguments.hidden("--hidden")
  settings.output = try arguments.output("--output")
  settings.cost = try arguments.cost("--cost")
  settings.batch = try arguments.batch("--batch")
  settings.freeze = try arguments.frozenParameters(
    "--freeze", depth: settings.depth, hasBiases: settings.hasBiases)
  settings.epochs = try arguments.wholeNumber(
    "--epochs", in: 1...1_000_000_000, default: defaults.epochs)
  settings.rate = try arguments.positiveNumber("--rate", default: settings.rate)
  settings.seed = try arguments.wholeNumber("--seed", in: 0...UInt64.max, default: defaults.seed)
  settings.threads = try arguments.wholeNumber("--threads", in: 1...1024, default: defaults.threads)
  settings.starts = try arguments.wholeNumber("--starts", in: 1...10_000, default: defaults.starts)
  settings.logX = arguments.has("--log-x")
  return settings
}

private func readTable(_ arguments: Arguments, _ settings: FitSettings) throws -> SeriesTable {
  let path = arguments.positionals.first
  let bytes = try path.map(readFile) ?? PackageResources.plate_growth_csv
  return try SeriesTable(
    CommaSeparatedValues(bytes, name: path ?? "plate_growth.csv"),
    columns: ColumnNames(
      series: arguments.text("--series"), x: arguments.text("--x"), y: arguments.text("--y"),
      weight: arguments.text("--weight")),
    demands: Demands(positiveX: settings.logX, unitY: settings.cost == .crossEntropy))
}

/// Reads a whole file, or a pipe to its end.
private func readFile(_ path: String) throws(Failure) -> [UInt8] {
  guard !path.isEmpty else { throw .usage("the name of the file is empty; name a CSV file") }
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
    throw .data("\(path): there is no such file")
  }
  guard !isFolder.boolValue else { throw .data("\(path) is a folder; name a CSV file") }
  guard let file = FileHandle(forReadingAtPath: path) else {
    throw .data("\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
  do {
    return Array(try file.readToEnd() ?? Data())
  } catch {
    throw .data("\(path) cannot be read: \(error.localizedDescription)")
  }
}

/// The files to write.
private struct FitOutputs {
  private var files: [(option: String, file: OutputFile)] = []

  /// Checks before training that all can be written, and that none is the input or another one.
  init(_ arguments: Arguments) throws(Failure) {
    var all = OutputFiles()
    for path in arguments.positionals { all.read(path, as: "the data") }
    for option in ["--out", "--svg", "--json"] {
      guard let path = arguments.text(option) else { continue }
      files.append((option, try all.open(path, option: option)))
    }
  }

  func write(_ report: FitReport) throws {
    for (option, file) in files {
      switch option {
      case "--out": try file.write(report.commaSeparatedValues)
      case "--svg": try file.write(SmallMultiples(report).svg)
      default: try file.write(report.json())
      }
    }
  }
}
