import CommandLineSupport

@main
struct Main {
  static func main() { Program.run("benchmarks", run) }

  private static func run(_ words: [String]) throws {
    let options = try Options(words)
    switch options.task {
    case .help: print(Options.help)
    case .list: try chosen(by: options).forEach { print($0.name) }
    case .profile(let name, let duration): try profile(name, duration)
    case .measure: try measure(options)
    case .tables(let files): try Documentation.write(files, from: SavedResults.read())
    case .tableCheck(let files): try Documentation.check(files, from: SavedResults.read())
    }
  }

  private static func chosen(by options: Options) throws(Failure) -> [Workload] {
    let all = Catalogue.all
    for filter in options.filters where !all.contains(where: { $0.name.contains(filter) }) {
      throw .usage("no row's name contains \(filter); --list names all")
    }
    if options.filters.isEmpty { return all }
    return all.filter { workload in options.filters.contains { workload.name.contains($0) } }
  }

  private static func measure(_ options: Options) throws {
    let workloads = try chosen(by: options)
    let old = try options.compare.map(Files.read)
    var files = OutputFiles()
    let json = try options.json.map { try files.open($0, option: "--json") }
    let svg = try options.svg.map { try files.open($0, option: "--svg") }
    if options.svg != nil { try Picture.check(workloads) }

    guard isOptimised else {
      throw Failure.usage("built without optimisation; use swift run -c release benchmarks")
    }
    let machine = Machine.measure()
    let saved =
      options.saves ? try files.open(SavedResults.path(of: machine), option: "--save") : nil
    Report.print(machine)
    Report.printHeading()
    let runner = Runner(machine: machine, effort: options.isQuick ? .quick : .full)
    let rows = try runner.run(workloads, Report.print)
    try svg?.write(Picture(rows, workloads, machine).svg)
    let ratios = try measureRatios(runner, workloads)
    let results = Results(machine: machine, rows: rows, ratios: ratios)
    try json?.write(Files.json(results))
    try saved?.write(SavedResults.json(results))
    if let old { Comparison(rows, with: old.rows).print() }
  }

  private static var isOptimised: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  /// Those between rows that were chosen.
  private static func measureRatios(
    _ runner: Runner, _ workloads: [Workload]
  ) throws -> [MeasuredRatio] {
    print()
    let chosen = Ratio.all(on: runner.machine).filter { ratio in
      workloads.contains(ratio.first) && workloads.contains(ratio.second)
    }
    return try chosen.map { ratio in
      let measured = try ratio.measure(runner)
      Report.print(measured)
      return measured
    }
  }

  private static func profile(_ name: String, _ duration: Double) throws {
    guard let workload = Catalogue.all.first(where: { $0.name == name }) else {
      throw Failure.usage("no row is named \(name); --list names all")
    }
    let loaded = try LoadedWorkload(workload)
    // The clock must not be in the profile of a small call.
    let callsAtOnce = max(1, 1_000_000 / workload.steps)
    let start = seconds()
    while seconds() - start < duration { try loaded.call(times: callsAtOnce) }
    let steps = Double(loaded.callsMade * workload.steps)
    print(name, Report.format("%.4f G steps/s", steps / (seconds() - start) / 1e9))
  }
}
