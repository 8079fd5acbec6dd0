import Foundation

/// Generates, measures and checks lookup tables of σ.
@main
struct Main {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("sigmoid-tables: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    let options = try Options(arguments)
    switch options.action {
    case .help: print(Options.usage)
    case .list: for command in Committed.commands { print("sigmoid-tables \(command)") }
    case .check: try Committed.check(root: options.root)
    case .report: try report(options)
    case .generate:
      let measured = try MeasuredTable(options)
      let text = measured.text(options, arguments)
      if let path = options.output {
        try write(text, to: path)
      } else if options.svg == nil {
        print(text, terminator: "")
      }
      try draw(measured, options)
    }
  }

  private static func report(_ options: Options) throws {
    let measured = try MeasuredTable(options)
    let table = measured.table
    let ends = [table.domain.lowerBound, table.domain.upperBound]
    let answers = ends.map { hexadecimal(table.evaluate($0)) }
    for line in table.description + measured.measurement.lines { print(line) }
    print("Saturates: \(answers[0]) below x = \(ends[0]), \(answers[1]) above x = \(ends[1]).")
    print("Digest: FNV-1a 64 of the values \(table.digest).")
    try draw(measured, options)
  }

  private static func draw(_ measured: MeasuredTable, _ options: Options) throws {
    guard let path = options.svg else { return }
    let title =
      "Error of σ: \(options.form) form, \(options.size) cells, degree \(options.degree), "
      + "\(options.scalar)"
    let drawing = Drawing(title: title, table: measured.table, bound: measured.measurement.bound)
    try write(drawing.text, to: path)
  }

  /// Whole or not at all: a temporary file beside the target, then a rename.
  private static func write(_ text: String, to path: String) throws(ToolError) {
    let temporary = "\(path).\(getpid()).tmp"
    guard FileManager.default.createFile(atPath: temporary, contents: Data(text.utf8)),
      rename(temporary, path) == 0
    else {
      unlink(temporary)
      throw ToolError("cannot write \(path)")
    }
  }
}
