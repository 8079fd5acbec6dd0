/// An option of a command: what it is called, what follows it, and what it means.
struct Option {
  let name: String
  /// The name of its value in the help; nil if nothing follows it.
  let value: String?
  let meaning: String

  init(_ name: String, _ value: String? = nil, _ meaning: String) {
    (self.name, self.value, self.meaning) = (name, value, meaning)
  }
}

/// The words after a command, checked against the options that it has.
struct Arguments {
  private(set) var positionals: [String] = []
  private var values: [String: String] = [:]

  /// Reads `--name value`, `--name=value` and `--flag`, in any order.
  init(
    _ words: [String], command: String, options: [Option], positionals limit: Int = 0
  ) throws(Failure) {
    let seeHelp = "'single-path \(command) --help' lists what there is"
    let known = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0) })
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word.count > 1 else {
        guard positionals.count < limit else {
          throw .usage("unexpected argument '\(word)'; \(seeHelp)")
        }
        positionals.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = known[name] else { throw .usage("unknown option '\(name)'; \(seeHelp)") }
      guard values[name] == nil else { throw .usage("\(name) is given twice") }
      values[name] = try Self.value(
        of: option, attached: parts.count > 1 ? String(parts[1]) : nil, rest: &rest, known: known)
    }
  }

  private static func value(
    of option: Option, attached: String?, rest: inout ArraySlice<String>, known: [String: Option]
  ) throws(Failure) -> String {
    guard let placeholder = option.value else {
      guard attached == nil else { throw .usage("\(option.name) takes no value") }
      return ""
    }
    if let attached, !attached.isEmpty { return attached }
    guard attached == nil, let next = rest.first, !next.isEmpty, known[next] == nil else {
      throw .usage("\(option.name) needs a value: \(option.name) \(placeholder)")
    }
    rest.removeFirst()
    return next
  }

  // MARK: - Values

  func has(_ name: String) -> Bool { values[name] != nil }

  func text(_ name: String) -> String? { values[name] }

  /// A whole number within a range.
  func wholeNumber<Value: FixedWidthInteger>(
    _ name: String, in range: ClosedRange<Value>, default fallback: Value
  ) throws(Failure) -> Value {
    guard let text = values[name] else { return fallback }
    guard let value = Value(text), range.contains(value) else {
      throw .usage(
        "\(name) is '\(text)'; give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// One of a few words.
  func choice<Value: RawRepresentable & CaseIterable>(
    _ name: String, default fallback: Value
  ) throws(Failure) -> Value where Value.RawValue == String {
    guard let text = values[name] else { return fallback }
    guard let value = Value(rawValue: text) else {
      let words = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      throw .usage("\(name) is '\(text)'; give \(words)")
    }
    return value
  }

  /// A number that is finite in single precision, which is what the kernel computes in.
  func number(_ name: String) throws(Failure) -> Float? {
    guard let text = values[name] else { return nil }
    return try Self.number(text, of: name)
  }

  /// Numbers separated by commas.
  func numbers(_ name: String) throws(Failure) -> [Float]? {
    guard let text = values[name] else { return nil }
    var numbers: [Float] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      numbers.append(try Self.number(String(part), of: name))
    }
    return numbers
  }

  /// A learning rate: finite and above 0.
  func rate(_ name: String, default fallback: Float) throws(Failure) -> Float {
    guard let rate = try number(name) else { return fallback }
    guard rate > 0 else {
      throw .usage("\(name) is '\(values[name] ?? "")'; give a finite number above 0")
    }
    return rate
  }

  private static func number(_ text: String, of name: String) throws(Failure) -> Float {
    guard let value = Float(text), value.isFinite else {
      throw .usage("\(name) has '\(text)' where a finite number belongs")
    }
    return value
  }
}

/// The help of a command: its usage line, what it does, and a line for each option.
func help(usage: String, about: String, options: [Option]) -> String {
  let heads = options.map { "  \($0.name) \($0.value ?? "")" }
  let width = (heads.map(\.count).max() ?? 0) + 2
  let lines = zip(heads, options).map { head, option in
    head.padded(to: width) + option.meaning
  }
  return "usage: \(usage)\n\n\(about)\n\n" + lines.joined(separator: "\n")
}

extension String {
  /// The text with spaces after it, or before it, up to a width in characters.
  func padded(to width: Int, right: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return right ? spaces + self : self + spaces
  }
}
