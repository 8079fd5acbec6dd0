/// A set of a path's parameters.
public struct ParameterMask: OptionSet, Hashable, Sendable, BitwiseCopyable {
  /// Bit p is plane p of the parameters: bits 0 to L − 1 are θ⁽¹⁾…θ⁽ᴸ⁾, the next L are b⁽¹⁾…b⁽ᴸ⁾.
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

/// Parameters that stay as they are, to the bit.
public enum FrozenParameters: Hashable, Sendable {
  /// No parameter.
  case none
  /// The same of all paths.
  case shared(ParameterMask)
  /// Those of each path, one mask a path.
  case perPath([ParameterMask])
}
