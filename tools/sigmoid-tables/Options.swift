/// A mistake of the user, told in one line.
struct ToolError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The command line, checked.
struct Options {
  enum Form: String, CaseIterable { case register, memory }
  enum Scalar: String, CaseIterable { case float, double, q15 }
  enum Language: String { case swift, c, csv }
  enum Action { case generate, list, report, check, help }

  private(set) var form = Form.register
  private(set) var scalar = Scalar.float
  private(set) var language = Language.swift
  private(set) var action = Action.generate
  /// Segments of the register form, nodes (cells) of the memory form.
  private(set) var size = 0
  private(set) var degree = 0
  private(set) var domain: ClosedRange<Double> = -16...16
  private(set) var name = ""
  private(set) var output: String?
  private(set) var svg: String?
  private(set) var root = "."
  private(set) var measuresAllFloats = false

  static let usage = """
    sigmoid-tables: generates, measures and checks lookup tables of σ(x) = 1/(1 + e⁻ˣ).

    --form register|memory    segments with polynomials, or one node value a cell (register)
    --segments N              8, 16 or 32 segments of the register form (32)
    --nodes N                 cells of the memory form, a power of two, 16...32768 (512)
    --degree D                1...5 in a register (3), 1...3 in memory (2)
    --domain LO:HI            arguments are clamped to it (register -13.4:13.4, memory -16:16)
    --type float|double|q15   type of the values; double and q15 in the memory form only (float)
    --swift | --c | --csv     language of the output (Swift)
    --name NAME               name of the table in the output
    --output FILE             where to write (standard output)
    --report                  print bound, measured error, monotonicity and saturation instead
    --svg FILE                draw the error
    --all-floats              measure on every float instead of every 61st
    --list                    list the committed tables and the commands that made them
    --check                   regenerate the committed tables and compare
    --root DIR                the package's folder, for --check (.)
    """

  init(_ arguments: [String]) throws(ToolError) {
    var sizes: [String: Int] = [:]
    var givenDomain: ClosedRange<Double>?
    var rest = arguments[...]
    while let option = rest.popFirst() {
      func value() throws(ToolError) -> String {
        guard let text = rest.popFirst(), !text.hasPrefix("--") else {
          throw ToolError("\(option) needs a value")
        }
        return text
      }
      switch option {
      case "--form": form = try choice(value(), of: option)
      case "--type": scalar = try choice(value(), of: option)
      case "--segments", "--nodes": sizes[option] = try integer(value(), of: option)
      case "--degree": degree = try integer(value(), of: option)
      case "--domain": givenDomain = try range(value())
      case "--swift": language = .swift
      case "--c": language = .c
      case "--csv": language = .csv
      case "--name": name = try identifier(value())
      case "--output": output = try value()
      case "--svg": svg = try value()
      case "--root": root = try value()
      case "--all-floats": measuresAllFloats = true
      case "--list": action = .list
      case "--report": action = .report
      case "--check": action = .check
      case "--help": action = .help
      default: throw ToolError("unknown option \(option); --help lists them")
      }
    }
    domain = givenDomain ?? (form == .register ? -13.4...13.4 : -16...16)
    if arguments.contains("--degree") == false { degree = form == .register ? 3 : 2 }
    try resolveSize(sizes)
    try checkCombination()
    if name.isEmpty { name = "Sigmoid\(form == .register ? "Register" : "Memory")\(size)" }
  }

  /// The same for options that ask for the same values.
  var identity: String { "\(form) \(scalar) \(size) \(degree) \(domain)" }

  private mutating func resolveSize(_ sizes: [String: Int]) throws(ToolError) {
    let own = form == .register ? "--segments" : "--nodes"
    if let other = sizes.keys.first(where: { $0 != own }) {
      throw ToolError("\(other) does not belong to the \(form) form; use \(own)")
    }
    size = sizes[own] ?? (form == .register ? 32 : 512)
    guard size > 0, size & (size - 1) == 0 else {
      throw ToolError("\(own) must be a power of two, not \(size)")
    }
    let sizesAllowed = form == .register ? 8...32 : 16...32768
    guard sizesAllowed.contains(size) else {
      throw ToolError(
        "\(own) must lie in \(sizesAllowed.lowerBound)...\(sizesAllowed.upperBound), not \(size)")
    }
  }

  private func checkCombination() throws(ToolError) {
    let degrees = form == .register ? 1...5 : 1...(scalar == .q15 ? 2 : 3)
    guard degrees.contains(degree) else {
      throw ToolError(
        "--degree of the \(form) form with \(scalar) must lie in 1...\(degrees.upperBound), "
          + "not \(degree)")
    }
    switch form {
    case .register:
      guard scalar == .float else {
        throw ToolError("the register form holds float, not \(scalar)")
      }
      guard domain.lowerBound == -domain.upperBound, (1...40).contains(domain.upperBound) else {
        throw ToolError("--domain of the register form must be -X:X with X in 1...40")
      }
    case .memory:
      let step = (domain.upperBound - domain.lowerBound) / Double(size)
      guard step.significand == 1, (domain.lowerBound / step).rounded() * step == domain.lowerBound
      else {
        throw ToolError(
          "--domain must be cut by --nodes into steps that are a power of two, with 0 on the grid")
      }
      guard domain.lowerBound >= -40, domain.upperBound <= 40, domain.contains(0) else {
        throw ToolError("--domain must hold 0 and lie within -40:40")
      }
      guard scalar != .q15 || (domain == -16...16 && size >= 64) else {
        throw ToolError("q15 needs the domain -16:16 and at least 64 nodes")
      }
    }
  }
}

// MARK: - Values of options

private func choice<Choice: RawRepresentable<String> & CaseIterable>(
  _ text: String, of option: String
) throws(ToolError) -> Choice {
  guard let choice = Choice(rawValue: text) else {
    let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw ToolError("\(option) must be one of \(all), not \(text)")
  }
  return choice
}

private func integer(_ text: String, of option: String) throws(ToolError) -> Int {
  guard let number = Int(text) else {
    throw ToolError("\(option) must be an integer, not \(text)")
  }
  return number
}

private func range(_ text: String) throws(ToolError) -> ClosedRange<Double> {
  let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
  guard ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite, high.isFinite else {
    throw ToolError("--domain must be two numbers LO:HI, not \(text)")
  }
  guard low < high else { throw ToolError("--domain is empty or reversed: \(text)") }
  return low...high
}

private func identifier(_ text: String) throws(ToolError) -> String {
  let isName =
    text.first?.isLetter == true
    && text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
    }
  guard isName else { throw ToolError("--name must be an ASCII identifier, not \(text)") }
  return text
}
