import Foundation

/// Numbers names in the order in which they first appear, by their bytes.
///
/// A table with open addressing: no text is made for a name that is known.
struct NameIndex {
  /// The bytes of all names, one after the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// The number of a name, and one more, at its hash or behind; 0 where there is none. At most half full.
  private var slots = [Int32](repeating: 0, count: 64)

  var count: Int { ends.count }

  var names: [String] { ends.indices.map { String(decoding: bytes[range($0)], as: UTF8.self) } }

  /// The number of a name, which is new if it was not known.
  mutating func number(of name: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if isName(number, name) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    slots[slot] = Int32(ends.count)
    if 2 * ends.count > slots.count { grow() }
    return ends.count - 1
  }

  /// Whether that is the name of a number.
  func isName(_ number: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == name.count, let base = name.baseAddress else {
      return range.count == name.count
    }
    return bytes.withUnsafeBufferPointer { all in
      all.baseAddress.map { memcmp($0 + range.lowerBound, base, range.count) == 0 } ?? true
    }
  }

  private func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: 2 * slots.count)
    for number in ends.indices {
      var slot = bytes[range(number)].withUnsafeBufferPointer(Self.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  /// FNV-1a, with its high bits folded into the low ones, which choose the slot.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
