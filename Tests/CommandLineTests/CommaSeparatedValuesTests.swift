import CommandLineSupport
import Testing

@testable import single_path

/// The fields of a file's text, row by row.
private func rows(_ bytes: [UInt8]) throws -> [[String]] {
  let file = try CommaSeparatedValues(bytes, name: "f.csv")
  return (0..<file.rowCount).map { row in
    (0..<file.fieldCount(row: row)).map { file.text(row: row, column: $0) }
  }
}

@Suite("Comma-separated values")
struct CommaSeparatedValuesTests {
  @Test(
    "The same rows come from every way to write them",
    arguments: [
      "a,b\n1,2\n", "a,b\n1,2", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\"a\",\"b\"\n\"1\",\"2\"\n",
      "a , b\n 1,\t2 \n", " \"a\" ,b\n1,2\n", "a,b\n\n1,2\n\n\n", "\u{FEFF}a,b\n1,2\n",
      "\u{FEFF}\"a\",b\r\n1,\"2\"",
    ])
  func equivalentFiles(text: String) throws {
    #expect(try rows(Array(text.utf8)) == [["a", "b"], ["1", "2"]])
  }

  @Test("Quoted fields keep commas, newlines, blanks and doubled quotes")
  func quotedFields() throws {
    let text = "\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\" blank \",\"\"\n"
    #expect(
      try rows(Array(text.utf8)) == [["a,b", "say \"hi\"", "two\r\nlines", " blank ", ""]])
  }

  @Test("A quote inside an unquoted field is a character like others")
  func innerQuote() throws {
    #expect(try rows(Array("5\"x,b\n".utf8)) == [["5\"x", "b"]])
  }

  @Test("Empty fields count, also the last one of a file")
  func emptyFields() throws {
    #expect(try rows(Array(",\n,,\na,".utf8)) == [["", ""], ["", "", ""], ["a", ""]])
  }

  @Test("An empty file has no rows", arguments: ["", "\n", "\u{FEFF}", "\r\n\r\n"])
  func emptyFile(text: String) throws {
    #expect(try rows(Array(text.utf8)).isEmpty)
  }

  @Test("Rows are numbered as in the file, empty lines counted")
  func numbering() throws {
    let file = try CommaSeparatedValues(Array("a\n\n\"b\nc\"\nd\n".utf8), name: "f.csv")
    #expect((0..<file.rowCount).map { file.place(row: $0) }.last == "f.csv, row 4")
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
    #expect(throws: Failure.data(message)) { try rows(Array(text.utf8)) }
  }

  @Test("UTF-16 is refused by name")
  func utf16() {
    #expect(throws: Failure.data("f.csv is in UTF-16; save it as UTF-8")) {
      try rows([0xFF, 0xFE, 0x61, 0x00])
    }
  }
}
