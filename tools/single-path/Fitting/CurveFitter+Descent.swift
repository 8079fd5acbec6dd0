import Foundation
import SinglePath

// Stochastic gradient descent (17), sample after sample.
extension CurveFitter {
  /// Trains several starts of each series that can be fitted, and chooses the best; in their order.
  func fitByDescent(progress: (Double) -> Void) throws -> [FittedCurve] {
    var starts = try PathBank(shape: shape, count: fittable.count * settings.starts)
    starts.placeStarts(
      fittable.map { $0.scaling.scaled($0.series.counted) }, starts: settings.starts,
      seed: settings.seed)
    starts.place(settings.freeze)
    var curves = [FittedCurve?](repeating: nil, count: fittable.count)
    let work = lengthGroups.map { group in
      Double(group.reduce(0) { $0 + fittable[$1].series.x.count })
    }
    let wholeWork = work.reduce(0, +)
    var done = 0.0
    for (group, share) in zip(lengthGroups, work) {
      let paths = group.flatMap { $0 * settings.starts..<($0 + 1) * settings.starts }
      var bank = try starts.copy(of: paths)
      let chosen = try train(group, &bank) { progress((done + share * $0) / wholeWork) }
      done += share
      for (place, curve) in zip(group, try descended(group, from: bank, chosen)) {
        curves[place] = curve
      }
    }
    return curves.compactMap { $0 }
  }

  /// Trains the starts of a group. Returns the path and the verdict of the best start of each series.
  private func train(
    _ group: [Int], _ bank: inout PathBank, progress: (Double) -> Void
  ) throws -> [(path: Int, verdict: Verdict)] {
    let weights = group.map { fittable[$0].series.weights.map { Float($0) } }
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
    options.frozen = settings.frozen(shape)
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

  /// The curves of a group's series, from the path that was chosen for each.
  private func descended(
    _ group: [Int], from bank: borrowing PathBank, _ chosen: [(path: Int, verdict: Verdict)]
  ) throws -> [FittedCurve] {
    let best = try bank.copy(of: chosen.map(\.path))
    let predictions = try predictions(best, of: group)
    var curves: [FittedCurve] = []
    for (path, series) in group.enumerated() {
      let (_, series, scaling) = fittable[series]
      let (weights, biases) = best.parameters(ofPath: path)
      curves.append(
        FittedCurve(
          series: series, weights: weights, biases: biases, shape: shape,
          scaling: scaling, predictions: predictions[path], verdict: chosen[path].verdict))
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
