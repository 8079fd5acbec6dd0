import CommandLineSupport
import SinglePath

private let predictOptions =
  [
    Option("--inverse", nil, "the points are y: tell the x at which the curve has them"),
    Option("--curve", "NAME", "apply this curve to all points"),
    Option("--series", "COLUMN", "column of the points with the names of their curves"),
    Option("--x", "COLUMN", "column of the points with x"),
    Option("--y", "COLUMN", "column of the points with y, for --inverse"),
  ] + .reading + [
    Option("--out", "FILE.csv", "write a row for each point, with every digit"),
    Option("--help", nil, "show this"),
  ]

private let predictHelp = help(
  usage: "single-path predict CURVES.json POINTS.csv [options]",
  about: """
    Applies curves that 'single-path fit --json' wrote. For each point it tells ŷ at its x, with the
    standard error and the 95 % interval of the curve there; or, with --inverse, the x at which the curve
    has its y, with an interval for a single reading of y. A file of one curve, or --curve, serves all
    points; otherwise each names its curve. Columns are found by the names that they had in the curves'
    data, else they are the first ones.
    """,
  options: predictOptions)

/// The command `predict`.
func runPredict(_ words: [String]) throws {
  let arguments = try Arguments(
    words, command: "single-path predict", options: predictOptions, positionals: 2)
  if arguments.askForHelp { return try StandardOutput.print(predictHelp) }
  guard arguments.positionals.count == 2 else {
    throw Failure.usage("predict needs two files: CURVES.json and POINTS.csv")
  }
  let isInverse = arguments.has("--inverse")
  if let other = isInverse ? "--x" : "--y", arguments.has(other) {
    throw Failure.usage("\(other) goes \(isInverse ? "without" : "with") --inverse")
  }
  var files = OutputFiles()
  for (path, name) in zip(arguments.positionals, ["the curves", "the points"]) {
    files.read(path, as: name)
  }
  let output = try arguments.text("--out").map { try files.open($0, option: "--out") }
  let report = try predictions(arguments, isInverse: isInverse)
  try output?.write(commaSeparated([report.header] + report.rows { value, _ in "\(value)" }))
  try StandardOutput.print(aligned([report.header] + report.rows(short(_:to:))))
}

private func predictions(_ arguments: Arguments, isInverse: Bool) throws -> PredictionReport {
  let (curvesPath, pointsPath) = (arguments.positionals[0], arguments.positionals[1])
  let curves = try SavedCurves(
    InputFile.read(curvesPath), name: InputFile.name(curvesPath))
  let only =
    curves.curves.count == 1 && !arguments.has("--series") ? curves.curves[0].name : nil
  let one = arguments.text("--curve") ?? only
  if let name = arguments.text("--curve") { _ = try curves.curve(name, for: "--curve") }
  let points = try PointTable(
    CSV(
      InputFile.read(pointsPath), name: InputFile.name(pointsPath),
      options: arguments.readingOptions()),
    series: arguments.text("--series"), value: arguments.text(isInverse ? "--y" : "--x"),
    known: (curves.columns[0], curves.columns[isInverse ? 2 : 1]),
    namesCurves: one == nil)
  return try PredictionReport(points, curves, one: one, isInverse: isInverse)
}
