import CommandLineSupport

/// Which columns hold the series, x and y; nil if the user did not say. Without a name for it there is no
/// column of weights.
struct ColumnNames {
  var series: String?
  var x: String?
  var y: String?
  var weight: String?
  /// Whether each column other than x is a series, as plate readers write them.
  var isWide = false
}

/// The names in a header, without the empty ones at its end, which spreadsheets leave there.
func columnNames(_ scanner: CSVScanner) -> [String] {
  let names = scanner.fields.indices.map { scanner.text(column: $0) }
  return Array(names[...(names.lastIndex { !$0.isEmpty } ?? 0)])
}

/// Finds the columns of series, x and y, and of weights if they have a name, in a header.
func columnIndices(
  _ wanted: ColumnNames, header: [String], file: String, separator: UInt8
) throws(Failure) -> [Int] {
  let list = "it has " + header.map { "'\($0)'" }.joined(separator: ", ")
  try checkNames(header, file: file)
  let roles = [("series", wanted.series), ("x", wanted.x), ("y", wanted.y)]
  var indices: [Int] = []
  for (position, (role, name)) in roles.enumerated() {
    if let name {
      guard let index = header.firstIndex(of: name) else {
        throw .data("\(file) has no column '\(name)' (--\(role)); \(list)")
      }
      indices.append(index)
    } else {
      guard position < header.count else {
        throw .data(
          "\(file) needs three columns, separated by \(Separator.plural(separator)): series, x and y; "
            + list)
      }
      indices.append(position)
    }
  }
  if let weight = wanted.weight {
    guard let index = header.firstIndex(of: weight) else {
      throw .data("\(file) has no column '\(weight)' (--weight); \(list)")
    }
    indices.append(index)
  }
  let names = roles.map(\.0) + ["weight"]
  for (position, index) in indices.enumerated() {
    guard let first = indices[..<position].firstIndex(of: index) else { continue }
    throw .data(
      "\(file): '\(header[index])' would be both the \(names[first]) and the "
        + "\(names[position]) column; name them with --series, --x and --y; \(list)")
  }
  return indices
}

/// The column of x, and those of the series, in a wide file.
func wideColumnIndices(
  _ wanted: ColumnNames, header: [String], file: String
) throws(Failure) -> (x: Int, series: [Int]) {
  try checkNames(header, file: file)
  let list = "it has " + header.map { "'\($0)'" }.joined(separator: ", ")
  guard let x = wanted.x.map({ header.firstIndex(of: $0) }) ?? 0 else {
    throw .data("\(file) has no column '\(wanted.x ?? "")' (--x); \(list)")
  }
  let series = header.indices.filter { $0 != x && !header[$0].isEmpty }
  guard !series.isEmpty else {
    throw .data("\(file) has no column beside that of x; --wide takes each of them as a series")
  }
  return (x, series)
}

/// Columns without a name may be several: they are not read.
private func checkNames(_ header: [String], file: String) throws(Failure) {
  var seen: Set<String> = []
  for name in header where !name.isEmpty && !seen.insert(name).inserted {
    throw .data("\(file): two columns have the name '\(name)'; name each once")
  }
}
