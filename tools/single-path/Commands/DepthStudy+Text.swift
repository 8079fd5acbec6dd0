import CommandLineSupport
import Foundation
import SinglePath
import SinglePathReference

extension DepthStudy {
  /// A table by depth and activation for each of the means.
  var text: String {
    let tables = [
      ("Mean |∂J/∂θ⁽¹⁾| at the start", table { scientific($0.gradientAtStart) }),
      (
        "Mean |∂J/∂θ⁽¹⁾| after training for \(counted(settings.epochs, "epoch"))",
        table { scientific($0.gradientAfterTraining) }
      ),
      ("Mean J after training", table { scientific($0.finalCost) }),
    ]
    return ([heading] + tables.map { "\($0)\n\($1)" }).joined(separator: "\n\n")
  }

  /// What was run.
  private var heading: String {
    let weights = Self.startingWeights
    return """
      \(counted(settings.runs, "path")) for each depth and hidden activation, trained on series \
      \(singleLine(seriesName)), \(counted(sampleCount, "sample")).
      Starts: θ in \(weights.lowerBound)…\(weights.upperBound), b = 0, seed \(settings.seed). \
      η = \(Self.rule.rate), gradients held to ±\(Int(Self.rule.gradientLimit)).
      """
  }

  private func table(_ cell: (Result) -> String) -> String {
    let names = Activation.allCases.map(\.rawValue)
    let rows = PathShape.depths.enumerated().map { index, depth in
      ["\(depth)"] + Activation.allCases.map { results[$0].map { cell($0[index]) } ?? "" }
    }
    return ([["depth"] + names] + rows).map { row in
      row.enumerated().map { $1.padded(to: $0 == 0 ? 7 : 11, right: true) }.joined()
    }.joined(separator: "\n")
  }
}

private func scientific(_ value: Double) -> String { String(format: "%.2e", value) }
