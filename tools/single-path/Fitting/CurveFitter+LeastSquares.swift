import CommandLineSupport
import Dispatch
import SinglePath
import SinglePathReference

// Least squares: the kernel's fit of all series at once, then each in double precision.
extension CurveFitter {
  /// The curves of the series that can be fitted, in their order.
  func fitByLeastSquares(progress: (Double) -> Void) throws -> [FittedCurve] {
    let starts = try kernelStarts()
    let simpler = try depthTwo
    let simplerStarts = try simpler?.kernelStarts()
    var curves = [FittedCurve?](repeating: nil, count: fittable.count)
    let parts = min(settings.threads, max(1, fittable.count))
    curves.withUnsafeMutableBufferPointer { curves in
      nonisolated(unsafe) let curves = curves
      nonisolated(unsafe) let progress = progress
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        let range = fittable.count * part / parts..<fittable.count * (part + 1) / parts
        for index in range {
          let other = simplerStarts.flatMap { simpler?.leastSquares(index, from: $0[index]) }
          curves[index] = fitted(index, from: starts[index], simpler: other?.fit)
          if part == 0, index % 64 == 0 { progress(Double(index) / Double(range.upperBound)) }
        }
      }
    }
    progress(1)
    return curves.compactMap { $0 }
  }

  /// Fits the same series with a hidden unit less, to see whether they ask for the second one; nil unless
  /// these curves are of depth 3 and contain those of depth 2.
  private var depthTwo: CurveFitter? {
    get throws {
      guard shape.depth == 3, shape.hasBiases, settings.freeze.isEmpty else { return nil }
      var settings = settings
      settings.depth = 2
      return try CurveFitter(table, settings: settings)
    }
  }

  /// A path of the shape with the frozen parameters; the others do not matter.
  private var givenPath: ReferencePath {
    var path = ReferencePath(
      weights: [Float](repeating: 1, count: shape.depth),
      biases: [Float](repeating: 0, count: shape.depth), shape: shape)
    var parameters = path.parameters
    for frozen in settings.freeze {
      parameters[frozen.index(depth: shape.depth)] = Double(frozen.heldValue)
    }
    path.parameters = parameters
    return path
  }

  /// The parameters that the kernel finds, of each series that it fits.
  private func kernelStarts() throws -> [ReferencePath?] {
    var starts = [ReferencePath?](repeating: nil, count: fittable.count)
    for group in lengthGroups {
      let near = try group.map { place in
        let (_, series, scaling) = fittable[place]
        // Starts are drawn over the range of x, of which a far limit must not be part.
        let near =
          scaling.limit == nil
          ? scaling : try Scaling(series, logX: settings.logX, shape: shape, limit: .near)
        return near.scaled(series)
      }
      let weights = group.map { fittable[$0].series.weights.map { Float($0) } }
      let packed = try PackedSeries(near, weights: table.hasWeights ? weights : nil)
      var bank = try PathBank(shape: shape, count: group.count)
      bank.place(settings.freeze.map(\.held))
      var verdicts = [Verdict](repeating: .untouched, count: group.count)
      var found = verdicts.mutableSpan
      try bank.fit(
        to: packed.samples, frozen: settings.frozen(shape), verdicts: &found,
        threads: settings.threads)
      for (path, place) in group.enumerated() where verdicts[path].hasParameters {
        let (weights, biases) = bank.parameters(ofPath: path)
        starts[place] = ReferencePath(weights: weights, biases: biases, shape: shape)
      }
    }
    return starts
  }

  /// A series with its fit, and the samples of that in the units of its scaling.
  private struct FittedSamples {
    let series: Series
    let scaling: Scaling
    let samples: [Sample]
    let fit: LeastSquaresFit

    /// Whether samples at x = 0 have a finite cost.
    func isFinite(at limit: Series) -> Bool {
      zip(limit.y, limit.isLimit).allSatisfy { y, isLimit in
        !isLimit || fit.path.cost(x: -.infinity, y: scaling.scaledY(y)).isFinite
      }
    }
  }

  /// The fit of a series in double precision, from where the kernel ended, or from starts of its own.
  private func leastSquares(_ place: Int, from start: ReferencePath?) -> FittedSamples {
    let (index, series, scaling) = fittable[place]
    let one = leastSquares(series, scaling, from: start)
    let whole = table.series[index]
    // The curve of a rectifier may have its plateau on the side of x = 0, whose samples count then.
    guard series.leftOut > 0, one.isFinite(at: whole),
      let far = try? Scaling(whole, logX: settings.logX, shape: shape, limit: .far)
    else { return one }
    let other = leastSquares(whole, far, from: nil)
    return other.isFinite(at: whole) ? other : one
  }

  private func leastSquares(
    _ series: Series, _ scaling: Scaling, from start: ReferencePath?
  ) -> FittedSamples {
    let given = givenPath
    let samples = series.x.indices.map { t in
      Sample(
        x: scaling.scaledX(series.x[t]), y: scaling.scaledY(series.y[t]),
        weight: series.weights.isEmpty ? 1 : series.weights[t])
    }
    var frozen = [Bool](repeating: false, count: given.parameterCount)
    for parameter in settings.freeze { frozen[parameter.index(depth: shape.depth)] = true }
    return FittedSamples(
      series: series, scaling: scaling, samples: samples,
      fit: best(samples, from: start, given, frozen: frozen, hasLimit: scaling.limit != nil))
  }

  /// The curve of a series.
  ///
  /// - Parameter simpler: the fit of depth 2 to the same samples, to compare with.
  private func fitted(
    _ place: Int, from start: ReferencePath?, simpler: LeastSquaresFit?
  ) -> FittedCurve {
    let found = leastSquares(place, from: start)
    let (series, fit) = (found.series, found.fit)
    if fit.verdict == .tooFewSamples {
      let free = fit.frozen.count { !$0 }
      let least = free + (shape.cost == .crossEntropy ? 0 : 1)
      return FittedCurve(
        series, unfitted: .tooFewSamples,
        reason: "\(counted(free, "parameter")) need \(least) points; "
          + "it has \(fit.sampleCount)")
    }
    let facts = CurveFacts(
      fit, to: found.samples, series: series, scaling: found.scaling, growth: settings.growth,
      simpler: simpler)
    return FittedCurve(fit, series: series, scaling: found.scaling, facts: facts)
  }

  private func best(
    _ samples: [Sample], from start: ReferencePath?, _ given: ReferencePath, frozen: [Bool],
    hasLimit: Bool
  ) -> LeastSquaresFit {
    if let start {
      return hasLimit
        ? start.fitted(to: samples, frozen: frozen)
        : start.finished(on: samples, frozen: frozen, passes: Self.finishPasses)
    }
    guard hasLimit else { return given.bestFit(to: samples, frozen: frozen, refined: Self.refined) }
    // Starts are drawn over the range of the samples: the far place of x = 0 must not be part of it.
    let finite = samples.filter { $0.x > -Scaling.farLimit / 2 }
    let near = finite.map(\.x)
    let limit = (near.min() ?? 0) - max(1, range(near))
    let drawn = samples.map { sample in
      Sample(x: max(sample.x, limit), y: sample.y, weight: sample.weight)
    }
    return given.bestFit(to: drawn, frozen: frozen, refined: Self.refined).path
      .fitted(to: samples, frozen: frozen)
  }

  /// Passes in double precision from where the kernel ended.
  private static let finishPasses = 30
  /// Starts that are followed to their end, of a series that the kernel does not fit.
  private static let refined = 8
}

extension Verdict {
  /// Whether a fit with this verdict left parameters of its own.
  fileprivate var hasParameters: Bool {
    switch self {
    case .converged, .stalled, .limit, .undetermined: true
    default: false
    }
  }
}
