/// What was measured of one workload.
struct Row: Codable, Equatable {
  let name: String
  let paths: Int
  let frames: Int
  let threads: Int
  let gStepsPerSecond: Double
  /// Of one call: the median of the batches and their quartiles.
  let medianNanoseconds: Double
  let lowNanoseconds: Double
  let highNanoseconds: Double
  let batches: Int
  let callsPerBatch: Int
  /// The share of the time in which the calling thread had a core, the median of the batches.
  let processorShare: Double
  /// The machine's fused multiply-adds in the time of one step of a vector, on one core: the lower
  /// the better, and the same on a faster clock.
  let fmaSlotsPerVectorStep: Double
  /// 1 is the limit of the machine.
  let shareOfBound: Double
  /// What sets that limit.
  let bound: String
  /// Requests for memory during all timed calls; −1 where that is not known.
  let allocations: Int
  /// Of rows that find curves; nil of others. So is the next.
  let curvesPerSecond: Double?
  let quality: FitQuality?

  /// - Parameter leastBatches: so many batches count even if they were disturbed.
  init(_ measurement: Measurement, leastBatches: Int, on machine: Machine) {
    let workload = measurement.loaded.workload
    let kept = measurement.batches.leastDisturbed(atLeast: leastBatches) { $0.processorShare }
    let call = Spread(kept.map(\.secondsPerCall))
    let step = call.median / Double(workload.steps)
    let bound = Bound(of: workload, on: machine)
    let width = machine.width(lanes: workload.width)
    let vectorStep = step * Double(workload.width * workload.threads)
    let isKernel =
      workload.operation != .empty && workload.engine != .reference && !workload.findsCurves
    name = workload.name
    paths = workload.size.paths
    frames = workload.size.frames
    threads = workload.threads
    gStepsPerSecond = workload.operation == .empty ? 0 : 1e-9 / step
    medianNanoseconds = call.median * 1e9
    lowNanoseconds = call.low * 1e9
    highNanoseconds = call.high * 1e9
    self.batches = kept.count
    processorShare = Spread(kept.map(\.processorShare)).median
    callsPerBatch = measurement.callsPerBatch
    fmaSlotsPerVectorStep =
      workload.operation == .empty ? 0 : width.fmaPerSecond * vectorStep
    shareOfBound = isKernel ? bound.seconds / step : 0
    self.bound = isKernel ? bound.name : "none"
    allocations = measurement.allocations
    curvesPerSecond = workload.findsCurves ? Double(workload.size.paths) / call.median : nil
    quality = workload.findsCurves ? FitQuality(measurement.loaded) : nil
  }
}

/// A whole run, as a file holds it.
struct Results: Codable {
  let machine: Machine
  let rows: [Row]
  /// Nil in files of before there were any.
  let ratios: [MeasuredRatio]?
}

/// What was measured of a ratio: the median of the pairs of batches and their quartiles.
struct MeasuredRatio: Codable, Equatable {
  let title: String
  let unit: String
  let median: Double
  let low: Double
  let high: Double
}
