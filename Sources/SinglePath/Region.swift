/// A checked stretch of memory of a call: `rows` rows of `width` elements, `stride` apart.
struct Region {
  let name: String
  private let addresses: Range<UInt>

  /// Checks the stride, the pointer and the end of a region. A region without elements, or an optional
  /// one without a pointer, is empty and overlaps nothing.
  init<Element>(
    _ name: String, _ base: UnsafePointer<Element>?, rows: Int, width: Int, stride: Int,
    leastStride: Int, isOptional: Bool = false
  ) throws(SinglePathError) {
    self.name = name
    if rows > 1, stride < leastStride {
      throw .size("the stride of \(name)", stride, least: leastStride)
    }
    guard rows > 0, width > 0 else {
      addresses = 0..<0
      return
    }
    guard let base else {
      if !isOptional { throw .missing(name) }
      addresses = 0..<0
      return
    }
    let (before, overflow1) = (rows - 1).multipliedReportingOverflow(by: rows > 1 ? stride : 0)
    let (elements, overflow2) = before.addingReportingOverflow(width)
    let (bytes, overflow3) = elements.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    let start = UInt(bitPattern: base)
    let (end, overflow4) = start.addingReportingOverflow(UInt(bitPattern: bytes))
    if overflow1 || overflow2 || overflow3 || overflow4 { throw .overflow(name) }
    addresses = start..<end
  }

  /// Refuses another region that reaches into this one.
  func mustNotOverlap(_ other: Region) throws(SinglePathError) {
    if addresses.overlaps(other.addresses) { throw .overlap(name, other.name) }
  }

  func mustNotOverlap(_ first: Region, _ second: Region) throws(SinglePathError) {
    try mustNotOverlap(first)
    try mustNotOverlap(second)
  }

  func mustNotOverlap(
    _ first: Region, _ second: Region, _ third: Region
  ) throws(SinglePathError) {
    try mustNotOverlap(first, second)
    try mustNotOverlap(third)
  }
}
