import CommandLineSupport

/// Generates, measures and checks lookup tables of σ.
@main
struct Main {
  static func main() { Program.run("sigmoid-tables", run) }

  private static func run(_ words: [String]) throws {
    let options = try Options(words)
    switch options.action {
    case .help: try StandardOutput.print(Options.help)
    case .list:
      for command in Committed.commands { try StandardOutput.print("sigmoid-tables \(command)") }
    case .check: try Committed.check(root: options.root)
    case .report, .generate:
      // Measuring takes a while: what cannot be written is refused before.
      var files = OutputFiles()
      let output = try open(options.output, "--output", &files)
      let picture = try open(options.svg, "--svg", &files)
      let measured = try MeasuredTable(options)
      if options.action == .report {
        try report(measured)
      } else if let output {
        try output.write(measured.text(options, words))
      } else if picture == nil {
        try StandardOutput.print(measured.text(options, words), terminator: "")
      }
      try picture?.write(drawing(of: measured, options))
    }
  }

  private static func open(
    _ path: String?, _ option: String, _ files: inout OutputFiles
  ) throws(Failure) -> OutputFile? {
    guard let path else { return nil }
    return try files.open(path, option: option)
  }

  private static func report(_ measured: MeasuredTable) throws(Failure) {
    let table = measured.table
    let ends = [table.domain.lowerBound, table.domain.upperBound]
    let answers = ends.map { hexadecimal(table.evaluate($0)) }
    for line in table.description + measured.measurement.lines { try StandardOutput.print(line) }
    try StandardOutput.print(
      "Saturates: \(answers[0]) below x = \(ends[0]), \(answers[1]) above x = \(ends[1]).\n"
        + "Digest: FNV-1a 64 of the values \(table.digest).")
  }

  private static func drawing(of measured: MeasuredTable, _ options: Options) -> String {
    let title =
      "Error of σ: \(options.form) form, \(options.size) cells, degree \(options.degree), "
      + "\(options.scalar)"
    return Drawing(title: title, table: measured.table, bound: measured.measurement.bound).text
  }
}
