import CommandLineSupport
import Foundation

/// What a panel shows beside the data and the curve.
struct PanelMarks {
  /// Where the curve is half way between its plateaus, with the ends of an interval; in the user's unit.
  var midpoint: (value: Double, interval: ClosedRange<Double>?)?
  /// A word in place of the error, such as a verdict.
  var text: String?
}

extension PanelMarks {
  /// The midpoint that is known of a curve, and the verdict on one that its samples do not determine.
  init(_ fit: FittedCurve) {
    guard let facts = fit.facts else { return }
    if let estimate = facts.facts.first(where: { $0.name == .midpoint })?.estimate {
      midpoint = (estimate.value, estimate.low...estimate.high)
    }
    if !facts.verdict.isGood { text = facts.verdict.name }
  }
}

/// The picture of one series.
struct Panel {
  private let fit: FittedCurve
  private let marks: PanelMarks
  private let frame: PlotFrame
  private let samples: [(x: Double, y: Double, isLimit: Bool)]
  private let curve: [(x: Double, y: Double)]

  init(_ fit: FittedCurve, size: PanelSize, marks: PanelMarks = PanelMarks()) {
    self.fit = fit
    self.marks = marks
    let isLogarithmic = fit.scaling?.logX ?? false
    // Numbers that cannot be scaled cannot be drawn either.
    samples = fit.verdict == .nonFiniteInput ? [] : drawnSamples(fit)
    let x = Axis(samples.map(\.x), isLogarithmic: isLogarithmic)
    let steps = 80
    curve =
      fit.isFitted
      ? (0...steps).map { step in
        let at = x.value(Double(step) / Double(steps))
        return (at, fit.value(at: at))
      } : []
    let y = Axis(samples.map(\.y) + curve.map(\.y), isLogarithmic: false)
    frame = PlotFrame(size: size, x: x, y: y)
  }

  var svg: String {
    let corner = frame.size.width - frame.size.right
    let mark = markText
    let nameWidth = corner - frame.size.left - 5 * Double(mark.count + 1)
    return SVG.text(
      fit.series.name, x: frame.size.left, y: 12, limit: max(3, Int(nameWidth / 6)),
      attributes: "font-weight=\"bold\" font-size=\"10\"")
      + SVG.text(mark, x: corner, y: 12, attributes: "text-anchor=\"end\" fill=\"#888\"")
      + frame.svg + midpoint + points + line
  }

  private var markText: String {
    if let text = marks.text { return text }
    return fit.isFitted && fit.verdict != .diverged
      ? String(format: "%.2f %%", fit.rmsePercent) : fit.verdict.name
  }

  /// The samples; those at the limit, whose place is not theirs, are hollow.
  private var points: String {
    let circles = samples.map { x, y, isLimit in
      SVG.circle(
        x: frame.horizontal(x), y: frame.vertical(y), radius: 1.6,
        attributes: isLimit ? "fill=\"none\" stroke=\"#4a7fb5\"" : "")
    }
    return "<g fill=\"#4a7fb5\" fill-opacity=\"0.6\">\(circles.joined())</g>\n"
  }

  private var line: String {
    curve.isEmpty
      ? "" : frame.line(through: curve, attributes: "stroke=\"#d1495b\" stroke-width=\"1.3\"")
  }

  /// A dashed line at the midpoint, over a band for its interval, as far as they lie on the axis.
  private var midpoint: String {
    guard let midpoint = marks.midpoint else { return "" }
    let (top, bottom) = (frame.size.top, frame.size.top + frame.size.plotHeight)
    func place(_ value: Double) -> Double {
      // On a logarithmic axis what is not above 0 lies at its beginning.
      let share = frame.x.share(value)
      return frame.size.left + (share.isFinite ? min(max(share, 0), 1) : 0) * frame.size.plotWidth
    }
    var drawn = ""
    if let interval = midpoint.interval {
      let (low, high) = (place(interval.lowerBound), place(interval.upperBound))
      drawn += SVG.rectangle(
        x: low, y: top, width: high - low, height: bottom - top,
        attributes: "fill=\"#d1495b\" fill-opacity=\"0.12\"")
    }
    if (0...1).contains(frame.x.share(midpoint.value)) {
      let at = place(midpoint.value)
      drawn += SVG.line(
        from: (at, top), to: (at, bottom),
        attributes: "stroke=\"#d1495b\" stroke-dasharray=\"3 2\" stroke-width=\"0.8\"")
    }
    return drawn
  }
}

/// The samples of a series where they are drawn.
private func drawnSamples(_ fit: FittedCurve) -> [(x: Double, y: Double, isLimit: Bool)] {
  let series = fit.series
  let finite = series.counted.withoutLimit.x
  // One range of the others, as the logarithm counts, below the least of them.
  let nearLimit = finite.min().map { least in
    let ratio = (finite.max() ?? least) / least
    return least / (ratio > 1 ? ratio : 10)
  }
  return series.x.indices.map { t in
    let isLimit = !series.isLimit.isEmpty && series.isLimit[t]
    let place = isLimit ? nearLimit : nil
    return (place ?? series.x[t], series.y[t], isLimit)
  }
}
