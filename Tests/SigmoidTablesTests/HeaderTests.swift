import Foundation
import Testing

private let generated = "tools/sigmoid-tables/generated/"
private let kernelHeader = "Sources/SinglePathShims/include/sp_sigmoid_table.h"

/// A committed C header and the Swift table of the same values.
struct Pair: Sendable, CustomTestStringConvertible {
  let header: String
  let name: String
  let count: Int
  /// A C expression for the bits of `v`, as an unsigned number.
  let type: String
  let bits: @Sendable (Int) -> UInt64
  var testDescription: String { header }
}

private let pairs = [
  Pair(
    header: kernelHeader, name: "sp_sigmoid_table", count: 128, type: "uint32_t",
    bits: { UInt64(RegisterTable.values[$0].bitPattern) }),
  Pair(
    header: generated + "memory_512_degree_2.h", name: "sigmoid_memory_512", count: 513,
    type: "uint32_t",
    bits: { UInt64(MemoryTable512.values[$0].bitPattern) }),
  Pair(
    header: generated + "memory_256_degree_3.h", name: "sigmoid_memory_256", count: 257,
    type: "uint32_t",
    bits: { UInt64(MemoryTable256.values[$0].bitPattern) }),
  Pair(
    header: generated + "memory_1024_degree_3_double.h", name: "sigmoid_memory_double", count: 1025,
    type: "uint64_t", bits: { MemoryTableDouble.values[$0].bitPattern }),
  Pair(
    header: generated + "memory_256_degree_2_q15.h", name: "sigmoid_memory_q15", count: 257,
    type: "uint16_t",
    bits: { UInt64(UInt16(bitPattern: MemoryTableQ15.values[$0])) }),
]

@Suite("C headers and Swift sources hold the same bits")
struct HeaderTests {
  @Test("as a C compiler reads them", arguments: pairs)
  func sameBits(pair: Pair) throws {
    let compiler = try #require(
      ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) },
      "no C compiler found: install cc, clang or gcc in /usr/bin to check the headers")
    let printed = try withTemporaryFolder { folder in
      let source = """
        #include "\(packageRoot)\(pair.header)"
        #include <inttypes.h>
        #include <stdio.h>
        #include <string.h>
        int main(void) {
          size_t count = sizeof \(pair.name)_values / sizeof \(pair.name)_values[0];
          for (size_t i = 0; i < count; i++) {
            \(pair.type) bits;
            _Static_assert(sizeof bits == sizeof \(pair.name)_values[0], "width");
            memcpy(&bits, &\(pair.name)_values[i], sizeof bits);
            printf("%" PRIu64 "\\n", (uint64_t)bits);
          }
        }
        """
      try source.write(toFile: folder + "print.c", atomically: true, encoding: .utf8)
      let built = try run(
        compiler,
        ["-std=c11", "-Wall", "-Werror", "-Wno-unused", folder + "print.c"]
          + ["-o", folder + "print"])
      try #require(built.status == 0, "\(built.errors)")
      return try run(folder + "print", []).output
    }
    let values = printed.split(separator: "\n").map { UInt64($0) }
    #expect(values == (0..<pair.count).map(pair.bits))
  }

  @Test("CSV holds the register table's values too")
  func commaSeparated() throws {
    let path = packageRoot + "tools/sigmoid-tables/generated/register_32_degree_3.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.dropFirst()
    let bits = lines.map { Float($0.split(separator: ",")[2])?.bitPattern }
    #expect(bits == (0..<128).map { RegisterTable.values[$0].bitPattern })
  }

  @Test("the kernel's table is the one that is tested here")
  func kernelTable() throws {
    let own = try Claims(of: "Tests/SigmoidTablesTests/Generated/RegisterTable.swift")
    let kernel = try Claims(of: kernelHeader)
    #expect(own.digest == kernel.digest)
  }

  @Test("the digest is FNV-1a 64 of the bytes")
  func digest() throws {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for i in 0..<128 {
      for byte in 0..<4 {
        hash ^= UInt64(RegisterTable.values[i].bitPattern >> (8 * byte) & 255)
        hash &*= 1_099_511_628_211
      }
    }
    let claims = try Claims(of: "Tests/SigmoidTablesTests/Generated/RegisterTable.swift")
    #expect(claims.digest == String(hash, radix: 16) + ".")
  }
}
