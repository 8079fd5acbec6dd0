import Foundation

// Numbers in few bytes, little-endian, as the page's script reads them.

/// Whole numbers from 0, in 32 bits each.
func packed(_ values: [Int]) -> Data {
  data(values.map { UInt32($0).littleEndian })
}

/// Numbers to the last bit.
func packed(_ values: [Double]) -> Data {
  data(values.map { $0.bitPattern.littleEndian })
}

/// Numbers in single precision.
func packed(_ values: [Float]) -> Data {
  data(values.map { $0.bitPattern.littleEndian })
}

private func data<Word: FixedWidthInteger>(_ words: [Word]) -> Data {
  words.withUnsafeBytes { Data($0) }
}

/// Lists of numbers, such as the y of each series: value = offset + scale × float.
///
/// The offset of a list is 0 unless its range is small compared with its values, as for dates: every value
/// keeps the seven digits of a float, of itself or of its distance from the least one.
struct PackedLists: Encodable {
  private let counts: Data
  private let offsets: Data
  /// Nil if all are 1.
  private let scales: Data?
  private let values: Data

  init(_ lists: [[Double]]) {
    counts = packed(lists.map(\.count))
    let offsets = lists.map { list in
      let (least, most) = (list.min() ?? 0, list.max() ?? 0)
      return most - least < max(least, -most) ? least : 0
    }
    let distances = zip(lists, offsets).map { list, offset in list.map { $0 - offset } }
    let scales = distances.map(scale)
    self.offsets = packed(offsets)
    self.scales = scales.allSatisfy { $0 == 1 } ? nil : packed(scales)
    values = packed(
      zip(distances, scales).flatMap { list, scale in list.map { Float($0 / scale) } })
  }
}

/// 1, or a power of two for numbers beyond the range of a float.
private func scale(_ values: [Double]) -> Double {
  let largest = values.reduce(0) { max($0, abs($1)) }
  return largest == 0 || (1e-30...1e30).contains(largest)
    ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
}

/// Values each of which is stored once; every series has the index of its own.
struct Pool<Value: Hashable> {
  private(set) var values: [Value] = []
  private(set) var indices: [Int] = []
  private var places: [Value: Int] = [:]

  init(_ all: [Value]) {
    for value in all {
      if places[value] == nil {
        places[value] = values.count
        values.append(value)
      }
      indices.append(places[value] ?? 0)
    }
  }
}
