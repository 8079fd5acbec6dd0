import Foundation
import Testing

@testable import single_path

/// A step that needs no file, and prints a page.
private let explain = "$program explain --weights 1,2 --x 1 --y 1"

@Suite("Streams that cannot be written to")
struct StreamTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A closed standard output is a failure with a line")
  func closedOutput() throws {
    let run = try Run(script: "\(explain) >&-")
    #expect(run.status == 1)
    #expect(run.errors == "single-path: standard output cannot be written: Bad file descriptor\n")
  }

  @Test("A file that is written does not take the place of a closed standard output")
  func closedOutputWithFile() throws {
    let run = try Run(
      script: "$program depth-study --epochs 0 --svg d.svg >&-", folder: folder)
    #expect(run.status == 1 && run.errors.contains("standard output cannot be written"))
    #expect(try text(of: folder.file("d.svg")).hasSuffix("</svg>\n"))
  }

  @Test(
    "Where standard error cannot be written the status still tells",
    arguments: [
      ("$program train", 2), ("$program fit no.csv", 1),
    ], ["2>&-", "2>/dev/full"])
  func errors(command: (script: String, status: Int32), redirection: String) throws {
    let run = try Run(script: "\(command.script) \(redirection)", folder: folder)
    #expect(run.status == command.status && run.errors.isEmpty)
  }

  @Test("A file that may not grow so large is refused in words, and leaves nothing behind")
  func tooLarge() throws {
    let run = try Run(
      script: "ulimit -f 2; $program depth-study --epochs 0 --svg d.svg", folder: folder)
    #expect(run.status == 1)
    #expect(run.errors == "single-path: --svg d.svg cannot be written: File too large\n")
    #expect(try folder.names().isEmpty)
  }

  @Test("An output beside what is printed goes to the same redirected stream, in order")
  func redirected() throws {
    let run = try Run(
      script: "$program depth-study --epochs 0 --svg /dev/stdout > all", folder: folder)
    #expect(run.status == 0 && run.errors.isEmpty)
    let all = try text(of: folder.file("all"))
    #expect(all.hasPrefix("<svg ") && all.contains("</svg>\n") && all.contains("depth"))
    let again = try Run(
      script: "$program depth-study --epochs 0 --svg all > all", folder: folder)
    #expect(again.status == 2)
    #expect(
      again.errors == "single-path: --svg all is the file of standard output too; name another\n")
  }
}
