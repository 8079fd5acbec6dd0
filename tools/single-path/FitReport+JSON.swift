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
        starts: settings.starts, threads: settings.threads, logX: settings.logX,
        instructionSet: instructionSet.rawValue),
      paths: fits.map { fit in
        Document.Path(
          series: fit.series.name, points: fit.series.x.count, weights: fit.weights,
          biases: fit.biases, scaling: fit.scaling, rmse: Number(value: fit.rmse),
          rmsePercent: Number(value: fit.rmsePercent), verdict: fit.verdict.name)
      },
      samples: table.sampleCount, medianRmsePercent: Number(value: medianRmsePercent),
      trainingSeconds: trainingSeconds, pathSteps: pathSteps)
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
    let threads: Int
    let logX: Bool
    let instructionSet: String
  }

  struct Path: Encodable {
    let series: String
    let points: Int
    let weights: [Float]
    let biases: [Float]
    let scaling: Scaling
    let rmse: Number
    let rmsePercent: Number
    let verdict: String
  }

  let settings: Settings
  let paths: [Path]
  let samples: Int
  let medianRmsePercent: Number
  let trainingSeconds: Double
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
