import Foundation

/// Files of a run: read and checked before it begins, written whole or not at all at its end.
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

  /// Refuses a place where nothing can be written, before minutes are spent.
  static func checkWritable(_ path: String) throws(Failure) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard FileManager.default.isWritableFile(atPath: folder), !(exists && isFolder.boolValue) else {
      throw .usage("cannot write \(path)")
    }
  }

  static func write(_ data: Data, to path: String) throws(Failure) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .usage("cannot write \(path): \(error.localizedDescription)")
    }
  }

  static func decode<Value: Decodable>(_: Value.Type, from json: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(json.utf8))
  }

  static func json(_ results: Results) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(results)
  }
}
