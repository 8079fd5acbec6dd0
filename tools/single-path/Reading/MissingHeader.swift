import CommandLineSupport

/// Refuses a first row that holds numbers where the columns' names belong: taken as the header, its sample would be
/// lost.
///
/// - Parameter columns: those whose names the user did not give, all of which hold numbers.
func requireHeader(_ header: [String], columns: [Int], file: String) throws(Failure) {
  guard let first = columns.first, columns.allSatisfy({ isNumber(header[$0]) }) else { return }
  throw .data(
    "\(file): its first row has '\(header[first])' where the name of a column belongs; put a header above "
      + "the data")
}

private func isNumber(_ text: String) -> Bool {
  Array(text.utf8).withUnsafeBufferPointer { bytes in
    [UInt8(ascii: "."), UInt8(ascii: ",")].contains { decimalNumber(bytes, mark: $0) != nil }
  }
}
