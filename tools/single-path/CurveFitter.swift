import CommandLineSupport
import Foundation
import SinglePath

/// Trains several starts of every series at once; all are paths of one bank.
struct CurveFitter {
  private let settings: FitSettings
  private let shape: PathShape
  private let scalings: [Scaling]
  private let samples: [(x: [Float], y: [Float])]
  private let table: SeriesTable

  init(_ table: SeriesTable, settings: FitSettings) throws {
    self.table = table
    self.settings = settings
    let shape = try settings.shape()
    self.shape = shape
    scalings = try table.series.map { try Scaling($0, logX: settings.logX, shape: shape) }
    samples = zip(table.series, scalings).map { $1.scaled($0) }
    try checkMemory()
  }

  /// Frames are as long as the longest series, so one long series among many short ones is costly.
  private func checkMemory() throws(Failure) {
    let limit = 4 << 30
    let longest = samples.map(\.x.count).max() ?? 0
    let bytes = Double(longest) * Double(samples.count) * Double(settings.starts) * 8
    guard bytes <= Double(limit) else {
      throw .data(
        "\(table.fileName): \(samples.count) series of up to \(longest) points with "
          + "\(settings.starts) starts each need \(Int(bytes / 1e9)) GB of memory; "
          + "give fewer --starts, or fit the longest series apart")
    }
  }

  /// Trains, and chooses the best start of each series.
  ///
  /// - Parameter progress: is told the share of the work that is done, after each epoch.
  func fit(progress: (Double) -> Void) throws -> FitReport {
    let weights = table.series.map { $0.weights.map { Float($0) } }
    let packed = try PackedSeries(
      samples, weights: table.hasWeights ? weights : nil, copies: settings.starts)
    var bank = try PathBank(shape: shape, count: packed.pathCount)
    bank.placeStarts(
      zip(table.series, scalings).map { $1.scaled($0.counted) }, starts: settings.starts,
      seed: settings.seed)
    bank.place(settings.freeze)
    let began = ContinuousClock.now
    let verdicts = try train(&bank, packed, progress: progress)
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let costs = try costs(bank, packed)
    let chosen = samples.indices.map { series in
      let paths = series * settings.starts..<(series + 1) * settings.starts
      // Starts that diverged come last, those without a finite cost last of all.
      let best = paths.min { one, other in
        (verdicts[one] == .diverged ? 1 : 0, costs[one])
          < (verdicts[other] == .diverged ? 1 : 0, costs[other])
      }
      return best ?? paths.lowerBound
    }
    return FitReport(
      settings: settings, table: table,
      fits: try curves(of: chosen, in: bank, verdicts: chosen.map { verdicts[$0] }),
      trainingSeconds: seconds, instructionSet: bank.kernel.instructionSet)
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

  /// The curve of every series, from the path that was chosen for it.
  private func curves(
    of chosen: [Int], in bank: borrowing PathBank, verdicts: [Verdict]
  ) throws -> [FittedCurve] {
    var best = try PathBank(shape: bank.shape, count: chosen.count, kernel: bank.kernel)
    for (series, path) in chosen.enumerated() {
      for l in 1...bank.shape.depth {
        best[weight: l, path: series] = bank[weight: l, path: path]
        if bank.shape.hasBiases { best[bias: l, path: series] = bank[bias: l, path: path] }
      }
    }
    let predictions = try predictions(best)
    var curves: [FittedCurve] = []
    for series in samples.indices {
      let layers = 1...best.shape.depth
      curves.append(
        FittedCurve(
          series: table.series[series],
          weights: layers.map { best[weight: $0, path: series] },
          biases: best.shape.hasBiases ? layers.map { best[bias: $0, path: series] } : [],
          shape: shape, scaling: scalings[series], predictions: predictions[series],
          verdict: verdicts[series]))
    }
    return curves
  }

  /// What the kernel predicts for the samples of each series, from a bank of one path for each.
  private func predictions(_ bank: borrowing PathBank) throws -> [[Float]] {
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
