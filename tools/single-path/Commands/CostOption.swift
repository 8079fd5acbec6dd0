import CommandLineSupport
import SinglePath
import SinglePathReference

extension Arguments {
  /// What `--cost` may be.
  static let costs = "squared-error, cross-entropy, huber or huber:κ"

  /// The cost that an option names; κ is 1 unless it is given.
  func cost(_ name: String) throws(Failure) -> CostFunction {
    switch text(name) {
    case nil, "squared-error": return .squaredError
    case "cross-entropy": return .crossEntropy
    case "huber": return .huber(threshold: 1)
    case .some(let text):
      let prefix = "huber:"
      guard text.hasPrefix(prefix), let threshold = Float(text.dropFirst(prefix.count)),
        threshold > 0, threshold.isFinite
      else {
        throw .usage("\(name) is '\(text)'; give \(Self.costs), with κ above 0")
      }
      return .huber(threshold: threshold)
    }
  }
}

extension Cost {
  /// The cost in words.
  var name: String {
    switch self {
    case .squaredError: "squared error"
    case .crossEntropy: "cross-entropy"
    case .huber(let κ): "Huber with κ = \(Float(κ))"
    }
  }

  /// The cost as a formula.
  var formula: String {
    switch self {
    case .squaredError: "J = ½ (ŷ − y)²"
    case .crossEntropy: "J = −y ln ŷ − (1 − y) ln(1 − ŷ)"
    case .huber: "J = ½ e² or κ (|e| − ½ κ), e = ŷ − y"
    }
  }
}
