import MachineProbes

/// Timed batches of calls of one workload.
final class Measurement {
  struct Batch {
    let secondsPerCall: Double
    /// The share of the time in which this thread had a core; the rest went to other programs.
    let processorShare: Double
  }

  static func isUndisturbed(_ processorShare: Double) -> Bool { processorShare > 0.98 }

  let loaded: LoadedWorkload
  private(set) var callsPerBatch = 1
  private(set) var batches: [Batch] = []
  /// Requests for memory during all timed calls.
  private(set) var allocations = 0

  /// Loads the workload, warms it up, and finds how many calls fill a batch.
  init(_ workload: Workload, _ effort: Effort) throws {
    loaded = try LoadedWorkload(workload)
    var calls = 1
    while true {
      let taken = try secondsTaken { try loaded.call(times: calls) }
      if taken > effort.batchSeconds / 2 {
        callsPerBatch = max(1, Int((Double(calls) * effort.batchSeconds / taken).rounded()))
        return
      }
      calls *= 2
    }
  }

  var undisturbedCount: Int {
    batches.count { Self.isUndisturbed($0.processorShare) }
  }

  /// Times one batch. A batch of several calls shows a bank at work again and again: an untimed call
  /// fetches back what other workloads drove out of the caches.
  func runBatch() throws {
    if callsPerBatch > 1 { try loaded.call(times: 1) }
    let before = mp_allocations()
    let batch = try timed { try loaded.call(times: callsPerBatch) }
    allocations += mp_allocations() - before
    batches.append(
      Batch(
        secondsPerCall: batch.seconds / Double(callsPerBatch),
        processorShare: batch.processorShare))
  }
}

extension Array {
  /// Of batches, or of pairs of them: the undisturbed ones if they are enough, else those that lost
  /// the least to other programs.
  func leastDisturbed(
    atLeast least: Int, processorShare: (Element) -> Double
  ) -> [Element] {
    let undisturbed = filter { Measurement.isUndisturbed(processorShare($0)) }
    if undisturbed.count >= least { return undisturbed }
    return Array(sorted { processorShare($0) > processorShare($1) }.prefix(least))
  }
}
