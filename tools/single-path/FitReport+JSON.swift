import Foundation
import SinglePathReference

extension FitReport {
  /// Everything: settings, and each path with its parameters, scaling and error.
  func json() throws -> String {
    let document = Document(
      settings: Document.Settings(
        file: table.fileName, columns: table.columns, depth: settings.depth,
        hasBiases: settings.hasBiases, sigmoid: settings.sigmoid.rawValue,
        hidden: settings.hidden.name, output: settings.output.name,
        cost: Cost(settings.cost).name,
        frozen: settings.freeze.map(\.name), batch: settings.batch == .max ? nil : settings.batch,
        epochs: settings.epochs, rate: settings.rate,
        finalRate: settings.rate(epoch: settings.epochs), seed: settings.seed,
        starts: settings.starts, threads: settings.isReproducible ? nil : settings.threads,
        logX: settings.logX, encoding: table.encoding.rawValue,
        separator: Separator.name(table.separator), decimalMark: table.decimalMark.rawValue,
        instructionSet: settings.isReproducible ? nil : instructionSet.rawValue),
      paths: fits.map { fit in
        Document.Path(
          series: fit.series.name, points: fit.series.x.count, missing: fit.series.missing,
          weights: fit.weights, biases: fit.biases, scaling: fit.scaling,
          rmse: Number(value: fit.rmse), rmsePercent: Number(value: fit.rmsePercent),
          logLoss: settings.cost == .crossEntropy ? Number(value: fit.logLoss) : nil,
          verdict: fit.verdict.name, reasons: fit.reasons)
      },
      samples: table.sampleCount, missing: table.missingCount,
      medianRmsePercent: Number(value: medianRmsePercent),
      trainingSeconds: settings.isReproducible ? nil : trainingSeconds, pathSteps: pathSteps)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}

/// The shape of the file.
private struct Document: Encodable {
  struct Settings: Encodable {
    let file: String
    let columns: [String]
    let depth: Int
    let hasBiases: Bool
    let sigmoid: String
    let hidden: String
    let output: String
    let cost: String
    let frozen: [String]
    /// Nil for one batch of all samples.
    let batch: Int?
    let epochs: Int
    let rate: Float
    let finalRate: Float
    let seed: UInt64
    let starts: Int
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
    let weights: [Float]
    let biases: [Float]
    /// Nil for a series that cannot be fitted.
    let scaling: Scaling?
    let rmse: Number
    let rmsePercent: Number
    /// Nil unless the cost is the cross-entropy.
    let logLoss: Number?
    let verdict: String
    let reasons: [String]
  }

  let settings: Settings
  let paths: [Path]
  let samples: Int
  let missing: Int
  let medianRmsePercent: Number
  let trainingSeconds: Double?
  let pathSteps: Double
}

/// A number, or null where it is not finite: JSON has no infinity.
private struct Number: Encodable {
  let value: Double

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value.isFinite { try container.encode(value) } else { try container.encodeNil() }
  }
}
