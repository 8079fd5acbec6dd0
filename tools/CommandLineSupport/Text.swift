/// Text from a file or the command line as it may stand in a line on a terminal: control characters
/// become spaces.
public func singleLine(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(scalar.properties.generalCategory == .control ? " " : scalar)
  }
  return String(result)
}

/// "1 point", "2 points".
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

extension String {
  /// How many characters the text has.
  ///
  /// A character may have several scalars only if one of them is U+0300 or more, or in a line end: other text, the
  /// most of a table, is counted by its bytes.
  public var width: Int {
    var scalars = 0
    for byte in utf8 {
      if byte >= 0xCC || byte == 0x0D { return count }
      if byte & 0xC0 != 0x80 { scalars += 1 }
    }
    return scalars
  }

  /// The spaces that the text lacks to a width in characters.
  public func padding(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - self.width))
  }

  /// The text with spaces after it, or before it, up to a width in characters.
  public func padded(to width: Int, right: Bool = false) -> String {
    right ? padding(to: width) + self : self + padding(to: width)
  }

  /// The text, or its beginning and an ellipsis, in no more than `limit` characters.
  public func shortened(to limit: Int) -> String {
    width <= limit ? self : prefix(max(0, limit - 1)) + "…"
  }
}
