import Foundation

/// Powers of ten that a `Double` holds exactly.
private let exactPowers: [Double] = (0...22).map { pow(10, Double($0)) }

/// The value of a decimal number such as `-1.5e3`; nil if it is anything else, or not finite.
///
/// - Parameter mark: stands before the decimals.
func decimalNumber(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Double? {
  var position = 0
  var isNegative = false
  if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
    isNegative = first == UInt8(ascii: "-")
    position = 1
  }
  var digits = 0
  var decimals = 0
  var significand: UInt64 = 0
  var hasMark = false
  while position < bytes.count {
    let byte = bytes[position]
    if byte == mark, !hasMark {
      hasMark = true
    } else {
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      digits += 1
      if hasMark { decimals += 1 }
      significand = significand &* 10 &+ UInt64(digit)
    }
    position += 1
  }
  guard digits > 0 else { return nil }
  // A product or quotient of two exact numbers is rounded once, as strtod rounds.
  if position == bytes.count, digits <= 15, decimals <= 22 {
    let value = Double(significand) / exactPowers[decimals]
    return isNegative ? -value : value
  }
  return position == bytes.count || isExponent(bytes[position...])
    ? slowNumber(bytes, mark: mark) : nil
}

private func isExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  guard let letter = bytes.first, letter | 0x20 == UInt8(ascii: "e") else { return false }
  var rest = bytes.dropFirst()
  if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    rest = rest.dropFirst()
  }
  return !rest.isEmpty && rest.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
}

/// The same by the C library, for any number of digits.
private func slowNumber(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8) -> Double? {
  guard bytes.count < 512 else { return nil }
  // The number in the file has no zero behind it, and may be the last thing in the memory.
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { copy in
    for (index, byte) in bytes.enumerated() {
      copy[index] = CChar(bitPattern: byte == mark ? UInt8(ascii: ".") : byte)
    }
    copy[bytes.count] = 0
    guard let start = UnsafePointer(copy.baseAddress) else { return nil }
    let value = strtod(start, nil)
    return value.isFinite ? value : nil
  }
}
