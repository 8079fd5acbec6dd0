import CommandLineSupport

/// Measures workloads, a few at a time in turns, so that what disturbs the machine meets them alike.
struct Runner {
  let machine: Machine
  let effort: Effort

  /// Measures all, and hands each row over as soon as it is known.
  ///
  /// - Throws: `Failure.result` if a result is wrong or a call of one thread allocates memory.
  func run(_ workloads: [Workload], _ report: (Row) -> Void) throws -> [Row] {
    var rows: [Row] = []
    for start in stride(from: 0, to: workloads.count, by: 4) {
      let group = workloads[start..<min(start + 4, workloads.count)]
      for measurement in try inTurns(Array(group)) {
        let row = Row(measurement, leastBatches: effort.leastBatches, on: machine)
        report(row)
        try check(measurement, row)
        rows.append(row)
      }
    }
    return rows
  }

  /// Batches of several workloads, interleaved: A B A B …, until there are enough.
  func inTurns(_ workloads: [Workload]) throws -> [Measurement] {
    let measurements = try workloads.map { try Measurement($0, effort) }
    let end = seconds() + effort.secondsPerWorkload * Double(workloads.count)
    var round = 0
    while round < effort.leastBatches
      || (seconds() < end && measurements.contains { $0.undisturbedCount < effort.batches })
    {
      for measurement in measurements { try measurement.runBatch() }
      round += 1
    }
    for measurement in measurements { try Proof(measurement.loaded).check() }
    return measurements
  }

  private func check(_ measurement: Measurement, _ row: Row) throws {
    let workload = measurement.loaded.workload
    guard workload.engine != .reference, workload.threads == 1 else { return }
    guard row.allocations <= 0 else {
      throw Failure.result("\(row.name): \(row.allocations) allocations; there must be none")
    }
  }
}
