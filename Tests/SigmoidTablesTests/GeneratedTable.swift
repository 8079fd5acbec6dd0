import Foundation

@testable import sigmoid_tables

/// A table as the generator writes it, made once for all tests.
struct GeneratedTable: Sendable {
  /// The name in the C header and in the Swift source.
  let name: String
  let csv: String
  let header: String
  let swift: String
  /// The values as the CSV file has them, row by row.
  let values: [Double]
  private let constants: [String: Double]

  static let register = make(
    "RegisterTable", "--form register --segments 32 --degree 3 --domain -13.4:13.4")
  static let memory512 = make("MemoryTable512", "--form memory --nodes 512 --degree 2")
  static let memory256 = make("MemoryTable256", "--form memory --nodes 256 --degree 3")
  static let memoryDouble = make(
    "MemoryTableDouble", "--form memory --nodes 1024 --degree 3 --type double")
  static let memoryQ15 = make("MemoryTableQ15", "--form memory --nodes 256 --degree 2 --type q15")

  private static func make(_ name: String, _ options: String) -> GeneratedTable {
    do { return try GeneratedTable(name, options) } catch { fatalError("\(name): \(error)") }
  }

  private init(_ name: String, _ options: String) throws {
    func words(_ language: String) -> [String] {
      "\(options) --name \(name) \(language)".split(separator: " ").map(String.init)
    }
    let table = try MeasuredTable(Options(words("--csv")))
    func text(_ language: String) throws -> String {
      try table.text(Options(words(language)), words(language))
    }
    self.name = name
    (csv, header, swift) = try (text("--csv"), text("--c"), text("--swift"))
    let lines = csv.split(separator: "\n")
    values = lines.filter { !$0.hasPrefix("#") }.dropFirst().compactMap {
      Double($0.split(separator: ",")[2])
    }
    let named = lines.filter { $0.hasPrefix("# ") }.map { $0.dropFirst(2).split(separator: " ") }
    constants = Dictionary(
      named.filter { $0.count == 3 && $0[1] == "=" }.map { (String($0[0]), Double($0[2]) ?? .nan) },
      uniquingKeysWith: { $1 })
  }

  /// A number of the recipe, NaN if the file has none of that name.
  func constant(_ name: String) -> Double { constants[name, default: .nan] }

  var claims: Claims { get throws { try Claims(in: csv) } }
}
