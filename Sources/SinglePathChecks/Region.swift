/// Checked memory of a call: `rows` rows of `width` elements, `stride` apart.
struct Region {
  private let name: StaticString
  private var start: UInt = 0
  private var end: UInt = 0

  private var isEmpty: Bool { start == end }

  /// A region without elements, of an argument that is not given.
  static func empty(_ name: StaticString) -> Region { Region(name) }

  private init(_ name: StaticString) { self.name = name }

  /// Checks the stride, the pointer and the end. A region without elements, or an optional one without
  /// a pointer, is empty and overlaps nothing.
  @inline(__always)
  init<Element>(
    _ name: StaticString, _ base: UnsafePointer<Element>?, rows: Int = 1, width: Int,
    stride: Int = 0, leastStride: Int = 0, isOptional: Bool = false
  ) throws(Refusal) {
    self.name = name
    if rows > 1, stride < leastStride { throw .stride(name, stride, least: leastStride) }
    guard rows > 0, width > 0 else { return }
    guard let base else {
      if isOptional { return }
      throw .missing(name)
    }
    start = UInt(bitPattern: base)
    if start % UInt(MemoryLayout<Element>.alignment) != 0 {
      throw .misaligned(name)
    }
    let (before, overflow1) = (rows - 1).multipliedReportingOverflow(by: rows > 1 ? stride : 0)
    let (elements, overflow2) = before.addingReportingOverflow(width)
    let (bytes, overflow3) = elements.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    let (end, overflow4) = start.addingReportingOverflow(UInt(bitPattern: bytes))
    if overflow1 || overflow2 || overflow3 || overflow4 { throw .overflow(name) }
    self.end = end
  }

  /// Refuses what is written if it reaches into what is read or into anything else that is written.
  @inline(__always)
  static func mustBeApart<let writes: Int, let reads: Int>(
    written: InlineArray<writes, Region>, read: InlineArray<reads, Region>
  ) throws(Refusal) {
    for place in written.indices where !written[place].isEmpty {
      for other in read.indices { try written[place].mustBeApart(from: read[other]) }
      for other in place + 1..<writes { try written[place].mustBeApart(from: written[other]) }
    }
  }

  @inline(__always)
  private func mustBeApart(from other: Region) throws(Refusal) {
    if max(start, other.start) < min(end, other.end) { throw .overlap(name, other.name) }
  }
}
