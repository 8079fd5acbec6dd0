import Foundation
import Testing

@testable import CommandLineSupport

@Suite("Output files")
struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Checking leaves the folder as it was, writing leaves one whole file")
  func whole() throws {
    let output = try OutputFile(folder.file("a"), option: "--out")
    #expect(try folder.names() == [])
    try output.write(String(repeating: "long ", count: 100_000))
    #expect(try folder.names() == ["a"])
    #expect(try text(of: folder.file("a")).count == 500_000)
    try output.write("short")
    #expect(try text(of: folder.file("a")) == "short")
  }

  @Test("A failing write leaves no file behind and the old one alone")
  func failure() throws {
    let target = try folder.write("old", to: "a")
    let output = try OutputFile(target, option: "--out")
    try FileManager.default.removeItem(atPath: target)
    // A folder that is not empty cannot be replaced by a file.
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    _ = try folder.write("inner", to: "a/b")
    #expect(throws: Failure.self) { try output.write("new") }
    #expect(try folder.names() == ["a"])
    #expect(try text(of: folder.file("a/b")) == "inner")
  }

  @Test("A symbolic link is followed, not replaced")
  func link() throws {
    let target = try folder.write("old", to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: target)
    try OutputFile(folder.file("link"), option: "--out").write("new")
    #expect(try text(of: target) == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == target)
  }

  @Test("A link to a file that does not exist yet makes that file, wherever it points")
  func danglingLink() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("inner"), withIntermediateDirectories: false)
    for (link, target) in [("near", "new"), ("far", "inner/new"), ("chain", "far")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(link), withDestinationPath: target)
    }
    try OutputFile(folder.file("near"), option: "--out").write("near")
    try OutputFile(folder.file("chain"), option: "--out").write("far")
    #expect(try text(of: folder.file("new")) == "near")
    #expect(try text(of: folder.file("inner/new")) == "far")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("far")) != "")
    #expect(try folder.names() == ["chain", "far", "inner", "near", "new"])
  }

  @Test("Links that lead in a circle are refused")
  func circle() throws {
    for (link, target) in [("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(link), withDestinationPath: target)
    }
    let path = folder.file("a")
    #expect(
      throws: Failure.data("--out \(path) cannot be written: Too many levels of symbolic links")
    ) { try OutputFile(path, option: "--out") }
  }

  @Test("A file keeps its mode", arguments: [0o600, 0o755, 0o644] as [mode_t])
  func mode(mode: mode_t) throws {
    let path = try folder.write("old", to: "a")
    chmod(path, mode)
    try OutputFile(path, option: "--out").write("new")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == mode)
    #expect(try text(of: path) == "new")
  }

  @Test("A pipe with a name is written through, and stays one")
  func pipe() throws {
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let output = try OutputFile(path, option: "--out")
    // Opened for both ways, the pipe needs nobody at its other end.
    let reader = open(path, O_RDWR)
    defer { close(reader) }
    try output.write("through")
    var bytes = [UInt8](repeating: 0, count: 7)
    #expect(read(reader, &bytes, 7) == 7 && bytes == Array("through".utf8))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try folder.names() == ["pipe"])
  }

  @Test("A pipe whose reader has gone is refused in words, and does not end the program")
  func goneReader() throws {
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let output = try OutputFile(path, option: "--out")
    let reader = Process()
    reader.executableURL = URL(fileURLWithPath: "/bin/sh")
    reader.arguments = ["-c", "head -c 1 '\(path)' > /dev/null"]
    try reader.run()
    // More than a pipe holds.
    #expect(throws: Failure.data("--out \(path) cannot be written: Broken pipe")) {
      try output.write([UInt8](repeating: 0, count: 1 << 22))
    }
    reader.waitUntilExit()
  }

  @Test("A signal waits until no temporary file is left")
  func signals() throws {
    // The test program outlives the signal, when it comes; and a thread of the tests may refuse it.
    let previous = signal(SIGHUP) { _ in }
    var (hangUp, mask) = (sigset_t(), sigset_t())
    sigemptyset(&hangUp)
    sigaddset(&hangUp, SIGHUP)
    pthread_sigmask(SIG_UNBLOCK, &hangUp, &mask)
    defer {
      pthread_sigmask(SIG_SETMASK, &mask, nil)
      signal(SIGHUP, previous)
    }
    func isWaiting() -> Bool {
      var pending = sigset_t()
      sigpending(&pending)
      return sigismember(&pending, SIGHUP) == 1
    }
    do {
      var file = try TemporaryFile(for: folder.file("a")) { _ in .data("no") }
      raise(SIGHUP)
      #expect(isWaiting())
      try file.write(Array("whole".utf8))
      try file.publish()
    }
    #expect(!isWaiting())
    #expect(try folder.names() == ["a"])
    #expect(try text(of: folder.file("a")) == "whole")
  }

  @Test("A temporary file that is not published is gone, and the old file as it was")
  func abandoned() throws {
    let path = try folder.write("old", to: "a")
    do {
      var file = try TemporaryFile(for: path) { _ in .data("no") }
      try file.write(Array("half".utf8))
      #expect(try folder.names().count == 2)
    }
    #expect(try folder.names() == ["a"])
    #expect(try text(of: path) == "old")
  }

  @Test(
    "A pipe whose reader never comes, or never reads, does not keep the program from its user",
    arguments: [SIGINT, SIGTERM, SIGHUP], [false, true])
  func abandonedPipe(signal: Int32, isOpen: Bool) async throws {
    #expect(mkfifo(folder.file("p"), 0o600) == 0)
    // The JSON of the plate is more than a pipe holds.
    let reader = isOpen ? open(folder.file("p"), O_RDONLY | O_NONBLOCK) : -1
    defer { if isOpen { close(reader) } }
    let process = Process()
    process.executableURL = Run.builds.appendingPathComponent("single-path")
    process.arguments = ["fit", "--json", folder.file("p")]
    process.standardOutput = FileHandle.nullDevice
    // The threads of tests hold signals, which a program that they start would inherit.
    var (none, previous) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &previous)
    try process.run()
    pthread_sigmask(SIG_SETMASK, &previous, nil)
    try await Task.sleep(for: .seconds(3))
    #expect(process.isRunning)
    kill(process.processIdentifier, signal)
    for _ in 0..<100 where process.isRunning { try await Task.sleep(for: .milliseconds(100)) }
    let hasEnded = !process.isRunning
    if !hasEnded { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(hasEnded && process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
  }

  @Test("A name of 255 bytes is written, in letters of one byte or more")
  func longName() throws {
    for name in [String(repeating: "n", count: 255), String(repeating: "µ", count: 127)] {
      let file = try OutputFile(folder.file(name), option: "--out")
      #expect(try !folder.names().contains(name))
      try file.write("whole")
      #expect(try text(of: folder.file(name)) == "whole")
    }
    #expect(try folder.names().count == 2)
  }

  @Test("A device is written to, not replaced")
  func device() throws {
    try OutputFile("/dev/null", option: "--out").write("nothing")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("A folder, or a file in a folder that is not there, is refused at once")
  func refused() {
    let path = folder.path
    #expect(throws: Failure.data("--svg \(path) is a folder; name a file")) {
      try OutputFile(path, option: "--svg")
    }
    #expect(
      throws: Failure.data("--svg \(path)/no/f cannot be written: No such file or directory")
    ) { try OutputFile(path + "/no/f", option: "--svg") }
  }
}

