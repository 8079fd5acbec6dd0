import Foundation
import Testing

/// Sebastiano Vigna's SplitMix64: the same numbers for the same seed, everywhere.
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// Tests draw from this seed unless SINGLE_PATH_SEED says otherwise.
  public static let seed =
    ProcessInfo.processInfo.environment["SINGLE_PATH_SEED"].flatMap { UInt64($0) } ?? 20_180_320

  /// Numbers of the tests' seed; each stream has others.
  public init(stream: UInt64 = 0) { state = Self.seed &+ stream &* 0x9E37_79B9_7F4A_7C15 }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in −scale…scale, a multiple of 2⁻²³ times the scale.
  public mutating func float(_ scale: Float = 1) -> Float {
    Float(Int32(truncatingIfNeeded: next() >> 32) >> 8) * 0x1p-23 * scale
  }

  public mutating func floats(_ count: Int, _ scale: Float = 1) -> [Float] {
    (0..<count).map { _ in float(scale) }
  }
}

extension Trait where Self == IssueHandlingTrait {
  /// Adds the seed to every failure, so that it can be repeated.
  public static var printsSeed: Self {
    .compactMapIssues { issue in
      var issue = issue
      issue.comments.append("SINGLE_PATH_SEED=\(SplitMix64.seed)")
      return issue
    }
  }
}
