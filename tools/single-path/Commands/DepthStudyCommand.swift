import CommandLineSupport

private let defaults = DepthStudySettings()

private let depthStudyOptions = [
  Option(
    "--epochs", "N", "times each sample is trained on, 0 to 100000 (default: \(defaults.epochs))"),
  Option("--seed", "S", "seed of the starts (default: \(defaults.seed))"),
  Option("--svg", "FILE.svg", "draw the gradients by depth"),
  Option("--help", nil, "show this"),
]

private let depthStudyHelp = help(
  usage: "single-path depth-study [options]",
  about: """
    Trains paths of depth 1 to 8 with each hidden activation on the first growth curve of the plate
    that it carries along, and prints how large the gradient of the first weight is, which is where
    the product of (16) is longest, and what cost was reached.
    """,
  options: depthStudyOptions)

/// The command `depth-study`.
func runDepthStudy(_ words: [String]) throws {
  let arguments = try Arguments(
    words, command: "single-path depth-study", options: depthStudyOptions)
  if arguments.askForHelp { return try StandardOutput.print(depthStudyHelp) }
  var settings = defaults
  settings.epochs = try arguments.wholeNumber(
    "--epochs", in: 0...100_000, default: defaults.epochs)
  settings.seed = try arguments.wholeNumber(
    "--seed", in: 0...UInt64.max, default: defaults.seed)
  var files = OutputFiles()
  let picture = try arguments.text("--svg").map { path throws(Failure) in
    try files.open(path, option: "--svg")
  }

  var bar = ProgressBar()
  let study = try DepthStudy(firstGrowthCurve(), settings: settings) { bar.show($0) }
  bar.clear()

  try picture?.write(DepthStudyPicture(study).svg)
  try StandardOutput.print(study.text)
}

private func firstGrowthCurve() throws -> Series {
  let table = try SeriesTable(
    CSV(PackageResources.plate_growth_csv, name: "plate_growth.csv"),
    columns: ColumnNames())
  return table.series[0]
}
