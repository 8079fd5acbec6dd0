import CommandLineSupport
import Foundation

/// Results that are kept with the sources, a file for each processor.
enum SavedResults {
  static let folder = "Benchmarks/results"

  /// Where those of a machine belong.
  static func path(of machine: Machine) -> String {
    "\(folder)/\(fileName(machine.model, machine.instructionSets.last ?? "")).json"
  }

  /// A processor's name and instruction set in lower-case words, for a file's name.
  static func fileName(_ parts: String...) -> String {
    let words = parts.joined(separator: " ").lowercased().split { character in
      !(character.isASCII && (character.isLetter || character.isNumber))
    }
    return words.joined(separator: "-")
  }

  /// All that there are in a folder, in the order of their names.
  static func read(from folder: String = folder) throws(Failure) -> [Results] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var all: [Results] = []
    for name in names.sorted() where name.hasSuffix(".json") {
      all.append(try Files.read("\(folder)/\(name)"))
    }
    return all
  }

  /// JSON with a line for the machine and one for each row and ratio, so that a version control system
  /// shows what changed.
  static func json(_ results: Results) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func line(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    func list(_ values: [some Encodable]) throws -> String {
      try values.map(line).joined(separator: ",\n")
    }
    return """
      {"machine": \(try line(results.machine)),
      "rows": [
      \(try list(results.rows))
      ],
      "ratios": [
      \(try list(results.ratios ?? []))
      ]}

      """
  }
}
