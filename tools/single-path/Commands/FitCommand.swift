import CommandLineSupport
import SinglePath

private let defaults = FitSettings()

private let fitOptions =
  [
    Option("--series", "COLUMN", "column that names the series of a row (default: the first)"),
    Option("--x", "COLUMN", "column of x (default: the second)"),
    Option("--y", "COLUMN", "column of y (default: the third)"),
    Option("--wide", nil, "the first column (or --x) is x, each other one a series"),
    Option("--only", "NAME", "fit this series only; may be given again for more", repeats: true),
  ] + .reading + [
    Option("--log-x", nil, "take the logarithm of x first"),
    Option(
      "--zero", "WORD",
      "what x = 0 is with --log-x: limit, which tells of the plateau alone and is left out where there is "
        + "none; or refuse"),
    Option(
      "--method", "NAME",
      "least-squares: the curve of least cost, with facts; or descent: stochastic gradient descent"),
    Option("--growth", nil, "tell maximum rate, doubling time, lag and carrying capacity"),
    Option("--parameters", nil, "show weights and biases, in scaled units, beside the facts"),
    Option("--depth", "L", "weights of a path, 1 to 8 (default: \(defaults.depth))"),
    Option("--no-bias", nil, "paths without biases"),
    Option(
      "--sigmoid", "FORM", "how σ is computed, polynomial or table (default: \(defaults.sigmoid))"),
    Option("--hidden", "NAME", "sigmoid, tanh, relu, leaky-relu, softplus or identity"),
    Option("--output", "NAME", "identity, sigmoid, softmax, tanh or softplus"),
    Option("--cost", "NAME", "\(Arguments.costs)"),
    Option("--weight", "COLUMN", "column of the samples' weights, 0 or more (default: all 1)"),
    Option(
      "--batch", "B",
      "descent: samples averaged for one update, or all (default: \(defaults.batch))"),
    Option("--freeze", "LIST", "parameters that stay, such as w1,b3=0, in scaled units"),
    Option(
      "--epochs", "N", "descent: times each sample is trained on (default: \(defaults.epochs))"),
    Option(
      "--rate", "η",
      "descent: learning rate of the first epochs (default: \(defaults.rate), rectifiers 0.05)"),
    Option(
      "--starts", "K",
      "descent: starts of each series, the best is kept (default: \(defaults.starts))"),
    Option("--seed", "S", "descent: seed of the starts (default: \(defaults.seed))"),
    Option("--threads", "N", "threads; the result is the same (default: \(defaults.threads))"),
    Option("--out", "FILE.csv", "write a row for each series"),
    Option("--svg", "FILE.svg", "draw data and curves"),
    Option("--json", "FILE", "write everything, with the scaling"),
    Option("--html", "FILE.html", "write a page to look at, with all data in it"),
    Option("--reproducible", nil, "leave times and the machine out of what is written and printed"),
    Option("--help", nil, "show this"),
  ]

private let fitHelp = help(
  usage: "single-path fit [FILE.csv] [options]",
  about: """
    Fits y as a function of x for each series of a file of separated values with a header row (- is
    standard input), one single-path network for each, and tells what the samples say about it: facts with
    standard errors, and a verdict. Without a file it fits the growth curves of the 96 wells of a plate that
    it carries along.
    """,
  options: fitOptions)

/// The command `fit`.
func runFit(_ words: [String]) throws {
  let arguments = try Arguments(
    words, command: "single-path fit", options: fitOptions, positionals: 1)
  if arguments.askForHelp { return try StandardOutput.print(fitHelp) }
  let settings = try fitSettings(arguments)
  let outputs = try FitOutputs(arguments)
  let table = try readTable(arguments, settings)
  if arguments.has("--html") { try HTMLReport.check(table) }

  var bar = ProgressBar()
  let report = try CurveFitter(table, settings: settings).fit { bar.show($0) }
  bar.clear()

  try outputs.write(report)
  try StandardOutput.print(report.text)
  try StandardOutput.print(report.summary)
}

private func fitSettings(_ arguments: Arguments) throws(Failure) -> FitSettings {
  var settings = FitSettings()
  settings.method = try arguments.choice("--method", default: defaults.method)
  if settings.method == .leastSquares,
    let other = ["--epochs", "--rate", "--starts", "--seed", "--batch"].first(where: arguments.has)
  {
    throw .usage("\(other) goes with --method descent")
  }
  settings.growth = arguments.has("--growth")
  if settings.growth, settings.method == .descent || arguments.has("--log-x") {
    throw .usage(
      "--growth goes with least squares on x itself, not with "
        + (settings.method == .descent ? "--method descent" : "--log-x"))
  }
  settings.showsParameters = arguments.has("--parameters")
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
  settings.isReproducible = arguments.has("--reproducible")
  return settings
}

private func readTable(_ arguments: Arguments, _ settings: FitSettings) throws -> SeriesTable {
  let path = arguments.positionals.first
  let options = try arguments.readingOptions()
  let columns = ColumnNames(
    series: arguments.text("--series"), x: arguments.text("--x"), y: arguments.text("--y"),
    weight: arguments.text("--weight"), isWide: arguments.has("--wide"))
  if columns.isWide, let other = ["--series", "--y", "--weight"].first(where: arguments.has) {
    throw Failure.usage("\(other) does not go with --wide, where each column is a series")
  }
  let requirements = NumberRequirements(
    logX: settings.logX, zero: try arguments.choice("--zero", default: .limit),
    unitY: settings.cost == .crossEntropy)
  guard settings.logX || !arguments.has("--zero") else {
    throw Failure.usage("--zero goes with --log-x")
  }
  let bytes = try path.map(InputFile.read) ?? PackageResources.plate_growth_csv
  var table = try SeriesTable(
    CSV(bytes, name: path.map(InputFile.name) ?? "plate_growth.csv", options: options),
    columns: columns, requirements: requirements)
  if arguments.has("--only") { try table.keep(only: arguments.texts("--only")) }
  return table
}

/// The files to write.
private struct FitOutputs {
  private var files: [(option: String, file: OutputFile)] = []

  /// Checks before training that all can be written, and that none is the input or another one.
  init(_ arguments: Arguments) throws(Failure) {
    var all = OutputFiles()
    for path in arguments.positionals { all.read(path, as: "the data") }
    for option in ["--out", "--svg", "--json", "--html"] {
      guard let path = arguments.text(option) else { continue }
      files.append((option, try all.open(path, option: option)))
    }
  }

  func write(_ report: FitReport) throws {
    for (option, file) in files {
      switch option {
      case "--out": try file.write(report.commaSeparatedValues)
      case "--svg": try file.write(SmallMultiples(report).svg)
      case "--html": try file.write(HTMLReport(report).page())
      default: try file.write(report.json())
      }
    }
  }
}
