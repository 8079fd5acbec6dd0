import Foundation
import SinglePath

/// How curves are fitted.
struct FitSettings {
  /// L, the number of weights of a path.
  var depth = 3
  var hasBiases = true
  var sigmoid = Sigmoid.polynomial
  /// Times that each sample is trained on.
  var epochs = 20_000
  /// η of the first epochs.
  var rate: Float = 0.4
  var seed: UInt64 = 1
  var threads = 1
  /// Paths trained for each series, of which the best is kept.
  var starts = 12
  var logX = false

  /// η of an epoch: held at first, then lowered evenly on a logarithmic scale.
  ///
  /// Per-sample descent with a constant rate ends up circling the least squares optimum, at a
  /// distance that shrinks with the rate.
  func rate(epoch: Int) -> Float {
    let (held, lowest) = (0.3, 0.02)
    let progress = Double(epoch) / Double(epochs)
    return rate * Float(pow(lowest, max(0, progress - held) / (1 - held)))
  }
}

/// Trains several starts of every series at once; all are paths of one bank.
struct CurveFitter {
  private let settings: FitSettings
  private let scalings: [Scaling]
  private let samples: [(x: [Float], y: [Float])]
  private let table: SeriesTable

  init(_ table: SeriesTable, settings: FitSettings) throws {
    self.table = table
    self.settings = settings
    scalings = try table.series.map {
      try Scaling(
        $0, logX: settings.logX, depth: settings.depth, hasBiases: settings.hasBiases)
    }
    samples = zip(table.series, scalings).map { series, scaling in
      (series.x.map { Float(scaling.scaledX($0)) }, series.y.map { Float(scaling.scaledY($0)) })
    }
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
    let packed = try PackedSeries(samples, copies: settings.starts)
    var bank = try PathBank(
      shape: try PathShape(
        depth: settings.depth, biases: settings.hasBiases, sigmoid: settings.sigmoid),
      count: packed.pathCount)
    bank.placeStarts(samples, starts: settings.starts, seed: settings.seed)
    let began = ContinuousClock.now
    let diverged = try train(&bank, packed, progress: progress)
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    let costs = try costs(bank, packed)
    let chosen = samples.indices.map { series in
      let paths = series * settings.starts..<(series + 1) * settings.starts
      // Starts that diverged come last, those without a finite cost last of all.
      let best = paths.min { one, other in
        (diverged[one] ? 1 : 0, costs[one]) < (diverged[other] ? 1 : 0, costs[other])
      }
      return best ?? paths.lowerBound
    }
    return FitReport(
      settings: settings, table: table,
      fits: try curves(of: chosen, in: bank, diverged: chosen.map { diverged[$0] }),
      trainingSeconds: seconds, instructionSet: bank.kernel.instructionSet)
  }

  /// Trains by (17), one call an epoch. Returns which paths diverged in any of them.
  private func train(
    _ bank: inout PathBank, _ packed: PackedSeries, progress: (Double) -> Void
  ) throws -> [Bool] {
    var diverged = Array(repeating: false, count: packed.pathCount)
    var verdicts = Array(repeating: Verdict.untouched, count: packed.pathCount)
    for epoch in 0..<settings.epochs {
      let count = try packed.withFrames { inputs, targets in
        try verdicts.withUnsafeMutableBufferPointer { verdicts in
          try bank.train(
            inputs: inputs, targets: targets, rate: .shared(settings.rate(epoch: epoch)),
            verdicts: verdicts.baseAddress, threads: settings.threads)
        }
      }
      if count > 0 {
        for path in diverged.indices where verdicts[path] == .diverged { diverged[path] = true }
      }
      progress(Double(epoch + 1) / Double(settings.epochs))
    }
    return diverged
  }

  /// The sum of (7) of every path; infinite where it is not a number.
  private func costs(_ bank: borrowing PathBank, _ packed: PackedSeries) throws -> [Float] {
    var costs = Array(repeating: Float(0), count: packed.pathCount)
    try packed.withFrames { inputs, targets in
      try costs.withUnsafeMutableBufferPointer { costs in
        guard let base = costs.baseAddress else { return }
        try bank.costs(
          inputs: inputs, targets: targets, into: base, threads: settings.threads)
      }
    }
    return costs.map { $0.isNaN ? .infinity : $0 }
  }

  /// The curve of every series, from the path that was chosen for it.
  private func curves(
    of chosen: [Int], in bank: borrowing PathBank, diverged: [Bool]
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
          scaling: scalings[series], predictions: predictions[series],
          verdict: diverged[series] ? .diverged : .trained))
    }
    return curves
  }

  /// What the kernel predicts for the samples of each series, from a bank of one path for each.
  private func predictions(_ bank: borrowing PathBank) throws -> [[Float]] {
    let packed = try PackedSeries(samples)
    let stride = bank.count
    var rows = Array(repeating: Float(0), count: packed.frameCount * stride)
    try packed.withFrames { inputs, _ in
      try rows.withUnsafeMutableBufferPointer { rows in
        try bank.predict(
          inputs: inputs, into: rows.baseAddress, stride: stride, threads: settings.threads)
      }
    }
    return samples.enumerated().map { series, samples in
      samples.x.indices.map { t in rows[t * stride + series] }
    }
  }
}
