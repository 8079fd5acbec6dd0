import Foundation

/// The tables that a run prints.
enum Report {
  static func print(_ machine: Machine) {
    let clock = format("%.2f GHz", machine.clockHertz / 1e9)
    Swift.print(
      "machine: \(machine.model), \(machine.cores) cores, \(clock),",
      machine.instructionSets.joined(separator: " "))
    for width in machine.widths {
      let rates = (width.fmaPerSecond / 1e9, width.divisionsPerSecond / 1e9)
      Swift.print(
        format("  %2d lanes: %6.2f G FMA/s", width.lanes, rates.0)
          + format(" %6.2f G divisions/s, vectors on one core", rates.1))
    }
    for level in machine.levels {
      let size = level.bytes.map { "\($0 >> 10) KiB" } ?? ""
      let rates = level.bandwidths.map { bandwidth in
        format("%d thread(s): read %6.1f, ", bandwidth.threads, bandwidth.readBytesPerSecond / 1e9)
          + format("update %6.1f GB/s", bandwidth.updateBytesPerSecond / 1e9)
      }
      Swift.print("  \(padded(level.name, 6)) \(padded(size, 9))", rates.joined(separator: "; "))
    }
    Swift.print()
  }

  static func printHeading() {
    Swift.print(
      padded("row", nameWidth) + "      ns/call  spread  core  G steps/s   slots  share  bound"
        + "                alloc")
  }

  static func print(_ row: Row) {
    let spread = (row.highNanoseconds - row.lowNanoseconds) / row.medianNanoseconds
    Swift.print(
      padded(row.name, nameWidth)
        + format(" %12.1f  %5.1f%%", row.medianNanoseconds, 100 * spread)
        + format("  %3.0f%%", 100 * row.processorShare)
        + format("  %9.4f %7.1f", row.gStepsPerSecond, row.fmaSlotsPerVectorStep)
        + format("  %5.2f  ", row.shareOfBound) + padded(row.bound, 20)
        + format(" %5d", row.allocations))
    if let speed = row.curvesPerSecond, let quality = row.quality {
      Swift.print(
        format("  %.0f curves/s, ", speed) + format("%.1f passes each, ", quality.passesPerCurve)
          + format("%.2f %% within 1e-6 of the optimum's cost, ", 100 * quality.withinOneMillionth)
          + format("%.2f %% within 1 %%", 100 * quality.withinOnePercent))
    }
    fflush(nil)
  }

  static func print(_ ratio: MeasuredRatio) {
    Swift.print(
      padded(ratio.title, 54) + format("%8.3f ", ratio.median) + ratio.unit
        + format("  (%.3f to %.3f)", ratio.low, ratio.high))
  }

  private static let nameWidth = 52

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func format(_ format: String, _ values: any CVarArg...) -> String {
    String(format: format, arguments: values)
  }
}
