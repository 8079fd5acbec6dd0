/// An option of a command: what it is called, what follows it, and what it means.
public struct Option: Sendable {
  public let name: String
  /// The name of its value in the help; nil if nothing follows it.
  public let value: String?
  public let meaning: String
  /// Whether it may be given again for more values.
  public let repeats: Bool

  public init(
    _ name: String, _ value: String? = nil, _ meaning: String, repeats: Bool = false
  ) {
    (self.name, self.value, self.meaning, self.repeats) = (name, value, meaning, repeats)
  }
}

/// The words after a command, checked against the options that it has.
public struct Arguments {
  public private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]

  /// Reads `--name value`, `--name=value` and `--flag`, in any order. A lone `-` is no option.
  ///
  /// - Parameters:
  ///   - command: as it is typed, for messages that point to its help.
  ///   - limit: how many words there may be that belong to no option.
  public init(
    _ words: [String], command: String, options: [Option], positionals limit: Int = 0
  ) throws(Failure) {
    let seeHelp = "'\(command) --help' lists what there is"
    let known = Dictionary(uniqueKeysWithValues: options.map { ($0.name, $0) })
    var rest = words[...]
    while var word = rest.popFirst() {
      if word == "-h" { word = "--help" }
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
      guard values[name] == nil || option.repeats else { throw .usage("\(name) is given twice") }
      let value = try Self.value(
        of: option, attached: parts.count > 1 ? String(parts[1]) : nil, rest: &rest, known: known)
      values[name, default: []].append(value)
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

  public func has(_ name: String) -> Bool { values[name] != nil }

  /// Whether the words ask for help: then nothing else is done, and no value is looked at.
  public var askForHelp: Bool { has("--help") }

  public func text(_ name: String) -> String? { values[name]?.first }

  /// All values of an option that may be given again.
  public func texts(_ name: String) -> [String] { values[name] ?? [] }
}

/// The help of a command: its usage line, what it does, a line for each option, and notes.
public func help(usage: String, about: String, options: [Option], notes: String = "") -> String {
  let heads = options.map { "  \($0.name) \($0.value ?? "")" }
  let width = (heads.map(\.count).max() ?? 0) + 2
  let lines = zip(heads, options).map { head, option in
    head.padded(to: width) + option.meaning
  }
  return "usage: \(usage)\n\n\(about)\n\n" + lines.joined(separator: "\n")
    + (notes.isEmpty ? "" : "\n\n" + notes)
}
