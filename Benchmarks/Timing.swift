import MachineProbes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How long a measurement may take.
struct Effort {
  let batches: Int
  let batchSeconds: Double

  static let full = Effort(batches: 9, batchSeconds: 0.025)
  static let quick = Effort(batches: 3, batchSeconds: 0.010)
}

/// The monotonic clock.
func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// How long a piece of work takes.
func secondsTaken<Failure: Error>(by work: () throws(Failure) -> Void) throws(Failure) -> Double {
  let start = seconds()
  try work()
  return seconds() - start
}

/// The middle of several values, and what lies around it.
struct Spread: Equatable {
  let median: Double
  /// The lower and the upper quartile.
  let low: Double
  let high: Double

  /// - Parameter values: one or more.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    median = Self.quantile(0.5, sorted)
    low = Self.quantile(0.25, sorted)
    high = Self.quantile(0.75, sorted)
  }

  /// Between the two neighbours of the place in proportion.
  private static func quantile(_ q: Double, _ sorted: [Double]) -> Double {
    let place = q * Double(sorted.count - 1)
    let below = sorted[Int(place)]
    let above = sorted[min(Int(place) + 1, sorted.count - 1)]
    return below + (place - place.rounded(.down)) * (above - below)
  }
}

/// Timed batches of calls of one workload.
final class Measurement {
  let loaded: LoadedWorkload
  private(set) var callsPerBatch = 1
  /// Of each batch.
  private(set) var secondsPerCall: [Double] = []
  /// During all timed calls.
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
    let taken = try secondsTaken { try loaded.call(times: callsPerBatch) }
    allocations += mp_allocations() - before
    secondsPerCall.append(taken / Double(callsPerBatch))
  }
}
