/// How the sigmoid is computed: two arithmetics, each with bits of its own and one stated bound.
public enum SigmoidMethod: String, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  /// By an exponential and a division; the error is at most 8.96 · 10⁻⁸.
  case polynomial
  /// By a table of 32 segments, without a division; the error is at most 2⁻²⁰ = 9.54 · 10⁻⁷, which is
  /// lost in the rounding errors of a training in single precision. Faster with AVX-512, slower elsewhere.
  case table

  /// The largest |σ(x) computed − σ(x) true| over every float x.
  public var maximumError: Double {
    switch self {
    case .polynomial: 8.96e-8
    case .table: 0x1p-20
    }
  }
}
