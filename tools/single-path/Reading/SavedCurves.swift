import CommandLineSupport
import Foundation
import SinglePath
import SinglePathReference

/// The curves of a file that `fit --json` wrote.
struct SavedCurves {
  let fileName: String
  /// What the columns of the data were called: series, x and y.
  let columns: [String]
  let curves: [SavedCurve]
  private let places: [String: Int]

  init(_ bytes: [UInt8], name: String) throws(Failure) {
    fileName = name
    let document = try Self.document(bytes, name: name)
    guard let shape = document.settings.shape() else {
      throw Self.noFile(
        name, "its settings name a depth, a unit, an output or a cost that there is not")
    }
    columns = document.settings.columns
    var curves: [SavedCurve] = []
    var places: [String: Int] = [:]
    for path in document.paths {
      let place = "\(name), path '\(singleLine(path.series))'"
      if let fault = path.fault { throw .data("\(place): \(fault)") }
      guard let curve = SavedCurve(path, shape: shape) else {
        throw .data("\(place): its parameters are not those of its shape")
      }
      guard places.updateValue(curves.count, forKey: path.series) == nil else {
        throw .data("\(place): two curves have this name")
      }
      curves.append(curve)
    }
    (self.curves, self.places) = (curves, places)
  }

  private static func noFile(_ name: String, _ why: String) -> Failure {
    .data("\(name) is no file of 'single-path fit --json' (format 2): \(why)")
  }

  private static func document(_ bytes: [UInt8], name: String) throws(Failure) -> Document {
    struct Format: Decodable { let format: Int }
    let data = Data(bytes)
    do {
      let format = try JSONDecoder().decode(Format.self, from: data).format
      guard format == 2 else { throw noFile(name, "it has format \(format)") }
      let document = try JSONDecoder().decode(Document.self, from: data)
      guard document.settings.columns.count >= 3 else {
        throw noFile(name, "'settings.columns' has fewer than three names")
      }
      guard !document.paths.isEmpty else { throw noFile(name, "it has no paths") }
      return document
    } catch let failure as Failure {
      throw failure
    } catch let error as DecodingError {
      throw noFile(name, error.inWords)
    } catch {
      throw noFile(name, "it cannot be decoded")
    }
  }

  /// The curve of a series.
  func curve(_ name: String, for place: String) throws(Failure) -> SavedCurve {
    guard let place = places[name] else {
      throw .data("\(place): \(fileName) has no curve '\(singleLine(name))'")
    }
    return curves[place]
  }

  /// What is read of the file.
  fileprivate struct Document: Decodable {
    struct Settings: Decodable {
      let columns: [String]
      let depth: Int
      let hasBiases: Bool
      let hidden: String
      let output: String
      let cost: String

      /// Nil for words that name nothing.
      func shape() -> PathShape? {
        guard let hidden = Activation(rawValue: hidden), let output = Output(rawValue: output)
        else {
          return nil
        }
        // A Huber cost's threshold plays no part after the fit.
        let isEntropy = cost == Cost(CostFunction.crossEntropy).name
        return try? PathShape(
          depth: depth, biases: hasBiases, hidden: HiddenActivation(hidden),
          output: OutputActivation(output), cost: isEntropy ? .crossEntropy : .squaredError)
      }
    }

    struct Path: Decodable {
      let series: String
      let weights: [Double]
      let biases: [Double]
      let scaling: Scaling?
      let xRange: [Double]?
      let covariance: [Double?]?
      let openDirections: [[Double]]?
      let residualStandardError: Double?
      let degreesOfFreedom: Int?
      let verdict: CurveVerdict

      /// What no fit writes, in words; nil if there is no such thing.
      var fault: String? {
        func isNoSize(_ value: Double) -> Bool { !(value.isFinite && value > 0) }
        if let degreesOfFreedom, degreesOfFreedom < 0 { return "'degreesOfFreedom' is below 0" }
        if let error = residualStandardError, !(error >= 0) {
          return "'residualStandardError' is below 0"
        }
        if let scaling, isNoSize(scaling.xScale) || isNoSize(scaling.yScale) {
          return "'xScale' or 'yScale' of its scaling is not above 0"
        }
        if let matrix = covariance {
          let count = weights.count + biases.count
          guard matrix.count == count * count else {
            return "'covariance' is not \(count) × \(count)"
          }
          for i in 0..<count {
            if let variance = matrix[i * count + i], variance < 0 {
              return "'covariance' has a variance below 0"
            }
            for j in 0..<i {
              guard let one = matrix[i * count + j], let other = matrix[j * count + i],
                let (v, w) = matrix[i * count + i].flatMap({ v in
                  matrix[j * count + j].map { (v, $0) }
                })
              else { continue }
              // Against their variances: no correlation at all may be rounding of either sign.
              if abs(one - other) > 1e-6 * (v * w).squareRoot() {
                return "'covariance' is not symmetric"
              }
            }
          }
        }
        return nil
      }
    }

    let format: Int
    let settings: Settings
    let paths: [Path]
  }
}

