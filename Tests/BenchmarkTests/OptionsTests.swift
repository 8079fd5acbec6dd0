import CommandLineSupport
import Testing

@testable import benchmarks

@Suite("The command line of the benchmarks")
struct OptionsTests {
  @Test("Nothing asks for all rows")
  func nothing() throws {
    let options = try Options([])
    #expect(options.task == .measure)
    #expect(options.filters.isEmpty)
    #expect(!options.isQuick)
  }

  @Test("Every option is understood, and filters add up")
  func everything() throws {
    let options = try Options([
      "--quick", "--filter", "train", "--filter", "live", "--json", "a.json", "--svg", "b.svg",
      "--compare", "c.json",
    ])
    #expect(options.isQuick)
    #expect(options.filters == ["train", "live"])
    #expect(options.json == "a.json")
    #expect(options.svg == "b.svg")
    #expect(options.compare == "c.json")
    #expect(try Options(["--list"]).task == .list)
    #expect(try Options(["--help"]).task == .help)
  }

  @Test("A profile runs for the seconds given, or for ten")
  func profile() throws {
    #expect(
      try Options(["--profile", "x", "--seconds", "2.5"]).task
        == .profile(name: "x", seconds: 2.5))
    #expect(try Options(["--profile", "x"]).task == .profile(name: "x", seconds: 10))
  }

  @Test(
    "What is wrong is refused with a line that names it",
    arguments: [
      (["--fast"], "--fast"), (["train"], "train"), (["--json"], "--json"),
      (["--filter", "--quick"], "--filter"), (["--profile", "x", "--seconds", "0"], "0"),
      (["--profile", "x", "--seconds", "nan"], "nan"), (["--seconds", "1"], "--profile"),
    ])
  func refused(arguments: [String], named: String) {
    let failure = #expect(throws: Failure.self) { try Options(arguments) }
    #expect(failure?.description.contains(named) == true)
    #expect(failure?.description.contains("\n") == false)
    #expect(failure?.exitStatus == 2)
  }

  @Test("Tables take the files up to the next option")
  func tables() throws {
    #expect(
      try Options(["--tables", "a.md", "--tables", "b.md"]).task == .tables(["a.md", "b.md"]))
    #expect(try Options(["--tables", "a.md", "--check"]).task == .tableCheck(["a.md"]))
    #expect(throws: Failure.usage("--tables needs a value: --tables FILE")) {
      try Options(["--tables"])
    }
    #expect(throws: Failure.usage("--check goes with --tables FILE")) {
      try Options(["--check"])
    }
  }

  @Test("A run is saved as a whole")
  func save() throws {
    #expect(try Options(["--save"]).saves)
    #expect(throws: Failure.usage("--save keeps whole runs; leave --filter away")) {
      try Options(["--filter", "train", "--save"])
    }
  }
}
