import Foundation
import FoundationXML
import Testing

@Suite("The sigmoid-tables command")
struct CommandTests {
  @Test(
    "refuses what it cannot do, in one line",
    arguments: [
      (["--segments", "12"], "power of two"), (["--segments", "0"], "power of two"),
      (["--segments", "64"], "8...32"), (["--segments", "-8"], "power of two"),
      (["--form", "memory", "--nodes", "500"], "power of two"),
      (["--form", "memory", "--nodes", "65536"], "16...32768"),
      (["--nodes", "512"], "--segments"), (["--form", "memory", "--segments", "32"], "--nodes"),
      (["--degree", "9"], "1...5"), (["--degree", "0"], "1...5"),
      (["--form", "memory", "--degree", "4"], "1...3"), (["--degree", "two"], "integer"),
      (["--domain", "5:-5"], "reversed"), (["--domain", "3:3"], "empty"),
      (["--domain", "3"], "LO:HI"), (["--domain", "nan:nan"], "LO:HI"),
      (["--domain", "-3:4"], "-X:X"), (["--domain", "-99:99"], "1...40"),
      (["--form", "memory", "--domain", "-10:10"], "power of two"),
      (["--form", "memory", "--domain", "16:48"], "hold 0"),
      (["--form", "memory", "--type", "q15", "--domain", "-8:8"], "-16:16"),
      (["--type", "double"], "register form"), (["--type", "half"], "give 'float'"),
      (["--form", "tree"], "give 'register' or 'memory'"), (["--name", "9 lives"], "identifier"),
      (["--fast"], "unknown option '--fast'"), (["stray"], "unexpected argument 'stray'"),
      (["--c", "--csv"], "exclude each other"), (["--report", "--c"], "--c belongs to a table"),
      (["--check", "--output", "t"], "--output belongs to a table"),
      (["--help", "--wibble"], "unknown option '--wibble'"),
      (["--degree", "2", "--degree", "3"], "twice"),
      (["--output"], "needs a value"), (["--degree", "--c"], "needs a value"),
      (["--form", "memory", "--nodes", "16", "--degree", "3", "--domain", "-32:32"], "too coarse"),
    ])
  func refusals(arguments: [String], words: String) throws {
    let outcome = try sigmoidTables(arguments)
    #expect(outcome.status != 0)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("sigmoid-tables: ") && outcome.errors.contains(words))
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test("leaves nothing behind where it cannot write", arguments: ["--output", "--svg"])
  func unwritable(option: String) throws {
    try withTemporaryFolder { folder in
      let taken = folder + "taken/full"
      try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
      for path in [folder + "taken", folder + "missing/file"] {
        let outcome = try sigmoidTables(["--segments", "8", "--degree", "1", option, path])
        #expect(outcome.status != 0 && outcome.errors.contains("\(option) \(path) "))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }

  @Test("does not say success where its table cannot be printed or written")
  func fullOutput() throws {
    let small = ["--segments", "8", "--degree", "1"]
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let printed = try sigmoidTables(small, printingTo: full)
    #expect(printed.status == 1)
    #expect(
      printed.errors
        == "sigmoid-tables: standard output cannot be written: No space left on device\n")
    let written = try sigmoidTables(small + ["--output", "/dev/full"])
    #expect(written.status == 1)
    #expect(
      written.errors
        == "sigmoid-tables: --output /dev/full cannot be written: No space left on device\n")
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("follows a link instead of replacing it, and keeps the mode of its file")
  func link() throws {
    try withTemporaryFolder { folder in
      #expect(
        FileManager.default.createFile(
          atPath: folder + "table", contents: nil, attributes: [.posixPermissions: 0o640]))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "link", withDestinationPath: "table")
      let outcome = try sigmoidTables(
        ["--segments", "8", "--degree", "1", "--output", folder + "link"])
      #expect(outcome.status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "table")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(attributes[.size] as? Int ?? 0 > 100)
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: folder + "link") == "table")
    }
  }

  @Test("lists commands that make the committed files, byte for byte")
  func list() throws {
    let commands = try sigmoidTables(["--list"]).output.split(separator: "\n")
    #expect(commands.count == 2)
    let command = try #require(commands.first { $0.contains("memory_512_degree_2.h") })
    let arguments = command.split(separator: " ").dropFirst().map(String.init)
    let path = try #require(arguments.last)
    try withTemporaryFolder { folder in
      let copy = folder + "copy.h"
      #expect(try sigmoidTables(arguments.dropLast() + [copy]).status == 0)
      let made = try String(contentsOfFile: copy, encoding: .utf8)
      let committed = try String(contentsOfFile: packageRoot + path, encoding: .utf8)
      #expect(made.replacing(copy, with: path) == committed)
    }
  }

  @Test("reports bound, error with witness, monotonicity and saturation; draws the error")
  func report() throws {
    try withTemporaryFolder { folder in
      let path = folder + "error.svg"
      let said = try sigmoidTables(["--report", "--svg", path]).output
      for word in ["Bound: ", "Measured: ", "at x = 0x", "Monotone: ", "Saturates: ", "Digest: "] {
        #expect(said.contains(word))
      }
      let drawing = try XMLDocument(contentsOf: URL(filePath: path))
      #expect(drawing.rootElement()?.name == "svg")
    }
  }

  @Test("writes tables of every form and type, of the least and the greatest degree")
  func everyForm() throws {
    for (segments, degree) in [("8", "1"), ("16", "2"), ("32", "5")] {
      let outcome = try sigmoidTables(["--segments", segments, "--degree", degree, "--csv"])
      #expect(outcome.status == 0, "\(segments) segments, degree \(degree): \(outcome.errors)")
    }
    for type in ["float", "double", "q15"] {
      let outcome = try sigmoidTables(
        ["--form", "memory", "--type", type, "--nodes", "1024", "--degree", "1", "--c"])
      #expect(outcome.status == 0, "\(type): \(outcome.errors)")
    }
  }
}

@Suite("The check of committed tables")
struct CheckTests {
  @Test("passes on what is committed, and fails with the mending command on one altered digit")
  func check() throws {
    try withTemporaryFolder { folder in
      let commands = try sigmoidTables(["--list"]).output.split(separator: "\n")
      let paths = commands.compactMap { $0.split(separator: " ").last.map(String.init) }
      for path in paths { try copy(path, to: folder) }
      let clean = try sigmoidTables(["--check", "--root", folder])
      #expect(clean.status == 0, "\(clean.errors)")

      let victim = try #require(paths.last)
      let text = try String(contentsOfFile: folder + victim, encoding: .utf8)
      try text.replacing("0x1.0140eep-23", with: "0x1.0140ecp-23")
        .write(toFile: folder + victim, atomically: true, encoding: .utf8)
      let altered = try sigmoidTables(["--check", "--root", folder])
      #expect(altered.status != 0)
      #expect(altered.errors.contains(victim))
      #expect(altered.errors.contains("swift run \(try #require(commands.last))"))

      try FileManager.default.removeItem(atPath: folder + victim)
      #expect(try sigmoidTables(["--check", "--root", folder]).errors.contains("cannot be read"))
    }
  }

  private func copy(_ path: String, to folder: String) throws {
    let target = URL(filePath: folder + path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(filePath: packageRoot + path), to: target)
  }
}
