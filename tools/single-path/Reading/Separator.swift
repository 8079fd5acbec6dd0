import CommandLineSupport

/// The character between the fields of a file.
enum Separator {
  static let names = ["comma": UInt8(ascii: ","), "semicolon": UInt8(ascii: ";"), "tab": tab]
  private static let tab = UInt8(ascii: "\t")

  /// How many rows are looked at, the header among them.
  private static let sampledRows = 50

  /// How it is called in a message.
  static func name(_ separator: UInt8) -> String {
    names.first { $0.value == separator }?.key ?? "'\(Character(UnicodeScalar(separator)))'"
  }

  /// The same for several.
  static func plural(_ separator: UInt8) -> String {
    let name = name(separator)
    return names[name] == nil ? name : name + "s"
  }

  /// The one that cuts the header and the first rows into the most fields, the same number in each.
  ///
  /// Of equals, the tab is first and the comma last: a comma may be the decimal mark.
  static func found(
    in bytes: UnsafeBufferPointer<UInt8>, scanner: (UInt8) -> CSVScanner
  ) -> UInt8 {
    var best: (separator: UInt8, isEven: Bool, width: Int)?
    for separator in [tab, UInt8(ascii: ";"), UInt8(ascii: ",")] {
      let widths = widths(scanner(separator))
      guard let header = widths.first, header > 1 else { continue }
      let isEven = widths.allSatisfy { $0 == header }
      guard let known = best else {
        best = (separator, isEven, header)
        continue
      }
      if isEven == known.isEven ? header > known.width : isEven {
        best = (separator, isEven, header)
      }
    }
    return best?.separator ?? UInt8(ascii: ",")
  }

  /// How many fields each of the first rows has.
  private static func widths(_ scanner: CSVScanner) -> [Int] {
    var scanner = scanner
    var widths: [Int] = []
    // A fault is told when the file is read.
    while widths.count < sampledRows, (try? scanner.nextRow()) == true {
      widths.append(scanner.fields.count)
    }
    return widths
  }
}
