/// How training departs from one update (17) for each sample. As it is made, it does not.
public struct TrainingOptions {
  /// Frames whose gradients are summed for one update with the parameters from before the first of them,
  /// 1 or more. `Int.max` makes one batch of a call; a call's last batch may be shorter.
  public var batch = 1

  /// Where each component of a batch's gradient is held: within ± this, which is above 0. Nil is no
  /// limit.
  public var gradientLimit: Float?

  /// Parameters that stay as they are, to the bit.
  public var frozen = Frozen.none

  /// Where an update holds the parameters.
  public var bounds: Bounds?

  /// One update for each sample, without limits.
  public init() {}
}

/// A set of a path's parameters.
public struct ParameterMask: OptionSet, Sendable {
  /// Bit p is plane p of `Parameters`.
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// θ⁽ˡ⁾, with l in 1…8.
  public static func weight(_ l: Int) -> ParameterMask {
    precondition(PathShape.depths ~= l, "no such weight")
    return ParameterMask(rawValue: 1 << UInt16(l - 1))
  }

  /// b⁽ˡ⁾ of a path with a given depth L, with l in 1…L.
  public static func bias(_ l: Int, depth: Int) -> ParameterMask {
    precondition(PathShape.depths ~= depth && 1...depth ~= l, "no such bias")
    return ParameterMask(rawValue: 1 << UInt16(depth + l - 1))
  }
}

/// Parameters that stay as they are.
public enum Frozen {
  /// No parameter.
  case none
  /// The same of all paths.
  case shared(ParameterMask)
  /// Those of each path, `count` masks.
  case perPath(UnsafePointer<ParameterMask>)
}

/// Bounds of the parameters: an update that leaves them ends at the bound. A parameter that does not move
/// keeps its bits, even beyond a bound; NaN is no bound; where they cross, the upper one holds.
public struct Bounds {
  let lower: UnsafePointer<Float>?
  let upper: UnsafePointer<Float>?
  let stride: Int
  let isShared: Bool

  /// The same for all paths: one value a parameter, in the order of the planes of `Parameters`.
  public init(shared lower: UnsafePointer<Float>?, _ upper: UnsafePointer<Float>?) {
    (self.lower, self.upper, stride, isShared) = (lower, upper, 1, true)
  }

  /// Bounds of each path: of parameter p and path i at `[p * stride + i]`.
  public init(_ lower: UnsafePointer<Float>?, _ upper: UnsafePointer<Float>?, stride: Int) {
    (self.lower, self.upper, self.stride, isShared) = (lower, upper, stride, false)
  }
}
