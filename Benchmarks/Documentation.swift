import CommandLineSupport
import Foundation

/// Files of the documentation with tables of saved results.
enum Documentation {
  /// Writes the tables of the files anew.
  static func write(_ paths: [String], from results: [Results]) throws(Failure) {
    for path in paths {
      let (old, text) = try filled(path, from: results)
      if text != old { try OutputFile(path, option: "--tables").write(text) }
      print("\(path): \(try MarkedText(text).names.count) tables")
    }
  }

  /// Compares the tables of the files with what the results give.
  ///
  /// - Throws: `Failure.result` that names the first file that differs.
  static func check(_ paths: [String], from results: [Results]) throws(Failure) {
    for path in paths {
      let (old, text) = try filled(path, from: results)
      guard text == old else {
        throw .result(
          "\(path) has tables that \(SavedResults.folder) does not give; "
            + "run swift run -c release benchmarks --tables \(path)")
      }
      print("\(path): \(try MarkedText(text).names.count) tables are as saved")
    }
  }

  private static func filled(
    _ path: String, from results: [Results]
  ) throws(Failure) -> (old: String, new: String) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .usage("cannot read \(path)")
    }
    let old = String(decoding: data, as: UTF8.self)
    do throws(Failure) {
      return (old, try MarkedText(old).filled(from: results))
    } catch {
      throw .usage("\(path): \(error)")
    }
  }
}
