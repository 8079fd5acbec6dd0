import CommandLineSupport
import Foundation
import SeededRandom
import Testing

@testable import single_path

@Suite("Files as people have them", .printsSeed)
struct FilesOfPeopleTests {
  @Test(
    "Decimal commas are found, and a mark that is given is taken",
    arguments: [
      ("s;x;y\nA;1,5;2\nA;2;0,125\n", nil), ("s\tx\ty\nA\t1,5\t2\nA\t2\t0,125\n", nil),
      ("s,x,y\nA,\"1,5\",2\nA,2,\"0,125\"\n", .comma), ("s;x;y\nA;1.5;2\nA;2;0.125\n", nil),
      ("s;x;y\nA;1,500;2\nA;2;0,125\n", nil), ("s;x;y\nA;1.5E0;2\nA;2;1.25e-1\n", nil),
    ] as [(String, DecimalMark?)])
  func decimals(text: String, mark: DecimalMark?) throws {
    let series = try readSeries(text, options: CSVOptions(decimalMark: mark)).series
    #expect(series[0].x == [1.5, 2] && series[0].y == [2, 0.125])
  }

  @Test(
    "A number is never read a thousand times too large or small",
    arguments: [
      // Nothing tells whether the mark is decimal.
      ("s;x;y\nA;1;1,234\n", "row 2, column 'y': '1,234' may have decimals or thousands"),
      ("s;x;y\nA;1;2\nA;12.345;2\n", "row 3, column 'x': '12.345' may have decimals or thousands"),
      // Another cell tells that it separates thousands.
      ("s;x;y\nA;1;1,234\nA;2.5;3\n", "row 2, column 'y': '1,234', but a finite number"),
      ("s;x;y\nA;1;1.234\nA;2,5;3\n", "row 2, column 'y': '1.234', but a finite number"),
      ("s;x;y\nA;1;1.234,5\n", "row 2, column 'y': '1.234,5', but a finite number"),
      ("s;x;y\nA;1;1,234.5\n", "row 2, column 'y': '1,234.5', but a finite number"),
      ("s;x;y\nA;1;1,234,567\n", "row 2, column 'y': '1,234,567', but a finite number"),
      ("s,x,y\nA,1,\"1,234\"\n", "row 2, column 'y': '1,234', but a finite number"),
      ("s,x,y\nA,1,1 234\n", "row 2, column 'y': '1 234', but a finite number"),
      ("s,x,y\nA,1,1'234\n", "row 2, column 'y': '1'234', but a finite number"),
    ])
  func thousands(text: String, message: String) {
    let failure = #expect(throws: Failure.self) { try readSeries(text) }
    #expect(failure?.message.hasPrefix("f.csv, " + message) == true, "\(failure?.message ?? "")")
  }

  @Test("What may have decimals or thousands is read once the mark is given")
  func givenMark() throws {
    let text = "s;x;y\nA;1;1,234\nA;2;2,345\n"
    let series = try readSeries(text, options: CSVOptions(decimalMark: .comma)).series
    #expect(series[0].y == [1.234, 2.345])
  }

  @Test("Long and odd numbers are read as the C library reads them")
  func digits() throws {
    var generator = SplitMix64(stream: 2)
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...19, using: &generator)
      let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator)).prefix(count)
      let place = Int.random(in: 0...digits.count, using: &generator)
      let cut = digits.index(digits.startIndex, offsetBy: place)
      let text = "-\(digits[..<cut]).\(digits[cut...])"
      let value = Array(text.utf8).withUnsafeBufferPointer {
        decimalNumber($0, mark: UInt8(ascii: "."))
      }
      #expect(value == strtod(text, nil), "\(text)")
    }
  }

  @Test("Missing cells are counted, and their samples left out")
  func missing() throws {
    let table = try readSeries("s,x,y\nA,1,2\nA,2,\nA,NA,NaN\nA,3,-\nA,4,5\nB,null,1\nB,1,2\n")
    #expect(table.missingCount == 5)
    #expect(table.series.map(\.missing) == [4, 1])
    #expect(table.series.map(\.x) == [[1, 4], [1]])
    let own = CSVOptions(missing: ["x", ""])
    #expect(try readSeries("s,x,y\nA,1,x\nA,2,\nA,3,4\nA,4,4\n", options: own).missingCount == 2)
    #expect(
      throws: Failure.data("f.csv, row 2, column 'y': 'NA', but a finite number belongs there")
    ) { try readSeries("s,x,y\nA,1,NA\n", options: own) }
  }

  @Test("Columns without a name are not read, behind them only empty fields are allowed")
  func namelessColumns() throws {
    let table = try readSeries("s,x,y,,\nA,1,2,,\nA,2,3,note,\nA,3,4\nA,4,5,,,,\n,,,,\n")
    #expect(table.series[0].x == [1, 2, 3, 4])
    #expect(throws: Failure.data("f.csv, row 2: 6 fields, but the header has 3")) {
      try readSeries("s,x,y,,\nA,1,2,,,9\n")
    }
  }

  @Test("In a wide file every column beside x is a series")
  func wide() throws {
    let table = try readSeries(
      "h;A1;A2;\n0;0,1;0,2;\n1;;0,3;\nNA;1,5;1;\n2;0,4;0,5;\n", isWide: true)
    #expect(table.series.map(\.name) == ["A1", "A2"])
    #expect(table.series.map(\.x) == [[0, 2], [0, 1, 2]])
    #expect(table.series.map(\.y) == [[0.1, 0.4], [0.2, 0.3, 0.5]])
    #expect(table.missingCount == 2 && table.columns[1] == "h")
    let other = try readSeries("A1,h\n1,0\n2,5\n", x: "h", isWide: true)
    #expect(other.series.map(\.name) == ["A1"] && other.series[0].x == [0, 5])
    #expect(
      throws: Failure.data(
        "f.csv has no column beside that of x; --wide takes each of them as a series")
    ) { try readSeries("h\n1\n", isWide: true) }
  }

  @Test("Names that differ in their bytes are different series, of whatever number")
  func names() throws {
    let names = (0..<3000).map { "s\($0 % 1500)" } + ["é", "e\u{301}", "é"]
    let text = "s,x,y\n" + names.map { "\($0),1,2\n" }.joined() + "\"s7\",2,3\n\"a\"\"b\",1,2\n"
    let series = try readSeries(text).series
    #expect(series.count == 1503)
    #expect(series[7].name == "s7" && series[7].x == [1, 1, 2])
    #expect(series[1500].x == [1, 1] && series[1501].x == [1] && series[1502].name == "a\"b")
  }

  @Test("Series can be chosen by name")
  func only() throws {
    var table = try readSeries("s,x,y\nA,1,2\nA,2,2\nB,1,2\nB,2,2\nC,1,2\nC,2,2\n")
    try table.keep(only: ["C", "A"])
    #expect(table.series.map(\.name) == ["A", "C"])
    #expect(throws: Failure.data("f.csv has no series 'B' (--only)")) {
      try table.keep(only: ["B"])
    }
  }
}
