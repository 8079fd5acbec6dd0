/// Writes a table in one of the languages, with its whole story at the head.
struct Writer {
  let options: Options
  let table: Table
  let measurement: Measurement
  /// What made it, told in the file.
  let command: String

  var text: String {
    switch options.language {
    case .swift: swift
    case .c: header
    case .csv: csv
    }
  }

  private var head: [String] {
    ["sigma(x) = 1 / (1 + exp(-x)). Generated, not to be edited; made by", "  \(command)"]
      + table.description + measurement.lines + ["Digest: FNV-1a 64 of the values \(table.digest)."]
  }

  // MARK: - Swift

  private var swift: String {
    let type = Self.swiftNames[options.scalar, default: ""]
    var lines = head.map { "// " + $0 }
    lines += ["", "/// Table of σ for the \(options.form) form; the recipe stands above."]
    lines += ["@usableFromInline", "enum \(options.name) {"]
    for constant in table.constants {
      lines += ["  /// \(constant.meaning)."]
      let constantType = constant.name == "shift" ? "UInt32" : type
      lines += [
        "  @inlinable static var \(constant.name): \(constantType) { \(constant.value.literal) }",
        "",
      ]
    }
    lines += ["  /// The rows one after the other, each as its comment says."]
    let count = table.rows.reduce(0) { $0 + $1.values.count }
    lines += [
      "  // swift-format-ignore",
      "  @usableFromInline static let values: InlineArray<\(count), \(type)> = [",
    ]
    for row in table.rows {
      lines += ["    // \(row.label)."] + wrapped(row.values, indent: "    ")
    }
    lines += ["  ]", "}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static let swiftNames: [Options.Scalar: String] = [
    .float: "Float", .double: "Double", .q15: "Int16",
  ]

  // MARK: - C

  private var header: String {
    let type = options.scalar == .q15 ? "int16_t" : "\(options.scalar)"
    let suffix = options.scalar == .float ? "f" : ""
    let guardName = options.name.uppercased() + "_H"
    var lines = ["/*"] + head.map { " * " + $0 } + [" */"]
    lines += ["#ifndef \(guardName)", "#define \(guardName)", "#include <stdint.h>", ""]
    for constant in table.constants {
      let isInteger = constant.name == "shift"
      lines += ["/* \(constant.meaning). */"]
      lines += [
        "static const \(isInteger ? "uint32_t" : type) \(options.name)_\(constant.name) = "
          + constant.value.literal + (isInteger ? "" : suffix) + ";"
      ]
    }
    let count = table.rows.reduce(0) { $0 + $1.values.count }
    lines += ["", "/* The rows one after the other, each as its comment says. */"]
    lines += ["static const \(type) \(options.name)_values[\(count)] = {"]
    for row in table.rows {
      lines += ["  /* \(row.label). */"] + wrapped(row.values, indent: "  ", suffix: suffix)
    }
    lines += ["};", "#endif"]
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - CSV

  private var csv: String {
    var lines = head.map { "# " + $0 }
    lines += table.constants.map { "# \($0.name) = \($0.value.literal)" }
    lines += ["row,index,value"]
    for (number, row) in table.rows.enumerated() {
      lines += row.values.enumerated().map { "\(number),\($0),\($1.literal)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As many values a line as fit in 100 columns.
  private func wrapped(_ values: [TableValue], indent: String, suffix: String = "") -> [String] {
    var lines: [String] = []
    var line = indent
    for value in values {
      let piece = value.literal + suffix + ","
      if line.count + piece.count > 100 {
        lines.append(trimmed(line))
        line = indent
      }
      line += piece + " "
    }
    return lines + [trimmed(line)]
  }

  private func trimmed(_ line: String) -> String { String(line.dropLast()) }
}

extension Measurement {
  /// Bound, error, monotonicity and range in words.
  var lines: [String] {
    let monotone =
      largestDrop == 0
      ? "Monotone: yes."
      : "Monotone: no, largest drop \(hexadecimal(largestDrop)) (\(brief(largestDrop))) at x = "
        + hexadecimal(dropWitness) + "."
    return [
      "Bound: |error| <= \(hexadecimal(bound)) (\(brief(bound))).",
      "Measured: \(hexadecimal(largestError)) (\(brief(largestError))) at x = "
        + "\(hexadecimal(witness)), \(count) arguments.",
      monotone, "Range: \(hexadecimal(smallest)) ... \(hexadecimal(greatest)).",
    ]
  }

  /// Three digits, for the eye.
  private func brief(_ value: Double) -> String {
    var exponent = 0
    var digits = value
    while digits != 0, digits < 100 { (digits, exponent) = (digits * 10, exponent - 1) }
    let rounded = Int(digits.rounded(.up))
    return "\(rounded / 100).\(twoDigits(rounded % 100))e\(exponent + 2)"
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
