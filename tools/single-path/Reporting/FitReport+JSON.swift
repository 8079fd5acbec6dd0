import Foundation
import SinglePathReference

extension FitReport {
  /// Everything: settings, and each path with its parameters, scaling and error.
  func json() throws -> String {
    let isDescent = settings.method == .descent
    let document = Document(
      settings: Document.Settings(
        method: settings.method.rawValue,
        file: table.fileName, columns: table.columns, depth: settings.depth,
        hasBiases: settings.hasBiases, sigmoid: settings.sigmoid.rawValue,
        hidden: settings.hidden.name, output: settings.output.name,
        cost: Cost(settings.cost).name,
        frozen: settings.freeze.map(\.name),
        batch: !isDescent || settings.batch == .max ? nil : settings.batch,
        epochs: isDescent ? settings.epochs : nil, rate: isDescent ? settings.rate : nil,
        finalRate: isDescent ? settings.rate(epoch: settings.epochs) : nil,
        seed: isDescent ? settings.seed : nil, starts: isDescent ? settings.starts : nil,
        threads: settings.isReproducible ? nil : settings.threads,
        logX: settings.logX, encoding: table.encoding.rawValue,
        separator: Separator.name(table.separator), decimalMark: table.decimalMark.rawValue,
        instructionSet: settings.isReproducible ? nil : instructionSet.rawValue),
      paths: fits.map { fit in
        Document.Path(
          series: fit.series.name, points: fit.series.x.count, missing: fit.series.missing,
          leftOut: fit.series.leftOut, weights: fit.weights, biases: fit.biases,
          covariance: fit.fit.map { $0.covariance.matrix.map { Number(value: $0) } },
          openDirections: fit.fit?.covariance.openDirections,
          scaling: fit.scaling, xRange: fit.xRange,
          residualSumOfSquares: Number(value: fit.residualSumOfSquares),
          rmse: Number(value: fit.rmse), rmsePercent: Number(value: fit.rmsePercent),
          rSquared: fit.facts.map { Number(value: $0.rSquared) },
          residualStandardError: fit.facts.map { Number(value: $0.residualStandardError) },
          degreesOfFreedom: fit.facts?.degreesOfFreedom,
          area: fit.facts.map { Number(value: $0.area) },
          facts: fit.facts.map { FactTable(facts: $0.facts) },
          logLoss: settings.cost == .crossEntropy ? Number(value: fit.logLoss) : nil,
          verdict: fit.verdict.rawValue, reasons: fit.reasons)
      },
      samples: table.sampleCount, missing: table.missingCount,
      medianRmsePercent: Number(value: medianRmsePercent),
      trainingSeconds: settings.isReproducible || !isDescent ? nil : seconds,
      fitSeconds: settings.isReproducible || isDescent ? nil : seconds,
      pathSteps: isDescent ? pathSteps : nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

/// The shape of the file.
private struct Document: Encodable {
  struct Settings: Encodable {
    let method: String
    let file: String
    let columns: [String]
    let depth: Int
    let hasBiases: Bool
    let sigmoid: String
    let hidden: String
    let output: String
    let cost: String
    let frozen: [String]
    /// Nil for one batch of all samples. This and the next are nil for least squares.
    let batch: Int?
    let epochs: Int?
    let rate: Float?
    let finalRate: Float?
    let seed: UInt64?
    let starts: Int?
    /// Nil if the file must not depend on the machine; so are the next optional values.
    let threads: Int?
    let logX: Bool
    let encoding: String
    let separator: String
    let decimalMark: String
    let instructionSet: String?
  }

  struct Path: Encodable {
    let series: String
    let points: Int
    /// Cells that counted as missing.
    let missing: Int
    /// Samples at x = 0 that were left out.
    let leftOut: Int
    let weights: [Double]
    let biases: [Double]
    /// Of weights and biases, row by row, but for moves in the open directions; nil after descent, as is all
    /// that follows from it.
    let covariance: [Number]?
    let openDirections: [[Double]]?
    /// Nil for a series that cannot be fitted.
    let scaling: Scaling?
    /// The least and the largest x, without those at the limit.
    let xRange: [Double]?
    let residualSumOfSquares: Number
    let rmse: Number
    let rmsePercent: Number
    let rSquared: Number?
    let residualStandardError: Number?
    let degreesOfFreedom: Int?
    let area: Number?
    let facts: FactTable?
    /// Nil unless the cost is the cross-entropy.
    let logLoss: Number?
    let verdict: String
    let reasons: [String]
  }

  let format = 2
  let settings: Settings
  let paths: [Path]
  let samples: Int
  let missing: Int
  let medianRmsePercent: Number
  let trainingSeconds: Double?
  let fitSeconds: Double?
  let pathSteps: Double?
}

/// Facts by their names; null where one is not determined.
private struct FactTable: Encodable {
  private struct Interval: Encodable {
    let value, standardError, low, high: Number
  }

  let facts: [Fact]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for fact in facts {
      let interval = fact.estimate.map {
        Interval(
          value: Number(value: $0.value), standardError: Number(value: $0.standardError),
          low: Number(value: $0.low), high: Number(value: $0.high))
      }
      try container.encode(interval, forKey: Key(stringValue: fact.name.rawValue))
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// A number, or null where it is not finite: JSON has no infinity.
private struct Number: Encodable {
  let value: Double

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}
