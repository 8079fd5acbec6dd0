/// Values that are numbered as the derivation numbers them: weights from 1 to L, layers from 1 to L + 1.
///
/// `weights[1]` is θ⁽¹⁾. The error signals δ⁽²⁾ … δ⁽ᴸ⁺¹⁾ begin at 2, because an input has none.
public struct Numbered: RandomAccessCollection, MutableCollection, Equatable, Sendable {
  /// The number of the first value.
  public let startIndex: Int
  private var values: [Double]

  /// Numbers `values` from `first` on.
  public init(_ values: [Double], from first: Int) {
    self.values = values
    startIndex = first
  }

  /// The number after the last one.
  public var endIndex: Int { startIndex + values.count }

  /// The value with number `l`, which must be in `startIndex..<endIndex`.
  public subscript(l: Int) -> Double {
    get { values[l - startIndex] }
    set { values[l - startIndex] = newValue }
  }
}
