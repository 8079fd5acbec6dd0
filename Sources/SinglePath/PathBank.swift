#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Many paths of one shape, as in a filter bank; owns their parameters.
///
/// It owns its memory alone, so that it can be sent to another task or actor. Parameters lie in planes, path index fastest, each plane aligned to 64 bytes. Nothing grows after
/// initialisation, so training never allocates.
public struct PathBank: ~Copyable, @unchecked Sendable {
  /// What every path looks like.
  public let shape: PathShape
  /// How many paths there are.
  public let count: Int
  /// What the bank is trained with.
  public let kernel: Kernel

  let base: UnsafeMutablePointer<Float>
  let stride: Int

  /// A bank whose parameters are all zero.
  ///
  /// - Parameters:
  ///   - shape: what every path looks like.
  ///   - count: 0 or more.
  ///   - kernel: what the bank is trained with.
  /// - Throws: `SinglePathError` if the count is negative or the system has no memory for it.
  public init(shape: PathShape, count: Int, kernel: Kernel = Kernel()) throws(SinglePathError) {
    guard count >= 0 else { throw .size("the number of paths", count, least: 0) }
    let (padded, overflow1) = count.addingReportingOverflow(15)
    let stride = padded / 16 * 16
    let (elements, overflow2) = stride.multipliedReportingOverflow(by: shape.parameterCount)
    let (bytes, overflow3) = elements.multipliedReportingOverflow(by: 4)
    if overflow1 || overflow2 || overflow3 { throw .overflow("the parameters") }
    let memory = try Self.zeros(bytes: max(64, bytes))
    self.shape = shape
    self.count = count
    self.kernel = kernel
    self.stride = stride
    base = memory
  }

  private static func zeros(bytes: Int) throws(SinglePathError) -> UnsafeMutablePointer<Float> {
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, 64, bytes) == 0, let memory else { throw .memory(bytes: bytes) }
    let floats = memory.bindMemory(to: Float.self, capacity: bytes / 4)
    floats.update(repeating: 0, count: bytes / 4)
    return floats
  }

  deinit { free(base) }

  /// θ⁽ˡ⁾ of a path; l is 1…depth, as in the derivation.
  public subscript(weight l: Int, path path: Int) -> Float {
    get { base[index(layer: l, path)] }
    set { base[index(layer: l, path)] = newValue }
  }

  /// b⁽ˡ⁾ of a path; l is 1…depth. The shape must have biases.
  public subscript(bias l: Int, path path: Int) -> Float {
    get { base[biasIndex(layer: l, path)] }
    set { base[biasIndex(layer: l, path)] = newValue }
  }

  private func index(layer l: Int, _ path: Int) -> Int {
    precondition(1...shape.depth ~= l && 0..<count ~= path, "no such weight in the bank")
    return (l - 1) * stride + path
  }

  private func biasIndex(layer l: Int, _ path: Int) -> Int {
    precondition(shape.hasBiases, "the paths of this bank have no biases")
    return shape.depth * stride + index(layer: l, path)
  }

  /// The parameters, for as long as the bank lives.
  var parameters: Parameters { Parameters(base, shape: shape, count: count, stride: stride) }
}
