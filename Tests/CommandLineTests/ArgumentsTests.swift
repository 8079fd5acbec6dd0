import CommandLineSupport
import Testing

private let options = [
  Option("--depth", "L", "a number"), Option("--flag", nil, "a flag"),
  Option("--w", "w1,…", "list"), Option("--only", "NAME", "names", repeats: true),
]

private func parse(_ words: String...) throws -> Arguments {
  try Arguments(words, command: "single-path fit", options: options, positionals: 1)
}

@Suite("Command line")
struct ArgumentsTests {
  @Test("Options and the file come in any order, with a space or an equals sign")
  func order() throws {
    for arguments in [
      try parse("--flag", "f.csv", "--depth", "-3"), try parse("--depth=-3", "--flag", "f.csv"),
    ] {
      #expect(arguments.positionals == ["f.csv"])
      #expect(arguments.has("--flag"))
      #expect(try arguments.wholeNumber("--depth", in: -5...5, default: 0) == -3)
    }
  }

  @Test("What is not given has its default")
  func defaults() throws {
    let arguments = try parse()
    #expect(try arguments.wholeNumber("--depth", in: 1...8, default: 3) == 3)
    #expect(try arguments.positiveNumber("--depth", default: 0.5) == 0.5)
    #expect(!arguments.has("--w"))
    #expect(!arguments.has("--flag"))
  }

  @Test("An option that may be given again collects its values in order")
  func repeated() throws {
    let arguments = try parse("--only", "b", "f.csv", "--only=a b")
    #expect(arguments.texts("--only") == ["b", "a b"])
    #expect(try parse().texts("--only").isEmpty)
  }

  @Test("A lone hyphen is a file, standard input, and no option")
  func hyphen() throws {
    #expect(try parse("-", "--flag").positionals == ["-"])
  }

  @Test("Lists are separated by commas")
  func lists() throws {
    let list = try parse("--w", "-1,2.5,1e-3").numbers("--w")
    #expect(list == [-1, 2.5, 1e-3])
    for list in ["1,,2", "1,x", "1,nan", "1e39", ","] {
      #expect(throws: Failure.self) { try parse("--w", list).numbers("--w") }
    }
  }

  @Test("Words that do not belong are named")
  func faults() {
    let help = "'single-path fit --help' lists what there is"
    #expect(throws: Failure.usage("unknown option '--nope'; \(help)")) { try parse("--nope") }
    #expect(throws: Failure.usage("unexpected argument 'b'; \(help)")) { try parse("a", "b") }
    #expect(throws: Failure.usage("--flag takes no value")) { try parse("--flag=1") }
    #expect(throws: Failure.usage("--depth is given twice")) {
      try parse("--depth", "1", "--depth", "2")
    }
    for words in [["--depth"], ["--depth", "--flag"], ["--depth="], ["--depth", ""]] {
      #expect(throws: Failure.usage("--depth needs a value: --depth L")) {
        try Arguments(words, command: "single-path fit", options: options)
      }
    }
  }

  @Test(
    "Whole numbers keep to their range", arguments: ["0", "9", "x", "1.5", "99999999999999999999"])
  func ranges(text: String) throws {
    let arguments = try parse("--depth", text)
    #expect(throws: Failure.usage("--depth is '\(text)'; give a whole number from 1 to 8")) {
      try arguments.wholeNumber("--depth", in: 1...8, default: 3)
    }
  }

  @Test("A rate is finite and above 0", arguments: ["0", "-1", "nan", "inf", "x", "1e-60"])
  func rates(text: String) throws {
    let arguments = try parse("--depth", text)
    #expect(throws: Failure.self) { try arguments.positiveNumber("--depth", default: 1) as Float }
  }
}
