import Foundation
import Testing

@testable import single_path

@Suite("Output files")
struct AtomicOutputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Checking leaves the folder as it was, writing leaves one whole file")
  func whole() throws {
    let output = try AtomicOutput(folder.file("a"), option: "--out")
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
    let output = try AtomicOutput(target, option: "--out")
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
    try AtomicOutput(folder.file("link"), option: "--out").write("new")
    #expect(try text(of: target) == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == target)
  }

  @Test("A device is written to, not replaced")
  func device() throws {
    try AtomicOutput("/dev/null", option: "--out").write("nothing")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("A folder, or a file in a folder that is not there, is refused at once")
  func refused() {
    let path = folder.path
    #expect(throws: Failure.data("--svg \(path) is a folder; name a file")) {
      try AtomicOutput(path, option: "--svg")
    }
    #expect(
      throws: Failure.data("--svg \(path)/no/f cannot be written: No such file or directory")
    ) { try AtomicOutput(path + "/no/f", option: "--svg") }
  }
}
