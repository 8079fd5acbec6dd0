/// η of (17), finite and above 0.
@unsafe public enum UnsafeLearningRate: BitwiseCopyable {
  /// The same for all paths.
  case shared(Float)
  /// One for each path.
  case perPath(UnsafeBufferPointer<Float>)
}

/// `TrainingOptions` with arrays in the host's own memory.
@unsafe public struct UnsafeTrainingOptions: BitwiseCopyable {
  /// As of `TrainingOptions`.
  public var batch = 1
  /// As of `TrainingOptions`.
  public var gradientLimit: Float?
  /// Parameters that stay as they are.
  public var frozen = unsafe UnsafeFrozenParameters.none
  /// Where an update holds the parameters.
  public var bounds: UnsafeBounds?

  /// Plain stochastic gradient descent.
  public init() {}
}

/// Parameters that stay as they are, to the bit.
@unsafe public enum UnsafeFrozenParameters: BitwiseCopyable {
  /// No parameter.
  case none
  /// The same of all paths.
  case shared(ParameterMask)
  /// Those of each path, one mask a path.
  case perPath(UnsafeBufferPointer<ParameterMask>)
}

/// `ParameterBounds` in the host's own memory.
@unsafe public struct UnsafeBounds: BitwiseCopyable {
  let lower: UnsafeBufferPointer<Float>
  let upper: UnsafeBufferPointer<Float>
  let givenStride: Int?
  let isShared: Bool

  /// The same for all paths: one value a parameter, in the order of the planes of `UnsafeParameters`.
  public init(
    shared lower: UnsafeBufferPointer<Float>, _ upper: UnsafeBufferPointer<Float>
  ) {
    unsafe self.lower = unsafe lower
    unsafe self.upper = unsafe upper
    unsafe givenStride = 1
    unsafe isShared = true
  }

  /// Bounds of each path: those of parameter p and path i at `[p * stride + i]`; a stride of nil is the
  /// number of paths.
  public init(
    _ lower: UnsafeBufferPointer<Float>, _ upper: UnsafeBufferPointer<Float>, stride: Int? = nil
  ) {
    unsafe self.lower = unsafe lower
    unsafe self.upper = unsafe upper
    unsafe givenStride = stride
    unsafe isShared = false
  }
}

extension UnsafeTrainingOptions {
  /// Options whose arrays are lent to a call, during which they must live.
  init(lending options: borrowing TrainingOptions) {
    unsafe batch = options.batch
    unsafe gradientLimit = options.gradientLimit
    unsafe frozen = UnsafeFrozenParameters(lending: options.frozen)
    if let bounds = options.bounds {
      let (lower, upper) = unsafe (buffer(bounds.lower), buffer(bounds.upper))
      unsafe self.bounds =
        unsafe bounds.isShared ? UnsafeBounds(shared: lower, upper) : UnsafeBounds(lower, upper)
    }
  }
}

extension UnsafeFrozenParameters {
  /// Masks that are lent to a call, during which they must live.
  init(lending frozen: borrowing FrozenParameters) {
    switch copy frozen {
    case .none: unsafe self = .none
    case .shared(let mask): unsafe self = .shared(mask)
    case .perPath(let masks): unsafe self = .perPath(buffer(masks))
    }
  }
}

/// The elements of an array, for as long as it lives.
private func buffer<Element>(_ array: borrowing [Element]) -> UnsafeBufferPointer<Element> {
  unsafe array.withUnsafeBufferPointer { unsafe $0 }
}
