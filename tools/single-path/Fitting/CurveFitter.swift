import CommandLineSupport
import Foundation
import SinglePath

/// Fits all series of a table at once; those of about the same length are paths of one bank.
struct CurveFitter {
  let settings: FitSettings
  let shape: PathShape
  let table: SeriesTable
  /// The series that can be fitted, with the samples that can be: without those at x = 0 under a logarithm
  /// where some curve of the shape has no plateau.
  let fittable: [(index: Int, series: Series, scaling: Scaling)]
  /// The other ones, which hurt none of these.
  private(set) var curves: [Int: FittedCurve] = [:]
  let lengthGroups: [[Int]]

  init(_ table: SeriesTable, settings: FitSettings) throws {
    self.table = table
    self.settings = settings
    shape = try settings.shape()
    var fittable: [(index: Int, series: Series, scaling: Scaling)] = []
    for (index, all) in table.series.enumerated() {
      let series = shape.hasPlateaus ? all : all.leavingOutLimit
      if let shortage = series.shortage {
        curves[index] = FittedCurve(series, unfitted: .tooFewSamples, reason: shortage)
        continue
      }
      do {
        fittable.append(
          (
            index, series,
            try Scaling(series, logX: settings.logX, shape: shape, limit: settings.limitPlace)
          ))
      } catch {
        guard table.series.count > 1 else { throw error }
        curves[index] = FittedCurve(series, unfitted: .nonFiniteInput, reason: error.message)
      }
    }
    self.fittable = fittable
    lengthGroups = groupedByLength(fittable.map { $0.series.x.count })
    try checkMemory()
  }

  /// Frames are as long as the longest series of a group.
  private func checkMemory() throws(Failure) {
    let limit = 4 << 30
    for group in lengthGroups {
      let longest = group.map { fittable[$0].series.x.count }.max() ?? 0
      let starts = settings.method == .descent ? settings.starts : 1
      let bytes = Double(longest) * Double(group.count) * Double(starts) * 8
      guard bytes <= Double(limit) else {
        throw .data(
          "\(table.fileName): \(group.count) series of up to \(longest) points with "
            + "\(counted(starts, "start")) each need \(Int(bytes / 1e9)) GB of memory; "
            + (starts > 1 ? "give fewer --starts, or " : "") + "fit some of the series with --only")
      }
    }
  }

  /// Fits every series by the method of the settings.
  ///
  /// - Parameter progress: is told the share of the work that is done, now and then.
  func fit(progress: (Double) -> Void) throws -> FitReport {
    let began = ContinuousClock.now
    let fitted =
      settings.method == .descent
      ? try fitByDescent(progress: progress) : try fitByLeastSquares(progress: progress)
    var all = curves
    for (one, curve) in zip(fittable, fitted) { all[one.index] = curve }
    return FitReport(
      settings: settings, table: table, fits: table.series.indices.compactMap { all[$0] },
      seconds: (ContinuousClock.now - began) / .seconds(1), instructionSet: Kernel().instructionSet)
  }

  /// The scaled samples of a series that can be fitted.
  func samples(_ series: Int) -> (x: [Float], y: [Float]) {
    fittable[series].scaling.scaled(fittable[series].series)
  }
}

/// The indices of lengths, in groups in which none is more than twice another, from the shortest on:
/// padding to the longest of a group costs less than the samples themselves.
func groupedByLength(_ lengths: [Int]) -> [[Int]] {
  var groups: [[Int]] = []
  var shortest = 0
  for index in lengths.indices.sorted(by: { (lengths[$0], $0) < (lengths[$1], $1) }) {
    if groups.isEmpty || lengths[index] > 2 * shortest {
      groups.append([])
      shortest = lengths[index]
    }
    groups[groups.count - 1].append(index)
  }
  return groups
}

extension PathBank {
  /// θ⁽¹⁾ … θ⁽ᴸ⁾ of a path, and its biases if it has any.
  borrowing func parameters(ofPath path: Int) -> (weights: [Float], biases: [Float]) {
    var (weights, biases): ([Float], [Float]) = ([], [])
    for l in 1...shape.depth {
      weights.append(self[weight: l, path: path])
      if shape.hasBiases { biases.append(self[bias: l, path: path]) }
    }
    return (weights, biases)
  }

  /// A bank of copies of some paths.
  borrowing func copy(of paths: [Int]) throws -> PathBank {
    var copy = try PathBank(shape: shape, count: paths.count, kernel: kernel)
    for (index, path) in paths.enumerated() {
      for l in 1...shape.depth {
        copy[weight: l, path: index] = self[weight: l, path: path]
        if shape.hasBiases { copy[bias: l, path: index] = self[bias: l, path: path] }
      }
    }
    return copy
  }
}
