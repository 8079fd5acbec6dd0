import CommandLineSupport
/// Text in which tables stand between marks, each on a line of its own:
/// `<!-- benchmarks:NAME -->`, the table, `<!-- end -->`.
struct MarkedText {
  private enum Part {
    case line(Substring)
    case table(name: String)
  }

  private let parts: [Part]
  private static let (begin, close, end) = ("<!-- benchmarks:", " -->", "<!-- end -->")

  /// - Throws: `Failure.usage` if a table's end is missing.
  init(_ text: String) throws(Failure) {
    var parts: [Part] = []
    var name: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(Self.begin), line.hasSuffix(Self.close) {
        if let name { throw .usage("the table \(name) has no \(Self.end)") }
        let own = String(line.dropFirst(Self.begin.count).dropLast(Self.close.count))
        parts += [.line(line), .table(name: own)]
        name = own
      } else if line == Self.end, name != nil {
        parts.append(.line(line))
        name = nil
      } else if name == nil {
        parts.append(.line(line))
      }
    }
    if let name { throw .usage("the table \(name) has no \(Self.end)") }
    self.parts = parts
  }

  var names: [String] {
    parts.compactMap { if case .table(let name) = $0 { name } else { nil } }
  }

  /// The text with the tables that these results give.
  func filled(from results: [Results]) throws(Failure) -> String {
    var lines: [String] = []
    for part in parts {
      switch part {
      case .line(let line): lines.append(String(line))
      case .table(let name): lines.append(try Table.named(name).markdown(of: results))
      }
    }
    return lines.joined(separator: "\n")
  }
}
