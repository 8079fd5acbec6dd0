/// J of one sample. Any goes with any output; the error signal (13) is ∂J/∂z.
public enum CostFunction: Hashable, Sendable, BitwiseCopyable {
  /// ½ (ŷ − y)², (7), the derivation's.
  case squaredError
  /// −y ln ŷ − (1 − y) ln(1 − ŷ) for targets in 0…1, which need not be 0 or 1.
  ///
  /// With a sigmoid or softmax output it is computed from z, without overflow, and (13) is ŷ − y. Other
  /// outputs can leave 0…1, where the logarithm is undefined: outside 2⁻¹⁰…1 − 2⁻¹⁰ the cost is extended
  /// linearly. A target of exactly 1 (or 0) then pulls such an output up (or down) without end, as it
  /// does the z of a sigmoid.
  case crossEntropy
  /// ½ (ŷ − y)² up to the threshold κ of |ŷ − y|, beyond it κ (|ŷ − y| − ½ κ): outliers pull no harder
  /// than κ (Huber, "Robust estimation of a location parameter", Ann. Math. Statist. 35, 1964).
  ///
  /// The threshold is finite and above 0; a `PathShape` refuses any other.
  case huber(threshold: Float)
}
