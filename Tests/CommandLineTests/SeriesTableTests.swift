import CommandLineSupport
import Testing

@testable import single_path

@Suite("Series of a file")
struct SeriesTableTests {
  @Test("Rows are grouped by series, in the order of first appearance, contiguous or not")
  func grouping() throws {
    let table = try readSeries("s,x,y\nB,1,10\nA,2,20\nB,3,30\nA,4,40\nB,5,50\n")
    #expect(table.series.map(\.name) == ["B", "A"])
    #expect(table.series.map(\.x) == [[1, 3, 5], [2, 4]])
    #expect(table.series.map(\.y) == [[10, 30, 50], [20, 40]])
    #expect(table.sampleCount == 5)
  }

  @Test("Columns are found by option")
  func columns() throws {
    let text = "y,well,hours,series,x\n1,2,3,A,5\n6,7,8,A,10\n9,2,9,A,9\n9,7,9,A,9\n"
    let named = try readSeries(text, series: "well", x: "hours", y: "x")
    #expect(named.columns == ["well", "hours", "x"])
    #expect(named.series.map(\.name) == ["2", "7"])
    #expect(named.series[0].y == [5, 9])
  }

  @Test(
    "A column that is not named is the first, second or third, whatever the header calls it",
    arguments: ["well,hours,od,more", "y,series,x,s"])
  func positions(header: String) throws {
    let table = try readSeries(header + "\nA,1,2,B\nA,3,4,B\n")
    #expect(table.columns == header.split(separator: ",").prefix(3).map { String($0) })
    #expect(table.series.map(\.name) == ["A"])
    #expect(table.series[0].x == [1, 3] && table.series[0].y == [2, 4])
  }

  @Test(
    "Numbers are read to the last bit",
    arguments: [
      "0.1", "-1.5e3", "+2", "1E-7", ".5", "5.", "1e308", "0.30000000000000004", "5e-324",
    ])
  func numbers(text: String) throws {
    let expected = try #require(Double(text.hasSuffix(".") ? text + "0" : text))
    #expect(try readSeries("s,x,y\nA,\(text),1\nA,1,\(text)\n").series[0].x == [expected, 1])
  }

  @Test(
    "What is not a finite number is refused, with its place and its text",
    arguments: [
      "x", "nan", "na", "--", "inf", "-Infinity", ".", "+", "1e+", "e5", "1,000", "0x10", "1e999",
      "1,5", "1.2.3", "--1", "1e", "1 2",
      "٣",
    ])
  func notNumbers(text: String) {
    #expect(
      throws: Failure.data(
        "f.csv, row 3, column 'y': '\(text)', but a finite number belongs there")
    ) {
      try readSeries("s,x,y\nA,1,2\nA,2,\"\(text)\"\n")
    }
  }

  @Test(
    "Each fault has a line of its own",
    arguments: [
      ("", "f.csv is empty; a header row belongs there"),
      ("s,x,y\n", "f.csv has a header and no rows below it; there is nothing to fit"),
      ("s,x,y\nA,1,2\nA,2\n", "f.csv, row 3: 2 fields, but the header has 3"),
      ("s,x,y\nA,1,2\nA,2,3,4\n", "f.csv, row 3: 4 fields, but the header has 3"),
      ("s,x,x\nA,1,2\n", "f.csv: two columns have the name 'x'; name each once"),
      (
        "s,x,y\nB,1,2\n",
        "f.csv: series 'B' has one point; a curve needs two or more"
      ),
      (
        "s:x:y\nA:1:2\n",
        "f.csv needs three columns, separated by commas: series, x and y; it has 's:x:y'"
      ),
      (
        "s;x\nA;1\n",
        "f.csv needs three columns, separated by semicolons: series, x and y; it has 's', 'x'"
      ),
    ])
  func faults(text: String, message: String) {
    #expect(throws: Failure.data(message)) { try readSeries(text) }
  }

  @Test("An unknown column is answered with those there are")
  func unknownColumn() {
    #expect(throws: Failure.data("f.csv has no column 'od' (--y); it has 's', 'x', 'y'")) {
      try readSeries("s,x,y\nA,1,2\n", y: "od")
    }
  }

  @Test("One column cannot be two things")
  func sameColumn() {
    #expect(
      throws: Failure.data(
        "f.csv: 'x' would be both the x and the y column; "
          + "name them with --series, --x and --y; it has 's', 'x', 'y'")
    ) { try readSeries("s,x,y\nA,1,2\n", y: "x") }
  }

  @Test("A logarithm needs x above 0, where 0 is not the limit", arguments: ["0", "-1"])
  func logarithm(x: String) throws {
    let requirements = NumberRequirements(logX: true, zero: .refuse)
    #expect(throws: Failure.self) {
      try readSeries("s,x,y\nA,1,2\nA,\(x),3\n", requirements: requirements)
    }
    #expect(try readSeries("s,x,y\nA,1,2\nA,\(x),3\n").sampleCount == 2)
  }

  @Test("With a logarithm a sample at x = 0 is one at the limit")
  func limit() throws {
    let text = "s,x,y\nA,0,1\nA,1,2\nA,10,3\nB,1,2\nB,2,3\n"
    let series = try readSeries(text, requirements: NumberRequirements(logX: true)).series
    #expect(series[0].isLimit == [true, false, false] && series[1].isLimit.isEmpty)
    #expect(series[0].withoutLimit.x == [1, 10] && series[0].withoutLimit.y == [2, 3])
    #expect(try readSeries(text).series[0].isLimit.isEmpty)
    #expect(
      throws: Failure.data(
        "f.csv, row 2, column 'x': -1.0 has no logarithm; --log-x needs every x to be 0 or more")
    ) { try readSeries("s,x,y\nA,-1,1\n", requirements: NumberRequirements(logX: true)) }
  }
}
