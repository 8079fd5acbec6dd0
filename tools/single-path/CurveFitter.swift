import CommandLineSupport
import Foundation
import SinglePath

/// Trains several starts of every series at once; those of series of about the same length are paths of
/// one bank.
struct CurveFitter {
  private let settings: FitSettings
  private let shape: PathShape
  private let table: SeriesTable
  /// The series that can be fitted.
  private let fittable: [(index: Int, scaling: Scaling)]
  /// The other ones, which hurt none of these.
  private var curves: [Int: FittedCurve] = [:]
  private let lengthGroups: [[Int]]

  init(_ table: SeriesTable, settings: FitSettings) throws {
    self.table = table
    self.settings = settings
    shape = try settings.shape()
    var fittable: [(index: Int, scaling: Scaling)] = []
    for (index, series) in table.series.enumerated() {
      if let shortage = series.shortage {
        curves[index] = FittedCurve(series, unfitted: .tooFewSamples, reason: shortage)
        continue
      }
      do {
        fittable.append((index, try Scaling(series, logX: settings.logX, shape: shape)))
      } catch {
        guard table.series.count > 1 else { throw error }
        curves[index] = FittedCurve(series, unfitted: .nonFiniteInput, reason: error.message)
      }
    }
    self.fittable = fittable
    lengthGroups = groupedByLength(fittable.map { table.series[$0.index].x.count })
    try checkMemory()
  }

  /// Frames are as long as the longest series of a group.
  private func checkMemory() throws(Failure) {
    let limit = 4 << 30
    for group in lengthGroups {
      let longest = group.map { table.series[fittable[$0].index].x.count }.max() ?? 0
      let bytes = Double(longest) * Double(group.count) * Double(settings.starts) * 8
      guard bytes <= Double(limit) else {
        throw .data(
          "\(table.fileName): \(group.count) series of up to \(longest) points with "
            + "\(settings.starts) starts each need \(Int(bytes / 1e9)) GB of memory; "
            + "give fewer --starts, or fit some of the series with --only")
      }
    }
  }

  /// Trains, and chooses the best start of each series.
  ///
  /// - Parameter progress: is told the share of the work that is done, after each epoch.
  func fit(progress: (Double) -> Void) throws -> FitReport {
    var starts = try PathBank(shape: shape, count: fittable.count * settings.starts)
    starts.placeStarts(
      fittable.map { $0.scaling.scaled(table.series[$0.index].counted) }, starts: settings.starts,
      seed: settings.seed)
    starts.place(settings.freeze)
    var curves = curves
    let work = lengthGroups.map { group in
      Double(group.reduce(0) { $0 + table.series[fittable[$1].index].x.count })
    }
    let wholeWork = work.reduce(0, +)
    var done = 0.0
    var seconds = 0.0
    for (group, share) in zip(lengthGroups, work) {
      let paths = group.flatMap { $0 * settings.starts..<($0 + 1) * settings.starts }
      var bank = try starts.copy(of: paths)
      let began = ContinuousClock.now
      let chosen = try train(group, &bank) { progress((done + share * $0) / wholeWork) }
      seconds += (ContinuousClock.now - began) / .seconds(1)
      done += share
      for (index, curve) in try self.curves(of: group, from: bank, chosen) { curves[index] = curve }
    }
    return FitReport(
      settings: settings, table: table, fits: table.series.indices.compactMap { curves[$0] },
      trainingSeconds: seconds, instructionSet: starts.kernel.instructionSet)
  }

  /// Trains the starts of a group. Returns the path and the verdict of the best start of each series.
  private func train(
    _ group: [Int], _ bank: inout PathBank, progress: (Double) -> Void
  ) throws -> [(path: Int, verdict: Verdict)] {
    let weights = group.map { table.series[fittable[$0].index].weights.map { Float($0) } }
    let packed = try PackedSeries(
      group.map(samples), weights: table.hasWeights ? weights : nil, copies: settings.starts)
    let verdicts = try train(&bank, packed, progress: progress)
    let costs = try costs(bank, packed)
    return group.indices.map { series in
      let paths = series * settings.starts..<(series + 1) * settings.starts
      // Starts that diverged come last, those without a finite cost last of all.
      let best = paths.min { one, other in
        (verdicts[one] == .diverged ? 1 : 0, costs[one])
          < (verdicts[other] == .diverged ? 1 : 0, costs[other])
      }
      let path = best ?? paths.lowerBound
      return (path, verdicts[path])
    }
  }

