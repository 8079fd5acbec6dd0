import MachineProbes

/// Timed batches of calls of one workload.
final class Measurement {
  struct Batch {
    let secondsPerCall: Double
    /// The share of the time in which this thread had a core; the rest went to other programs.
    let processorShare: Double

    var isUndisturbed: Bool { processorShare > 0.98 }
  }

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

  /// Times one batch.
  func runBatch() throws {
    let before = mp_allocations()
    let batch = try timed { try loaded.call(times: callsPerBatch) }
    allocations += mp_allocations() - before
    batches.append(
      Batch(
        secondsPerCall: batch.seconds / Double(callsPerBatch),
        processorShare: batch.processorShare))
  }

  func hasUndisturbed(_ count: Int) -> Bool {
    batches.count { $0.isUndisturbed } >= count
  }

  /// The batches that lost the least to other programs, in the order of their time.
  func leastDisturbed(_ count: Int) -> [Batch] {
    let best = batches.indices.sorted { batches[$0].rank > batches[$1].rank }.prefix(count)
    return best.sorted().map { batches[$0] }
  }
}

extension Measurement.Batch {
  /// All undisturbed batches are alike, so that the choice does not prefer any of their times.
  var rank: Double { isUndisturbed ? 1 : processorShare }
}
