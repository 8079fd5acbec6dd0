import CSinglePath

/// Why a call was refused.
///
/// Not an enumeration: that would be `Hashable`, which asks the system for random bytes.
struct Refusal: Error {
  /// A status other than SP_OK.
  let status: sp_status

  init(_ status: Int) { self.status = sp_status(truncatingIfNeeded: status) }
}

/// The status of a call whose arguments are checked, and which then runs, in a closure.
func status(of body: () throws(Refusal) -> Void) -> sp_status {
  do throws(Refusal) {
    try body()
    return sp_status(SP_OK)
  } catch {
    return error.status
  }
}

/// A checked stretch of memory of a call: `rows` rows of `width` elements, `stride` apart.
struct Stretch {
  private var start: UInt = 0
  private var end: UInt = 0

  /// Checks the stride, the pointer and the end. A stretch without elements, or an optional one without
  /// a pointer, is empty and overlaps nothing.
  init<Element>(
    _ base: UnsafePointer<Element>?, rows: Int, width: Int, stride: Int, leastStride: Int,
    isOptional: Bool = false
  ) throws(Refusal) {
    if rows > 1, stride < leastStride { throw Refusal(SP_ERROR_STRIDE) }
    guard rows > 0, width > 0 else { return }
    guard let base else {
      if isOptional { return }
      throw Refusal(SP_ERROR_NULL)
    }
    start = UInt(bitPattern: base)
    if start % UInt(MemoryLayout<Element>.alignment) != 0 { throw Refusal(SP_ERROR_MISALIGNED) }
    let (before, overflow1) = (rows - 1).multipliedReportingOverflow(by: rows > 1 ? stride : 0)
    let (elements, overflow2) = before.addingReportingOverflow(width)
    let (bytes, overflow3) = elements.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    let (end, overflow4) = start.addingReportingOverflow(UInt(bitPattern: bytes))
    if overflow1 || overflow2 || overflow3 || overflow4 { throw Refusal(SP_ERROR_OVERFLOW) }
    self.end = end
  }

  /// Refuses another stretch that reaches into this one.
  func mustNotOverlap(_ other: Stretch) throws(Refusal) {
    if max(start, other.start) < min(end, other.end) { throw Refusal(SP_ERROR_OVERLAP) }
  }

  func mustNotOverlap(_ first: Stretch, _ second: Stretch) throws(Refusal) {
    try mustNotOverlap(first)
    try mustNotOverlap(second)
  }
}
