import Foundation

/// The package's folder, where the committed tables are.
let packageRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

/// What a finished process said.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String
}

/// Runs a program to its end.
///
/// - Parameter file: takes its standard output, instead of `output`.
func run(
  _ program: String, _ arguments: [String], printingTo file: FileHandle? = nil
) throws -> Outcome {
  let process = Process()
  let (output, errors) = (Pipe(), Pipe())
  process.executableURL = URL(filePath: program)
  process.arguments = arguments
  process.standardOutput = output
  process.standardError = errors
  if let file { process.standardOutput = file }
  try process.run()
  // Otherwise the end of the output would only be seen once this process has let go of it too.
  if file != nil { try output.fileHandleForWriting.close() }
  let said = output.fileHandleForReading.readDataToEndOfFile()
  let complaints = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Outcome(
    status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
    errors: String(decoding: complaints, as: UTF8.self))
}

/// Runs the generator, which the build puts beside the tests.
func sigmoidTables(
  _ arguments: [String], printingTo file: FileHandle? = nil
) throws -> Outcome {
  try run(
    Bundle.main.bundleURL.appending(path: "sigmoid-tables").path(), arguments, printingTo: file)
}

/// Calls `body` with the path of a new folder, slash at the end, which is gone afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path() + "/")
}

/// σ by libm with the sign split: nothing shared with the generator.
func referenceSigmoid(_ x: Double) -> Double {
  let e = exp(-abs(x))
  return x < 0 ? e / (1 + e) : 1 / (1 + e)
}

/// What a generated file says of itself.
struct Claims {
  let bound: Double
  let largestDrop: Double
  let witness: Double
  let digest: String

  init(in text: String) throws {
    bound = try Self.number(after: "|error| <= ", in: text)
    witness = try Self.number(after: "Measured: ", skippingTo: "at x = ", in: text)
    largestDrop =
      text.contains("Monotone: yes.") ? 0 : try Self.number(after: "largest drop ", in: text)
    digest = try Self.words(after: "of the values ", in: text)
  }

  struct Missing: Error { let words: String }

  private static func words(after mark: String, in text: String) throws -> String {
    guard let range = text.range(of: mark) else { throw Missing(words: mark) }
    return String(text[range.upperBound...].prefix { !$0.isWhitespace && $0 != "," })
  }

  private static func number(
    after mark: String, skippingTo second: String? = nil, in text: String
  ) throws -> Double {
    guard let range = text.range(of: mark) else { throw Missing(words: mark) }
    let rest = String(text[range.lowerBound...])
    let word = try words(after: second ?? mark, in: rest)
    guard let number = Double(word) else { throw Missing(words: word) }
    return number
  }
}
