/// (F2) for a logistic curve: what one pass over the samples sums.
///
/// With a − c in the place of a, s = σ′(z) of (5), r = y − ŷ, and k = r s (1 − 2 a). These are the columns of the
/// Jacobian, ∂ŷ/∂v = 1, ∂ŷ/∂w₂ = a − c, ∂ŷ/∂b₁ = w₂ s, ∂ŷ/∂w₁ = w₂ s x, by (9)–(11) with a signal of 1, without
/// their factor w₂; their products with each other and with r; and the second derivatives of ŷ times r. Each
/// product has the sample's weight as a factor.
struct LogisticSums<L: Lanes>: BitwiseCopyable {
  var a = L(repeating: 0)
  var aa = L(repeating: 0)
  var r = L(repeating: 0)
  var ra = L(repeating: 0)
  var rr = L(repeating: 0)
  var s = L(repeating: 0)
  var sa = L(repeating: 0)
  var sx = L(repeating: 0)
  var sxa = L(repeating: 0)
  var ss = L(repeating: 0)
  var ssx = L(repeating: 0)
  var ssxx = L(repeating: 0)
  var rs = L(repeating: 0)
  var rsx = L(repeating: 0)
  var k = L(repeating: 0)
  var kx = L(repeating: 0)
  var kxx = L(repeating: 0)

  /// How many numbers there are.
  @inline(__always)
  static var count: Int { MemoryLayout<Self>.size / MemoryLayout<L>.size }
}
