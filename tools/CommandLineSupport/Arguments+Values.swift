extension Arguments {
  /// A whole number within a range.
  public func wholeNumber<Value: FixedWidthInteger>(
    _ name: String, in range: ClosedRange<Value>, default fallback: Value
  ) throws(Failure) -> Value {
    guard let text = text(name) else { return fallback }
    guard let value = Value(text), range.contains(value) else {
      throw .usage(
        "\(name) is '\(text)'; give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// One of a few words.
  public func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String, default fallback: Value
  ) throws(Failure) -> Value {
    guard let text = text(name) else { return fallback }
    guard let value = Value(rawValue: text) else {
      let words = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      throw .usage("\(name) is '\(text)'; give \(words)")
    }
    return value
  }

  /// A number that is finite in single precision, which is what the kernel computes in.
  public func number(_ name: String) throws(Failure) -> Float? {
    guard let text = text(name) else { return nil }
    return try Self.number(text, of: name)
  }

  /// Numbers separated by commas.
  public func numbers(_ name: String) throws(Failure) -> [Float]? {
    guard let text = text(name) else { return nil }
    var numbers: [Float] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      numbers.append(try Self.number(String(part), of: name))
    }
    return numbers
  }

  /// A finite number above 0, such as a learning rate or a number of seconds.
  public func positiveNumber<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ name: String, default fallback: Value
  ) throws(Failure) -> Value {
    guard let text = text(name) else { return fallback }
    let value = try Self.number(text, of: name) as Value
    guard value > 0 else { throw .usage("\(name) is '\(text)'; give a finite number above 0") }
    return value
  }

  private static func number<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ text: String, of name: String
  ) throws(Failure) -> Value {
    guard let value = Value(text), value.isFinite else {
      throw .usage("\(name) has '\(text)' where a finite number belongs")
    }
    return value
  }
}
