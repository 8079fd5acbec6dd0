import CommandLineSupport
import MachineProbes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How long a measurement may take.
///
/// Batches are short, so that on a busy machine many of them fall between two turns of other
/// programs; a call that is longer is a batch by itself.
struct Effort {
  let batchSeconds: Double
  /// Undisturbed batches are enough.
  let batches: Int
  /// So many there must be, disturbed or not.
  let leastBatches: Int
  /// No more batches of a workload begin after this.
  let secondsPerWorkload: Double

  static let full = Effort(
    batchSeconds: 0.002, batches: 51, leastBatches: 7, secondsPerWorkload: 1)
  static let quick = Effort(
    batchSeconds: 0.002, batches: 11, leastBatches: 3, secondsPerWorkload: 0.15)
}

/// The monotonic clock.
func seconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}

/// What this thread has had of a core.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// How long a piece of work takes.
func secondsTaken<Failure: Error>(by work: () throws(Failure) -> Void) throws(Failure) -> Double {
  let start = seconds()
  try work()
  return seconds() - start
}

/// How long a piece of work takes, and which share of that time the thread had a core.
func timed<Failure: Error>(
  _ work: () throws(Failure) -> Void
) throws(Failure) -> (seconds: Double, processorShare: Double) {
  let start = processorSeconds()
  let taken = try secondsTaken(by: work)
  return (taken, (processorSeconds() - start) / taken)
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
