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

  static let help = """
    usage: benchmarks [options]

    Measures this machine, then how near the kernel comes to its limits.

      --list              name the rows, run nothing
      --filter SUBSTRING  only rows whose name contains it; may be given again for more
      --quick             fewer and shorter batches: about a minute
      --json FILE         write machine and rows as JSON
      --compare OLD.json  compare the rows with those of an earlier run
      --svg FILE          draw throughput against size, with the roofs
      --save              keep the run in Benchmarks/results, as the results of this processor
      --tables FILE...    write the tables of these Markdown files from the kept results
      --check             with --tables: only compare
      --profile NAME      run this row alone, for a sampling profiler
      --seconds S         for so long (10)
      --help              this text

    Names are [c/]operation/size/depth/bias|nobias/sigmoid form/instruction set[/variant]; c/ is a row
    whose calls go through the C header.

    Columns of a row:
      ns/call  the median of the batches; spread: between their quartiles, of the median
      core     the share of the time in which the calling thread had a core; where it is below
               100 %, other programs disturbed the row
      slots    fused multiply-adds that one core could do in the time of one step of a vector
      share    of the bound that applies: multiplications and fused multiply-adds against their
               peak rate (ports), divisions against theirs (divider), bytes against what the level
               of memory that holds them can move (bandwidth); 1 is the limit
      alloc    requests for memory during the timed calls; threads are the system's and ask for some

    Exit status: 0; 1 if a result is wrong or a call on one thread allocates memory; 2 if an argument
    is wrong.
    """

  /// - Parameter arguments: without the program's name.
  init(_ arguments: [String]) throws(Failure) {
    var rest = arguments[...]
    var profile: String?
    var seconds: Double?
    var tables: [String]?
    var checks = false
    while let option = rest.popFirst() {
      switch option {
      case "--help", "-h": task = .help
      case "--list": task = .list
      case "--quick": isQuick = true
      case "--filter": filters.append(try Self.value(of: option, &rest))
      case "--json": json = try Self.value(of: option, &rest)
      case "--svg": svg = try Self.value(of: option, &rest)
      case "--compare": compare = try Self.value(of: option, &rest)
      case "--save": saves = true
      case "--tables":
        tables = [try Self.value(of: option, &rest)]
        while let file = rest.first, !file.hasPrefix("--") { tables?.append(rest.removeFirst()) }
      case "--check": checks = true
      case "--profile": profile = try Self.value(of: option, &rest)
      case "--seconds": seconds = try Self.seconds(try Self.value(of: option, &rest))
      default: throw .usage("unknown option \(option); --help lists those there are")
      }
      if task == .help { return }
    }
    if saves, !filters.isEmpty { throw .usage("--save keeps whole runs; leave --filter away") }
    if let tables {
      task = checks ? .tableCheck(tables) : .tables(tables)
    } else if checks {
      throw .usage("--check goes with --tables FILE...")
    }
    if let profile {
      task = .profile(name: profile, seconds: seconds ?? 10)
    } else if seconds != nil {
      throw .usage("--seconds goes with --profile NAME")
    }
  }

  private static func value(
    of option: String, _ rest: inout ArraySlice<String>
  ) throws(Failure) -> String {
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw .usage("\(option) needs a value")
    }
    return value
  }

  private static func seconds(_ text: String) throws(Failure) -> Double {
    guard let seconds = Double(text), seconds.isFinite, seconds > 0 else {
      throw .usage("--seconds is \(text); it must be a number above 0")
    }
    return seconds
  }
}

/// Why a run ends without success; one line.
enum Failure: Error, Equatable, CustomStringConvertible {
  /// An argument is wrong, or a file that it names.
  case usage(String)
  /// A result is wrong, or a call that must not allocate memory did.
  case result(String)

  var description: String {
    switch self {
    case .usage(let text), .result(let text): text
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .usage: 2
    case .result: 1
    }
  }
}
