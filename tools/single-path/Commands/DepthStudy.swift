import SinglePath
import SinglePathReference

/// What a study is run with.
struct DepthStudySettings {
  var epochs = 200
  var seed: UInt64 = 1
  /// Paths of each depth and activation, each from a start of its own.
  var runs = 24
}

/// How the first layer's gradient shrinks with depth, for each hidden activation: the mean over
/// paths that are trained on one series by the scalar reference.
struct DepthStudy {
  /// The means over the runs of one depth and activation.
  struct Result {
    /// |∂J/∂θ⁽¹⁾|, the mean over the samples, before and after training.
    let gradientAtStart, gradientAfterTraining: Double
    /// J, the mean over the samples, after training.
    let finalCost: Double
  }

  /// Every weight is drawn from here, and every bias is 0. All weights are positive: with a negative
  /// one somewhere in the path, most rectifiers would be shut from the start.
  static let startingWeights: ClosedRange<Float> = 0.5...1.5
  /// η; no component of a gradient counts more than the limit, so that deep linear paths stay finite.
  static let rule = UpdateRule(rate: 0.02, gradientLimit: 1)

  /// One sample of so many is trained on: its neighbours tell the same, and the study stays short.
  private static let thinning = 4

  let settings: DepthStudySettings
  let seriesName: String
  let sampleCount: Int
  /// In the order of `PathShape.depths`.
  private(set) var results: [Activation: [Result]] = [:]

  /// Runs the study.
  ///
  /// - Parameters:
  ///   - series: it is scaled as for a fit.
  ///   - progress: is told the share that is done.
  init(
    _ series: Series, settings: DepthStudySettings, progress: (Double) -> Void = { _ in }
  ) throws {
    let chosen = Array(stride(from: 0, to: series.x.count, by: Self.thinning))
    (self.settings, seriesName, sampleCount) = (settings, series.name, chosen.count)
    let cells = Activation.allCases.flatMap { activation in
      PathShape.depths.map { (activation, $0) }
    }
    for (index, (activation, depth)) in cells.enumerated() {
      progress(Double(index) / Double(cells.count))
      let scaling = try Scaling(
        series, logX: false, shape: PathShape(depth: depth, biases: true))
      let samples = chosen.map { t in
        Sample(x: scaling.scaledX(series.x[t]), y: scaling.scaledY(series.y[t]))
      }
      let starts = try starts(depth: depth, hidden: activation)
      results[activation, default: []].append(train(starts, samples))
    }
  }

  /// The paths to train: the same parameters for every activation.
  private func starts(depth: Int, hidden: Activation) throws -> [ReferencePath] {
    var bank = try PathBank(
      shape: try PathShape(depth: depth, biases: false), count: settings.runs)
    bank.randomize(in: Self.startingWeights, seed: settings.seed)
    var starts: [ReferencePath] = []
    for run in 0..<settings.runs {
      let weights = (1...depth).map { bank[weight: $0, path: run] }
      starts.append(
        ReferencePath(weights: weights, biases: weights.map { _ in 0 }, hidden: hidden))
    }
    return starts
  }

  /// Trains each path by (17), sample after sample.
  private func train(_ starts: [ReferencePath], _ samples: [Sample]) -> Result {
    let trained = starts.map { start in
      var path = start
      for _ in 0..<settings.epochs {
        for sample in samples { path.train([sample], by: Self.rule) }
      }
      return path
    }
    func firstGradients(_ paths: [ReferencePath]) -> [Double] {
      paths.map { $0.meanGradientSizes(of: samples)?[1] ?? 0 }
    }
    return Result(
      gradientAtStart: mean(firstGradients(starts)),
      gradientAfterTraining: mean(firstGradients(trained)),
      finalCost: mean(trained.map { $0.cost(of: samples) / Double(samples.count) }))
  }
}
