import CommandLineSupport
import Testing

@testable import single_path

@Suite("Comma-separated values")
struct CSVTests {
  @Test(
    "The same rows come from every way to write them",
    arguments: [
      "a,b\n1,2\n", "a,b\n1,2", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\"a\",\"b\"\n\"1\",\"2\"\n",
      "a , b\n 1, 2 \n", " \"a\" ,b\n1,2\n", "a,b\n\n1,2\n\n\n", "\u{FEFF}a,b\n1,2\n",
      "\u{FEFF}\"a\",b\r\n1,\"2\"",
    ])
  func equivalentFiles(text: String) throws {
    #expect(try fields(Array(text.utf8)) == [["a", "b"], ["1", "2"]])
  }

  @Test("Quoted fields keep commas, newlines, blanks and doubled quotes")
  func quotedFields() throws {
    let text = "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\" blank \",\"\"\n"
    #expect(
      try fields(Array(text.utf8)) == [["a,b", "say \"hi\"", "two\r\nlines", " blank ", ""]])
  }

  @Test("A quote inside an unquoted field is a character like others")
  func innerQuote() throws {
    #expect(try fields(Array("5\"x,b\n".utf8)) == [["5\"x", "b"]])
  }

  @Test("Empty fields count, also the last one of a file")
  func emptyFields() throws {
    #expect(try fields(Array(",a\n,,b\na,".utf8)) == [["", "a"], ["", "", "b"], ["a", ""]])
  }

  @Test("An empty file has no rows", arguments: ["", "\n", "\u{FEFF}", "\r\n\r\n"])
  func emptyFile(text: String) throws {
    #expect(try fields(Array(text.utf8)).isEmpty)
  }

  @Test("Rows are numbered as in the file, empty lines counted")
  func numbering() throws {
    let file = try CSV(Array("a\n\n\"b\nc\"\nd\n".utf8), name: "f.csv")
    let last = try file.withScanner { (scanner) throws(Failure) in
      while try scanner.nextRow() {}
      return scanner.place
    }
    #expect(last == "f.csv, row 4")
  }

  @Test(
    "Broken files are refused, with the row",
    arguments: [
      ("a,b\n1,\"2\n3,4\n", "f.csv, row 2: a quote (\") is opened and never closed"),
      (
        "a,b\n\"1\"x,2\n",
        "f.csv, row 2: text follows a closing quote; double the quotes (\"\") inside a quoted field"
      ),
    ])
  func brokenQuotes(text: String, message: String) {
    #expect(throws: Failure.data(message)) { try fields(Array(text.utf8)) }
  }

  @Test("Rows of empty fields, which spreadsheets leave, are passed over")
  func emptyRows() throws {
    #expect(try fields(Array("a,b\n1,2\n,,\n\"\", \n".utf8)) == [["a", "b"], ["1", "2"]])
  }

  @Test(
    "The separator is found in the header and the first rows",
    arguments: [
      "s;x;y\nA;1,5;2,5\n", "s\tx\ty\nA\t1,5\t2,5\n", "s;x, h;y\nA;1,5;2,5\n",
      "\"s\";\"x, in h\";\"y\"\n\"A\";1,5;2,5\n",
    ])
  func separators(text: String) throws {
    let rows = try fields(Array(text.utf8))
    #expect(rows[0].count == 3 && rows[1] == ["A", "1,5", "2,5"])
  }

  @Test("A comma-separated file may hold other separators inside its fields")
  func otherSeparators() throws {
    let text = "s;t,x,y\nA;B,1,2\nA;C,1,2\n"
    #expect(try fields(Array(text.utf8))[1] == ["A;B", "1", "2"])
  }

  @Test(
    "A line that declares the separator is obeyed, in all its forms",
    arguments: ["sep=|\n", "SEP=|\r\n", "\"sep=|\"\r"])
  func declared(line: String) throws {
    #expect(try fields(Array((line + "a;b|c\n1;2|3\n").utf8)) == [["a;b", "c"], ["1;2", "3"]])
  }

  @Test("A separator that is given is taken, whatever the file looks like")
  func forced() throws {
    let options = CSVOptions(separator: UInt8(ascii: ";"))
    #expect(try fields(Array("a,b;c\n".utf8), options: options) == [["a,b", "c"]])
  }

  @Test("Lines before the header are skipped, and still counted", arguments: ["\n", "\r", "\r\n"])
  func skipped(end: String) throws {
    let text = ["Plate \"7", "", "s,x,y", "A,1,2", "A,2,z"].joined(separator: end)
    let options = CSVOptions(skippedLines: 2)
    #expect(try fields(Array(text.utf8), options: options)[0] == ["s", "x", "y"])
    #expect(
      throws: Failure.data("f.csv, row 5, column 'y': 'z', but a finite number belongs there")
    ) { try readSeries(text, options: options) }
    #expect(
      throws: Failure.data("f.csv has 5 lines; --skip asks for more to be passed over")
    ) { try readSeries(text, options: CSVOptions(skippedLines: 6)) }
  }

  // MARK: - Encodings

  @Test("UTF-16 with a byte order mark is read, and told", arguments: [false, true])
  func utf16(isBigEndian: Bool) throws {
    let text = "\u{FEFF}Größe,x\n𝜃,2\n"
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
    #expect(try fields(bytes) == [["Größe", "x"], ["𝜃", "2"]])
    let encoding = try CSV(bytes, name: "f.csv").encoding
    #expect(encoding == (isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
    #expect(throws: Failure.data("f.csv begins as UTF-16, but goes on otherwise; save it as UTF-8"))
    { try fields(bytes + [0x41]) }
  }

  @Test(
    "Bytes that are neither UTF-8 nor marked UTF-16 are refused, with their line",
    arguments: [
      (Array("s,x,y\nM".utf8) + [0xFC] + Array("ller,1,2\n".utf8), 2, "0xFC"),
      (Array("s,x,y\r\nlonger than eight,1,2\r\nE".utf8) + [0xE9, 0x2C], 3, "0xE9"),
      ([0x73, 0x00, 0x2C, 0x00], 1, "0x00"), (Array("s,x\n".utf8) + [0xE2, 0x82], 2, "0xE2"),
      ([0xC0, 0x80], 1, "0xC0"),
    ] as [([UInt8], Int, String)])
  func notText(bytes: [UInt8], line: Int, byte: String) {
    let message =
      "f.csv, line \(line): the byte \(byte) is neither UTF-8 nor UTF-16 with a byte order mark; "
      + "save the file as UTF-8"
    #expect(throws: Failure.data(message)) { try fields(bytes) }
  }
}
