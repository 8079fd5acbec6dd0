import Foundation
import Testing

/// A table whose C header and Swift source must hold the bits of its CSV file.
struct WrittenTable: Sendable, CustomTestStringConvertible {
  let table: GeneratedTable
  let count: Int
  /// The unsigned integer of C as wide as a value.
  let type: String
  /// A Swift expression for the bits of `value`.
  let swiftBits: String
  let bits: @Sendable (Double) -> UInt64
  var testDescription: String { table.name }

  static let all = [
    float(.register, count: 128), float(.memory512, count: 513), float(.memory256, count: 257),
    WrittenTable(
      table: .memoryDouble, count: 1025, type: "uint64_t", swiftBits: "value.bitPattern",
      bits: { $0.bitPattern }),
    WrittenTable(
      table: .memoryQ15, count: 257, type: "uint16_t", swiftBits: "UInt16(bitPattern: value)",
      bits: { UInt64(UInt16(bitPattern: Int16($0))) }),
  ]

  private static func float(_ table: GeneratedTable, count: Int) -> WrittenTable {
    WrittenTable(
      table: table, count: count, type: "uint32_t", swiftBits: "value.bitPattern",
      bits: { UInt64(Float($0).bitPattern) })
  }

  var expected: [UInt64?] { table.values.map(bits) }
}

@Suite("C headers, Swift sources and CSV hold the same bits")
struct LanguageTests {
  @Test("as a C compiler reads them", arguments: WrittenTable.all)
  func header(written: WrittenTable) throws {
    let (table, name) = (written.table, written.table.name)
    let compiler = try #require(
      ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) },
      "no C compiler found: install cc, clang or gcc in /usr/bin to check the headers")
    let printer = """
      #include "table.h"
      #include <inttypes.h>
      #include <stdio.h>
      #include <string.h>
      int main(void) {
        size_t count = sizeof \(name)_values / sizeof \(name)_values[0];
        for (size_t i = 0; i < count; i++) {
          \(written.type) bits;
          _Static_assert(sizeof bits == sizeof \(name)_values[0], "width");
          memcpy(&bits, &\(name)_values[i], sizeof bits);
          printf("%" PRIu64 "\\n", (uint64_t)bits);
        }
      }
      """
    let printed = try built(
      ["table.h": table.header, "print.c": printer],
      by: [compiler, "-std=c11", "-Wall", "-Werror", "-Wno-unused", "print.c"])
    #expect(table.values.count == written.count)
    #expect(printed == written.expected)
  }

  @Test("as the Swift compiler reads them")
  func swiftSource() throws {
    var files: [String: String] = [:]
    var printer = ""
    for written in WrittenTable.all {
      let (name, count) = (written.table.name, written.count)
      files[name + ".swift"] = written.table.swift
      printer +=
        "for i in 0..<\(count) { let value = \(name).values[i]; print(\(written.swiftBits)) }\n"
    }
    files["main.swift"] = printer
    let printed = try built(files, by: ["/usr/bin/env", "swiftc"] + files.keys.sorted())
    #expect(printed == WrittenTable.all.flatMap(\.expected))
  }

  /// Builds a program of these files, and returns the numbers that it prints.
  private func built(_ files: [String: String], by command: [String]) throws -> [UInt64?] {
    try withTemporaryFolder { folder in
      for (name, text) in files {
        try text.write(toFile: folder + name, atomically: true, encoding: .utf8)
      }
      let arguments = command.dropFirst().map { files[$0] == nil ? $0 : folder + $0 }
      let compiled = try run(command[0], arguments + ["-o", folder + "print"])
      try #require(compiled.status == 0, "\(compiled.errors)")
      return try run(folder + "print", []).output.split(separator: "\n").map { UInt64($0) }
    }
  }
}

@Suite("Digests")
struct DigestTests {
  @Test("the kernel's table is the one that is tested here")
  func kernelTable() throws {
    let path = packageRoot + "Sources/SinglePathShims/include/sp_sigmoid_table.h"
    let kernel = try Claims(in: String(contentsOfFile: path, encoding: .utf8))
    #expect(try GeneratedTable.register.claims.digest == kernel.digest)
  }

  @Test("the digest is FNV-1a 64 of the bytes")
  func digest() throws {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in GeneratedTable.register.values {
      for byte in 0..<4 {
        hash ^= UInt64(Float(value).bitPattern >> (8 * byte) & 255)
        hash &*= 1_099_511_628_211
      }
    }
    #expect(try GeneratedTable.register.claims.digest == String(hash, radix: 16) + ".")
  }
}
