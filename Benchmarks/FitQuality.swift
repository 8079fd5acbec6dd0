import CommandLineSupport
import SinglePath
import SinglePathReference

/// How good the curves of a fit are, beside the reference's.
struct FitQuality: Codable, Equatable {
  /// Passes over the samples that a curve took on the mean.
  let passesPerCurve: Double
  /// The share of curves whose cost is at most so much above the optimum's, relatively: of 2,000, the best of
  /// eight refined starts in double precision.
  let withinOneMillionth: Double
  let withinOnePercent: Double

  init(_ loaded: LoadedWorkload) {
    let workload = loaded.workload
    let count = min(2000, loaded.paths.count)
    let shape = ReferencePath(
      weights: Array(repeating: 1.0, count: workload.depth),
      biases: Array(repeating: 0.0, count: workload.depth),
      output: workload.isLabelled ? .sigmoid : .identity,
      cost: workload.isLabelled ? .crossEntropy : .squaredError)
    var (millionths, percents, passes) = (0, 0, 0.0)
    for i in 0..<count {
      let samples = loaded.samples(i)
      var path = shape
      path.parameters = (0..<workload.parameterCount).map {
        Double(loaded.parameters[$0 * loaded.planeStride + i])
      }
      let cost = path.cost(of: samples)
      let excess = cost / shape.bestFit(to: samples).cost - 1
      if excess <= 1e-6 { millionths += 1 }
      if excess <= 1e-2 { percents += 1 }
      passes +=
        workload.operation == .fit
        ? Double(loaded.outputs[FitRow.passes * loaded.paths.count + i])
        : Double(LoadedWorkload.epochsOfDescent)
    }
    passesPerCurve = passes / Double(count)
    withinOneMillionth = Double(millionths) / Double(count)
    withinOnePercent = Double(percents) / Double(count)
  }
}

extension LoadedWorkload {
  /// Of a path of the sample.
  fileprivate func samples(_ i: Int) -> [Sample] {
    (0..<workload.size.frames).map { t in
      Sample(x: Double(inputs[t]), y: Double(targets[t * paths.count + i]))
    }
  }
}