  /// The scaled samples of a series that can be fitted.
  private func samples(_ series: Int) -> (x: [Float], y: [Float]) {
    fittable[series].scaling.scaled(table.series[fittable[series].index])
  }

  /// Reviews of a training, evenly spread.
  private static let reviews = 100

  /// Trains by (17), one call an epoch. Returns what became of each path: diverged if it did in any
  /// epoch, else the verdict of the last review.
  private func train(
    _ bank: inout PathBank, _ packed: borrowing PackedSeries, progress: (Double) -> Void
  ) throws -> [Verdict] {
    var diverged = Array(repeating: false, count: packed.pathCount)
    var verdicts = Array(repeating: Verdict.untouched, count: packed.pathCount)
    var rules = ConvergenceMonitor.Rules()
    // Errors of 0.01 % of the scaled data's range.
    rules.absoluteTolerance = 2e-8 * Float(packed.frameCount)
    var monitor = try ConvergenceMonitor(bank, rules: rules)
    var options = TrainingOptions()
    options.batch = settings.batch
    let frozen = settings.freeze.map { $0.mask(depth: shape.depth) }
    options.frozen = frozen.isEmpty ? .none : .shared(frozen.reduce([]) { $0.union($1) })
    let samples = min(settings.batch, max(1, packed.frameCount))
    for epoch in 0..<settings.epochs {
      let rate = settings.rate(epoch: epoch) / Float(samples)
      let isReviewed =
        (epoch + 1) * Self.reviews / settings.epochs
        > epoch * Self.reviews / settings.epochs
      var found = verdicts.mutableSpan
      let summary = try bank.train(
        on: packed.samples, rate: rate, options: options, verdicts: &found,
        threads: settings.threads)
      if summary.divergedCount > 0 {
        for path in diverged.indices where found[path] == .diverged { diverged[path] = true }
      }
      if isReviewed {
        try monitor.review(
          &bank, on: packed.samples, verdicts: &found, threads: settings.threads)
      }
      progress(Double(epoch + 1) / Double(settings.epochs))
    }
    return zip(verdicts, diverged).map { $1 ? .diverged : $0 }
  }

  /// The sum of J of every path; infinite where it is not a number.
  private func costs(_ bank: borrowing PathBank, _ packed: borrowing PackedSeries) throws -> [Float]
  {
    var costs = Array(repeating: Float(0), count: packed.pathCount)
    var sums = costs.mutableSpan
    try bank.sumCosts(of: packed.samples, into: &sums, threads: settings.threads)
    return costs.map { $0.isNaN ? .infinity : $0 }
  }

  /// The curves of a group's series and their indices, from the path that was chosen for each.
  private func curves(
    of group: [Int], from bank: borrowing PathBank, _ chosen: [(path: Int, verdict: Verdict)]
  ) throws -> [(Int, FittedCurve)] {
    let best = try bank.copy(of: chosen.map(\.path))
    let predictions = try predictions(best, of: group)
    let layers = 1...best.shape.depth
    var curves: [(Int, FittedCurve)] = []
    for (path, series) in group.enumerated() {
      let (index, scaling) = fittable[series]
      let curve = FittedCurve(
        series: table.series[index], weights: layers.map { best[weight: $0, path: path] },
        biases: best.shape.hasBiases ? layers.map { best[bias: $0, path: path] } : [],
        shape: shape, scaling: scaling, predictions: predictions[path],
        verdict: chosen[path].verdict)
      curves.append((index, curve))
    }
    return curves
  }

  /// What the kernel predicts for the samples of each series, from a bank of one path for each.
  private func predictions(_ bank: borrowing PathBank, of group: [Int]) throws -> [[Float]] {
    let samples = group.map(samples)
    let packed = try PackedSeries(samples)
    let stride = bank.count
    var rows = Array(repeating: Float(0), count: packed.frameCount * stride)
    var outputs = rows.mutableSpan
    try bank.predict(packed.inputs, into: &outputs, threads: settings.threads)
    return samples.enumerated().map { series, samples in
      samples.x.indices.map { t in rows[t * stride + series] }
    }
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