@Suite("The files of a program")
struct OutputFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Two names of one file are noticed, whether it exists or not", arguments: [false, true],
    ["./a", "link", "hard", "inner/../a"])
  func twoNames(exists: Bool, other: String) throws {
    if exists || other == "hard" { _ = try folder.write("old", to: "a") }
    try FileManager.default.createDirectory(
      atPath: folder.file("inner"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("a"))
    if other == "hard" { #expect(link(folder.file("a"), folder.file("hard")) == 0) }
    var files = OutputFiles()
    _ = try files.open(folder.file("a"), option: "--out")
    let path = folder.file(other)
    #expect(throws: Failure.usage("--svg \(path) is the file of --out too; name another")) {
      try files.open(path, option: "--svg")
    }
    _ = try files.open(folder.file("b"), option: "--json")
  }

  @Test("What is read is not written over")
  func input() throws {
    let path = try folder.write("data", to: "a")
    var files = OutputFiles()
    files.read(path, as: "the data")
    #expect(throws: Failure.usage("--out \(path) is the file of the data too; name another")) {
      try files.open(path, option: "--out")
    }
  }

  @Test("Two outputs may go to one device")
  func device() throws {
    var files = OutputFiles()
    for option in ["--out", "--svg"] { _ = try files.open("/dev/null", option: option) }
  }
}
