import CommandLineSupport

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

  private static let options = [
    Option(
      "--form", "register|memory", "segments with polynomials, or one node value a cell (register)"),
    Option("--segments", "N", "8, 16 or 32 segments of the register form (32)"),
    Option("--nodes", "N", "cells of the memory form, a power of two, 16...32768 (512)"),
    Option("--degree", "D", "1...5 in a register (3), 1...3 in memory (2)"),
    Option("--domain", "LO:HI", "arguments are clamped to it (register -13.4:13.4, memory -16:16)"),
    Option(
      "--type", "float|double|q15",
      "type of the values; double and q15 in the memory form only (float)"),
    Option("--swift", nil, "write Swift, as without any of these three"),
    Option("--c", nil, "write a C header"),
    Option("--csv", nil, "write comma-separated values"),
    Option("--name", "NAME", "name of the table in the output"),
    Option("--output", "FILE", "where to write (standard output)"),
    Option("--report", nil, "print bound, measured error, monotonicity and saturation instead"),
    Option("--svg", "FILE", "draw the error"),
    Option("--all-floats", nil, "measure on every float instead of every 61st"),
    Option("--list", nil, "list the committed tables and the commands that made them"),
    Option("--check", nil, "regenerate the committed tables and compare"),
    Option("--root", "DIR", "the package's folder, for --check (.)"),
    Option("--help", nil, "show this"),
  ]

  static let help = CommandLineSupport.help(
    usage: "sigmoid-tables [options]",
    about: "Generates, measures and checks lookup tables of σ(x) = 1/(1 + e⁻ˣ).", options: options)

  /// - Parameter words: of the command line, without the program's name.
  init(_ words: [String]) throws(Failure) {
    let arguments = try Arguments(words, command: "sigmoid-tables", options: Self.options)
    if arguments.askForHelp {
      action = .help
      return
    }
    form = try arguments.choice("--form", default: form)
    scalar = try arguments.choice("--type", default: scalar)
    domain = try range(arguments, "--domain") ?? (form == .register ? -13.4...13.4 : -16...16)
    degree = try arguments.integer("--degree") ?? (form == .register ? 3 : 2)
    name = try identifier(arguments, "--name") ?? ""
    (output, svg) = (arguments.text("--output"), arguments.text("--svg"))
    root = arguments.text("--root") ?? root
    measuresAllFloats = arguments.has("--all-floats")
    language =
      try arguments.only(of: [("--swift", .swift), ("--c", .c), ("--csv", .csv)]) ?? .swift
    action =
      try arguments.only(of: [("--list", .list), ("--report", .report), ("--check", .check)])
      ?? .generate
    if action != .generate,
      let other = ["--swift", "--c", "--csv", "--name", "--output"].first(where: arguments.has)
    {
      throw .usage("\(other) belongs to a table that is written, not to --\(action)")
    }
    try resolveSize(arguments)
    try checkCombination()
    if name.isEmpty { name = "Sigmoid\(form == .register ? "Register" : "Memory")\(size)" }
  }

  private mutating func resolveSize(_ arguments: Arguments) throws(Failure) {
    let (own, other) = form == .register ? ("--segments", "--nodes") : ("--nodes", "--segments")
    guard !arguments.has(other) else {
      throw .usage("\(other) does not belong to the \(form) form; use \(own)")
    }
    size = try arguments.integer(own) ?? (form == .register ? 32 : 512)
    guard size > 0, size & (size - 1) == 0 else {
      throw .usage("\(own) must be a power of two, not \(size)")
    }
    let sizesAllowed = form == .register ? 8...32 : 16...32768
    guard sizesAllowed.contains(size) else {
      throw .usage(
        "\(own) must lie in \(sizesAllowed.lowerBound)...\(sizesAllowed.upperBound), not \(size)")
    }
  }

  private func checkCombination() throws(Failure) {
    let degrees = form == .register ? 1...5 : 1...(scalar == .q15 ? 2 : 3)
    guard degrees.contains(degree) else {
      throw .usage(
        "--degree of the \(form) form with \(scalar) must lie in 1...\(degrees.upperBound), "
          + "not \(degree)")
    }
    switch form {
    case .register:
      guard scalar == .float else {
        throw .usage("the register form holds float, not \(scalar)")
      }
      guard domain.lowerBound == -domain.upperBound, (1...40).contains(domain.upperBound) else {
        throw .usage("--domain of the register form must be -X:X with X in 1...40")
      }
    case .memory:
      let step = (domain.upperBound - domain.lowerBound) / Double(size)
      guard step.significand == 1, (domain.lowerBound / step).rounded() * step == domain.lowerBound
      else {
        throw .usage(
          "--domain must be cut by --nodes into steps that are a power of two, with 0 on the grid")
      }
      guard domain.lowerBound >= -40, domain.upperBound <= 40, domain.contains(0) else {
        throw .usage("--domain must hold 0 and lie within -40:40")
      }
      guard scalar != .q15 || (domain == -16...16 && size >= 64) else {
        throw .usage("q15 needs the domain -16:16 and at least 64 nodes")
      }
    }
  }
}

// MARK: - Values of options

extension Arguments {
  fileprivate func integer(_ name: String) throws(Failure) -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text) else {
      throw .usage("\(name) must be an integer, not '\(text)'")
    }
    return number
  }

  /// What the one flag means that is given of several that exclude each other.
  fileprivate func only<Meaning>(of flags: [(name: String, Meaning)]) throws(Failure) -> Meaning? {
    let given = flags.filter { has($0.name) }
    guard given.count < 2 else {
      throw .usage("\(given[0].name) and \(given[1].name) exclude each other; give one")
    }
    return given.first?.1
  }
}

private func range(
  _ arguments: Arguments, _ option: String
) throws(Failure) -> ClosedRange<Double>? {
  guard let text = arguments.text(option) else { return nil }
  let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
  guard ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite, high.isFinite else {
    throw .usage("\(option) must be two numbers LO:HI, not '\(text)'")
  }
  guard low < high else { throw .usage("\(option) is empty or reversed: \(text)") }
  return low...high
}

private func identifier(_ arguments: Arguments, _ option: String) throws(Failure) -> String? {
  guard let text = arguments.text(option) else { return nil }
  let isName =
    text.first?.isLetter == true
    && text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")
    }
  guard isName else { throw .usage("\(option) must be an ASCII identifier, not '\(text)'") }
  return text
}
