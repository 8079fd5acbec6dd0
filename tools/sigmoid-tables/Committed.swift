import CommandLineSupport
import Foundation

/// The kernel's table and an example of a memory table, and the command lines that made them.
enum Committed {
  static let commands = [
    "--form register --segments 32 --degree 3 --domain -13.4:13.4 --c --name sp_sigmoid_table "
      + "--output Sources/SinglePathShims/include/sp_sigmoid_table.h",
    "--form memory --nodes 512 --degree 2 --c --name sigmoid_memory_512 "
      + "--output tools/sigmoid-tables/generated/memory_512_degree_2.h",
  ]

  static func arguments(_ command: String) -> [String] {
    command.split(separator: " ").map(String.init)
  }

  /// Throws at the first file that differs from what its command makes.
  static func check(root: String) throws {
    for command in commands {
      let arguments = arguments(command)
      let options = try Options(arguments)
      let path = "\(root)/\(options.output ?? "")"
      let cure = "mend it with: swift run sigmoid-tables \(command)"
      guard let committed = FileManager.default.contents(atPath: path) else {
        throw Failure.data("\(path) cannot be read; \(cure)")
      }
      guard try committed == Data(MeasuredTable(options).text(options, arguments).utf8) else {
        throw Failure.data("\(path) is not what its formula gives; \(cure)")
      }
      try StandardOutput.print("\(path): as generated")
    }
  }
}

/// A table with what it does.
struct MeasuredTable {
  let table: Table
  let measurement: Measurement

  /// Makes and measures what the options ask for; training needs a(1 − a) ≥ 0, so answers must lie
  /// in [0, 1].
  init(_ options: Options) throws(Failure) {
    table = try Table.make(options)
    measurement = Measurement(
      of: table, scalar: options.scalar, allFloats: options.measuresAllFloats)
    guard measurement.smallest >= 0, measurement.greatest <= 1 else {
      throw .usage(
        "this table is too coarse: its answers leave [0, 1]; take more segments, nodes or degrees")
    }
  }

  /// The whole text of the table's file.
  func text(_ options: Options, _ arguments: [String]) -> String {
    Writer(
      options: options, table: table, measurement: measurement,
      command: "sigmoid-tables " + arguments.joined(separator: " ")
    ).text
  }
}
