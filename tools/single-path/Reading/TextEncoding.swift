import CommandLineSupport

/// How the text of a file is encoded.
enum TextEncoding: String {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"

  /// Tells the encoding of a file by its byte order mark, and turns the file into UTF-8 without one.
  ///
  /// - Throws: if the bytes are not of that encoding: text that is read with replacements may have
  ///   lost the letter in which two names differ.
  static func decode(
    _ bytes: [UInt8], name: String
  ) throws(Failure) -> (text: [UInt8], encoding: TextEncoding) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      return (try decodeUTF16(bytes, name: name, lowByte: 0), .utf16LittleEndian)
    }
    if bytes.starts(with: [0xFE, 0xFF]) {
      return (try decodeUTF16(bytes, name: name, lowByte: 1), .utf16BigEndian)
    }
    if let fault = firstFault(inUTF8: bytes) {
      let row = 1 + lineEnds(bytes[..<fault])
      let hexadecimal = String(bytes[fault], radix: 16, uppercase: true)
      throw .data(
        "\(name), line \(row): the byte 0x\(hexadecimal.count < 2 ? "0" : "")\(hexadecimal) is "
          + "neither UTF-8 nor UTF-16 with a byte order mark; save the file as UTF-8")
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return (hasMark ? Array(bytes.dropFirst(3)) : bytes, .utf8)
  }

  private static func decodeUTF16(
    _ bytes: [UInt8], name: String, lowByte: Int
  ) throws(Failure) -> [UInt8] {
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      UInt16(bytes[index + lowByte]) | UInt16(bytes[index + 1 - lowByte]) << 8
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw .data("\(name) begins as UTF-16, but goes on otherwise; save it as UTF-8")
    }
    return Array(text.utf8)
  }

  /// The first byte that is not of UTF-8, or that is zero, which no text holds.
  private static func firstFault(inUTF8 bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      var position = 0
      while position < bytes.count {
        if position + 8 <= bytes.count {
          let eight = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          // Neither a high bit nor a zero in any of the eight bytes.
          let high: UInt64 = 0x8080_8080_8080_8080
          if (eight | (eight &- 0x0101_0101_0101_0101)) & high == 0 {
            position += 8
            continue
          }
        }
        guard let length = sequenceLength(bytes, at: position) else { return position }
        position += length
      }
      return nil
    }
  }

  /// How many bytes the scalar there takes; nil if it is none.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int? {
    let first = bytes[position]
    if 1..<0x80 ~= first { return 1 }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard position + length <= bytes.count else { return nil }
    let sequence = bytes[position..<position + length]
    return String(validating: sequence, as: UTF8.self).map { _ in length }
  }

  /// How many lines end there.
  private static func lineEnds(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
      previous = byte
    }
    return count
  }
}