/// A curve that was fitted before.
struct SavedCurve {
  let name: String
  let verdict: CurveVerdict
  private let xRange: ClosedRange<Double>
  /// Nil for a series that could not be fitted.
  private let curve: (path: ReferencePath, scaling: Scaling)?
  /// Nil for curves without, from descent.
  private let covariance: ParameterCovariance?
  /// How many standard errors an interval reaches to each side.
  private let t: Double
  /// The standard error of one reading of y, in scaled units; that of a probability is 0.
  private let readingError: Double

  fileprivate init?(_ saved: SavedCurves.Document.Path, shape: PathShape) {
    (name, verdict) = (saved.series, saved.verdict)
    t = intervalReach(Cost(shape.cost), degreesOfFreedom: saved.degreesOfFreedom ?? 1)
    guard let scaling = saved.scaling, let range = saved.xRange else {
      (xRange, curve, covariance, readingError) = (0...0, nil, nil, 0)
      if !saved.weights.isEmpty { return nil }
      return
    }
    let count = saved.weights.count + saved.biases.count
    guard saved.weights.count == shape.depth, range.count == 2, range[0] <= range[1],
      saved.biases.count == (shape.hasBiases ? shape.depth : 0)
    else { return nil }
    var path = ReferencePath(
      weights: [Float](repeating: 0, count: shape.depth),
      biases: [Float](repeating: 0, count: shape.depth), shape: shape)
    path.parameters = saved.weights + saved.biases
    (curve, xRange) = ((path, scaling), range[0]...range[1])
    readingError =
      shape.cost == .crossEntropy ? 0 : (saved.residualStandardError ?? .nan) / scaling.yScale
    guard let matrix = saved.covariance else {
      covariance = nil
      return
    }
    let directions = saved.openDirections ?? []
    guard matrix.count == count * count, directions.allSatisfy({ $0.count == count }) else {
      return nil
    }
    covariance = ParameterCovariance(
      matrix: matrix.map { $0 ?? .nan }, openDirections: directions)
  }

  var isFitted: Bool { curve != nil }

  /// Whether x is within the data, or at their limit.
  func covers(_ x: Double) -> Bool {
    xRange.contains(x) || x == 0 && curve?.scaling.limit != nil
  }

  /// ŷ at x; nil where x has no place.
  func prediction(at x: Double) -> Estimate? {
    guard let (path, scaling) = curve, !scaling.logX || x >= 0 else { return nil }
    // A curve without a plateau has no end at x = 0.
    if scaling.logX, x == 0, !path.predict(-.infinity).isFinite { return nil }
    let x̂ = scaling.logX && x == 0 ? -Scaling.farLimit : scaling.scaledX(x)
    let variance = covariance?.variance(along: path.jacobianRow(x̂).all) ?? .nan
    let (output, y) = (path.output, Units(scaling).y)
    return Estimate(
      path.forward(x̂).z[path.depth + 1], error: variance.squareRoot(), t: t,
      transform: Transform(
        value: { y.value(output.value($0)) }, slope: { y.slope($0) * output.slope($0) }))
  }

  /// The x at which the curve is y, where y is one reading with an error of its own; nil if the curve does
  /// not reach y.
  func inverse(_ y: Double) -> Estimate? {
    guard let (path, scaling) = curve else { return nil }
    let ŷ = scaling.scaledY(y)
    guard let x̂ = path.input(of: ŷ), let z = path.output.inverse(ŷ) else { return nil }
    let ofCurve = covariance?.variance(along: path.jacobianRow(x̂).all) ?? .nan
    let ofReading = readingError / path.output.slope(z)
    return Estimate(
      x̂, error: (ofCurve + ofReading * ofReading).squareRoot() / abs(path.slope(at: x̂)), t: t,
      transform: Units(scaling).x)
  }
}

extension DecodingError {
  /// Which value is missing or of another type.
  fileprivate var inWords: String {
    func path(_ context: Context, _ last: [any CodingKey] = []) -> String {
      (context.codingPath + last).reduce("") { text, key in
        key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? "" : text + ".") + key.stringValue
      }
    }
    return switch self {
    case .keyNotFound(let key, let context): "'\(path(context, [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(path(context))' is of another type"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON" : "'\(path(context))' is a word that has no meaning"
    @unknown default: "it cannot be decoded"
    }
  }
}
