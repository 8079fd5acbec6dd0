import CommandLineSupport
import Foundation

/// The form in which results are kept in files.
enum Files {
  static func read(_ path: String) throws(Failure) -> Results {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .usage("cannot read \(path)")
    }
    let text = String(decoding: data, as: UTF8.self)
    guard let results = try? decode(Results.self, from: text) else {
      throw .usage("\(path) is not a result of --json")
    }
    return results
  }

  static func decode<Value: Decodable>(_: Value.Type, from json: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(json.utf8))
  }

  static func json(_ results: Results) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(results), as: UTF8.self) + "\n"
  }
}
