#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Elements in memory of their own, aligned to 64 bytes, whose address stays.
///
/// An array would end the process if the system has no memory for it; this throws.
@safe struct OwnedMemory<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) throws(SinglePathError) {
    let size = MemoryLayout<Element>.stride
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    var memory: UnsafeMutableRawPointer?
    guard !overflow, unsafe posix_memalign(&memory, 64, max(64, bytes)) == 0,
      let memory = unsafe memory
    else { throw .memory(bytes: overflow ? .max : bytes) }
    unsafe base = unsafe memory.bindMemory(to: Element.self, capacity: count)
    self.count = count
    unsafe base.initialize(repeating: value, count: count)
  }

  deinit { unsafe free(base) }

  var span: Span<Element> {
    @_lifetime(borrow self)
    borrowing get {
      unsafe _overrideLifetime(Span(_unsafeStart: base, count: count), borrowing: self)
    }
  }

  var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get {
      unsafe _overrideLifetime(MutableSpan(_unsafeStart: base, count: count), mutating: &self)
    }
  }
}
