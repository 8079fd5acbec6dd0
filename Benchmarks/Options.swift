import CommandLineSupport

/// What the command line asks for.
struct Options: Equatable {
  enum Task: Equatable {
    /// Measure what the filters choose.
    case measure
    /// Name the rows, and no more.
    case list
    /// Run one workload for some seconds, for a sampling profiler.
    case profile(name: String, seconds: Double)
    /// Make the tables of these files from the saved results.
    case tables([String])
    /// Compare the tables of these files with the saved results.
    case tableCheck([String])
    case help
  }

  var task = Task.measure
  /// Rows whose name contains any of these; all rows if there are none.
  var filters: [String] = []
  var isQuick = false
  var json: String?
  var svg: String?
  var compare: String?
  /// Whether the run becomes this processor's saved results.
  var saves = false

  private static let options = [
    Option("--list", nil, "name the rows, run nothing"),
    Option(
      "--filter", "SUBSTRING", "only rows whose name contains it; may be given again for more",
      repeats: true),
    Option("--quick", nil, "fewer and shorter batches: about a minute"),
    Option("--json", "FILE", "write machine and rows as JSON"),
    Option("--compare", "OLD.json", "compare the rows with those of an earlier run"),
    Option("--svg", "FILE", "draw throughput against size, with the roofs"),
    Option("--save", nil, "keep the run in Benchmarks/results, as the results of this processor"),
    Option(
      "--tables", "FILE",
      "write the tables of a Markdown file from the kept results; may be given again",
      repeats: true),
    Option("--check", nil, "with --tables: only compare"),
    Option("--profile", "NAME", "run this row alone, for a sampling profiler"),
    Option("--seconds", "S", "for so long (10)"),
    Option("--help", nil, "show this"),
  ]

  static let help = CommandLineSupport.help(
    usage: "benchmarks [options]",
    about: "Measures this machine, then how near the kernel comes to its limits.",
    options: options,
    notes: """
      Names are [c/]operation/size/depth/bias|nobias/sigmoid form/instruction set[/variant]; c/ is a
      row whose calls go through the C header.

      Columns of a row:
        ns/call  the median of the batches; spread: between their quartiles, of the median
        core     the share of the time in which the calling thread had a core; where it is below
                 100 %, other programs disturbed the row
        slots    fused multiply-adds that one core could do in the time of one step of a vector
        share    of the bound that applies: multiplications and fused multiply-adds against their
                 peak rate (ports), divisions against theirs (divider), bytes against what the level
                 of memory that holds them can move (bandwidth); 1 is the limit
        alloc    requests for memory during the timed calls; threads are the system's and ask for some

      Exit status: 0; 1 if a result is wrong, a call on one thread allocates memory, or a file
      cannot be read or written; 2 if an argument is wrong.
      """)

  /// - Parameter words: of the command line, without the program's name.
  init(_ words: [String]) throws(Failure) {
    let arguments = try Arguments(words, command: "benchmarks", options: Self.options)
    if arguments.askForHelp {
      task = .help
      return
    }
    filters = arguments.texts("--filter")
    isQuick = arguments.has("--quick")
    json = arguments.text("--json")
    svg = arguments.text("--svg")
    compare = arguments.text("--compare")
    saves = arguments.has("--save")
    if saves, !filters.isEmpty { throw .usage("--save keeps whole runs; leave --filter away") }
    let tables = arguments.texts("--tables")
    if !tables.isEmpty {
      task = arguments.has("--check") ? .tableCheck(tables) : .tables(tables)
    } else if arguments.has("--check") {
      throw .usage("--check goes with --tables FILE")
    }
    let seconds = try arguments.positiveNumber("--seconds", default: 10.0)
    if let name = arguments.text("--profile") {
      task = .profile(name: name, seconds: seconds)
    } else if arguments.has("--seconds") {
      throw .usage("--seconds goes with --profile NAME")
    } else if arguments.has("--list") {
      task = .list
    }
  }
}

extension Failure {
  /// A result is wrong, or a call that must not allocate memory did.
  static func result(_ message: String) -> Failure { .data(message) }
}
