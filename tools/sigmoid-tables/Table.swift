import CommandLineSupport

/// One number of a table, as every language writes it.
enum TableValue {
  case float(Float)
  case double(Double)
  case q15(Int16)

  /// A literal without loss: hexadecimal for floating point, decimal for integers.
  var literal: String {
    switch self {
    case .float(let value): hexadecimal(Double(value))
    case .double(let value): hexadecimal(value)
    case .q15(let value): String(value)
    }
  }

  /// Least significant byte first, for the digest.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .float(let value): withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
    case .double(let value): withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
    case .q15(let value): withUnsafeBytes(of: value.littleEndian, Array.init)
    }
  }
}

/// A finished table: values, how to read them, and an evaluator that reads them so.
struct Table {
  /// Rows of values, each with what it holds. A register table has one row a coefficient.
  let rows: [(label: String, values: [TableValue])]
  /// Numbers of the recipe that a reader needs: name, meaning, literal.
  let constants: [(name: String, meaning: String, value: TableValue)]
  /// Formula, domain, step, rounding and recipe, a line each.
  let description: [String]
  /// The table's answer, bit for bit, in the type of the table; not for NaN.
  let evaluate: (Double) -> Double
  /// Where the argument is clamped; beyond, the answer is constant.
  let domain: ClosedRange<Double>
  /// Arguments between which the recipe changes its cell: worth a look from both sides.
  let edges: [Double]

  /// FNV-1a, 64 bits, over the values in order, least significant byte first.
  var digest: String {
    let hash = rows.flatMap(\.values).flatMap(\.bytes).reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
    }
    return hexadecimal(hash, digits: 16)
  }

  /// Makes the table that the options ask for.
  static func make(_ options: Options) throws(Failure) -> Table {
    switch (options.form, options.scalar) {
    case (.register, _):
      return RegisterTable(
        segments: options.size, degree: options.degree, clamp: Float(options.domain.upperBound)
      ).table
    case (.memory, .float): return memoryTableOfFloat(options)
    case (.memory, .double): return memoryTableOfDouble(options)
    case (.memory, .q15): return memoryTableOfQ15(options)
    }
  }
}

// MARK: - Hexadecimal

/// `value` with leading zeros.
func hexadecimal(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// A finite number as C and Swift both read it: 0x1.8p-3.
func hexadecimal(_ value: Double) -> String {
  guard value != 0 else { return "0x0p+0" }
  var digits = hexadecimal(value.magnitude.significandBitPattern, digits: 13)[...]
  // A subnormal Double, which no table holds, is normalised by its significand.
  if value.isSubnormal {
    digits = hexadecimal(value.significand.significandBitPattern, digits: 13)[...]
  }
  while digits.last == "0" { digits.removeLast() }
  let sign = value < 0 ? "-" : ""
  let exponent = value.exponent < 0 ? "\(value.exponent)" : "+\(value.exponent)"
  return "\(sign)0x1\(digits.isEmpty ? "" : ".")\(digits)p\(exponent)"
}
