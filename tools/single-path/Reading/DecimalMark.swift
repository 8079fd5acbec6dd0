import CommandLineSupport

/// The character before the decimals of a number.
enum DecimalMark: String, CaseIterable {
  case point
  case comma

  var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  var other: DecimalMark { self == .point ? .comma : .point }

  /// What a cell says about the decimal mark of its file.
  enum Evidence: Equatable {
    case none
    case mark(DecimalMark)
    /// Its mark may be decimal or separate thousands, as in `1,234`.
    case either
  }

  /// Judges a cell by the marks in it: 0,5 has a decimal comma, 1,234,567 a comma that is none.
  static func evidence(_ cell: UnsafeBufferPointer<UInt8>) -> Evidence {
    var groups: [Int] = [0]
    var marks: [DecimalMark] = []
    let body = cell.first.map { $0 == plus || $0 == minus } == true ? cell[1...] : cell[...]
    let digits = body.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    for byte in digits {
      switch byte {
      case zero...nine: groups[groups.count - 1] += 1
      case DecimalMark.point.byte: marks.append(.point)
      case DecimalMark.comma.byte: marks.append(.comma)
      default: return .none
      }
      if marks.count == groups.count { groups.append(0) }
    }
    guard let last = marks.last, let first = marks.first else { return .none }
    let isGrouped = (1...3).contains(groups[0]) && digits.first != zero
    let areThousands = isGrouped && groups[1..<marks.count].allSatisfy { $0 == 3 }
    if marks.count == 1 {
      return isGrouped && groups[1] == 3 && digits.count == body.count ? .either : .mark(last)
    }
    // Several marks: all but the last are alike and separate thousands, or it is no number.
    guard areThousands, marks.dropLast().allSatisfy({ $0 == first }) else { return .none }
    if last != first { return .mark(last) }
    return groups[marks.count] == 3 ? .mark(first.other) : .none
  }
}

private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")
private let zero = UInt8(ascii: "0")
private let nine = UInt8(ascii: "9")

extension CSVScanner {
  /// The decimal mark of the cells in some columns of the rows that follow.
  ///
  /// Between commas it is the point. Elsewhere the first cell decides that can have only one reading. If
  /// there is none, but numbers such as 1,234, nobody can tell.
  func decimalMark(columns: [Int], header: [String]) throws(Failure) -> DecimalMark {
    guard separator != DecimalMark.comma.byte else { return .point }
    var rest = self
    var ambiguous: Failure?
    while try rest.nextRow() {
      for column in columns where column < rest.fields.count {
        switch DecimalMark.evidence(rest.bytes(rest.fields[column])) {
        case .none: continue
        case .mark(let mark): return mark
        case .either:
          ambiguous =
            ambiguous
            ?? .data(
              "\(rest.place), column '\(header[column])': '\(rest.text(column: column))' may have "
                + "decimals or thousands; give --decimal point or --decimal comma")
        }
      }
    }
    if let ambiguous { throw ambiguous }
    return .point
  }
}
