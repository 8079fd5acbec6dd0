/// Many paths of one shape, as in a filter bank; owns their parameters.
///
/// Parameters lie in planes, path index fastest, each plane aligned to 64 bytes. Nothing grows after
/// initialisation, so training never allocates. A bank can be sent to a task or an actor.
///
///     var bank = try PathBank(shape: .fourParameterLogistic, count: 96)
///     bank.randomize(seed: 1)
///     let samples = try Samples(
///       inputs: .shared(doses.span), targets: .perPath(responses.span, frames: doses.count))
///     try bank.train(on: samples, rate: 0.1)
public struct PathBank: ~Copyable, Sendable {
  /// What every path looks like.
  public let shape: PathShape
  /// How many paths there are.
  public let count: Int
  /// What the bank is trained with.
  public let kernel: Kernel

  /// Plane p of path i at `[p * stride + i]`.
  var memory: OwnedMemory<Float>
  let stride: Int

  /// A bank whose parameters are all zero.
  ///
  /// - Parameters:
  ///   - shape: what every path looks like.
  ///   - count: paths, 0 or more.
  ///   - kernel: what the bank is trained with.
  /// - Throws: `SinglePathError` if the count is negative or the system has no memory for it.
  public init(shape: PathShape, count: Int, kernel: Kernel = Kernel()) throws(SinglePathError) {
    guard count >= 0 else { throw .size(.paths, count, allowed: 0...Int.max) }
    let (padded, overflow1) = count.addingReportingOverflow(15)
    let stride = padded / 16 * 16
    let (elements, overflow2) = stride.multipliedReportingOverflow(by: shape.parameterCount)
    let (_, overflow3) = elements.multipliedReportingOverflow(by: 4)
    if overflow1 || overflow2 || overflow3 { throw .overflow(.parameters) }
    memory = try OwnedMemory(repeating: 0, count: elements)
    self.shape = shape
    self.count = count
    self.kernel = kernel
    self.stride = stride
  }

  /// The parameters, for as long as the bank lives.
  var parameters: UnsafeParameters {
    unsafe UnsafeParameters(
      UnsafeMutableBufferPointer(start: memory.base, count: memory.count), shape: shape,
      count: count, stride: stride)
  }
}
