/// Where the rows of an array lie in a block of memory, with marks around them.
struct Surroundings {
  /// Elements before the first row, after each but the last, and after the last.
  var before = 0
  var gap = 0
  var after = 0

  /// A block of exactly the size of the array, so that an address sanitizer sees a step beyond.
  static let none = Surroundings()
  /// A zone on both sides that shows what is read or written there.
  static let zones = Surroundings(before: 64, after: 64)
}

/// A copy of an array in memory of its own, with marks around its rows.
final class GuardedMemory<Value: BitwiseCopyable> {
  private let block: UnsafeMutableBufferPointer<Value>
  private let mark: Value
  private let width: Int
  private let rows: Int
  private let surroundings: Surroundings

  /// From the first row to the end of the last.
  let buffer: UnsafeMutableBufferPointer<Value>

  /// - Parameter width: values of a row.
  init(_ values: [Value], width: Int, around mark: Value, _ surroundings: Surroundings = .none) {
    (self.mark, self.width, self.surroundings) = (mark, width, surroundings)
    rows = width == 0 ? 0 : values.count / width
    let gaps = max(0, rows - 1) * surroundings.gap
    block = .allocate(
      capacity: surroundings.before + values.count + gaps + surroundings.after)
    block.initialize(repeating: mark)
    buffer = UnsafeMutableBufferPointer(
      rebasing: block[surroundings.before..<surroundings.before + values.count + gaps])
    for (index, value) in values.enumerated() {
      buffer[index / width * stride + index % width] = value
    }
  }

  deinit { block.deallocate() }

  /// From row to row.
  var stride: Int { width + surroundings.gap }

  var values: [Value] {
    (0..<rows * width).map { buffer[$0 / width * stride + $0 % width] }
  }

  /// Whether all marks are as they were.
  var isWhole: Bool {
    func bytes(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value, Array.init) }
    return block.indices.allSatisfy { index in
      let place = index - surroundings.before
      let isMark = place < 0 || place >= buffer.count || place % stride >= width
      return !isMark || bytes(block[index]) == bytes(mark)
    }
  }
}

extension GuardedMemory {
  var readOnly: UnsafeBufferPointer<Value> { UnsafeBufferPointer(buffer) }
}
