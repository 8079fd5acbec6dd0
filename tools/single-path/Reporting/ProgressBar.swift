import CommandLineSupport
import Foundation

/// A line on the terminal that shows how far training is; nothing if stderr is not a terminal.
struct ProgressBar {
  private let isShown = isatty(STDERR_FILENO) == 1
  private var shownAt: ContinuousClock.Instant?

  /// Draws the bar for a share in 0...1, ten times a second at most.
  mutating func show(_ share: Double) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let shownAt, now - shownAt < .milliseconds(100) { return }
    shownAt = now
    let width = 40
    let full = Int(share * Double(width))
    let bar = String(repeating: "#", count: full).padded(to: width)
    StandardError.write("\rtraining [\(bar)] \(Int(share * 100)) %")
  }

  /// Wipes the bar away.
  mutating func clear() {
    guard shownAt != nil else { return }
    StandardError.write("\r\u{1B}[K")
  }
}
