/// The error over the domain and a little beyond, as an SVG.
struct Drawing {
  let title: String
  let table: Table
  let bound: Double

  private static let width = 960.0
  private static let height = 360.0
  private static let margin = 40.0
  /// Several arguments a column: the line shows the envelope.
  private static let argumentCount = 9600

  var text: String {
    let low = table.domain.lowerBound - 1
    let high = table.domain.upperBound + 1
    let points = (0...Self.argumentCount).map { i in
      let x = low + (high - low) * Double(i) / Double(Self.argumentCount)
      // On the grid of the integer form, which every other form holds too.
      let argument = (x * 2048).rounded() / 2048
      let error = table.evaluate(argument) - Sigmoid.quick(argument)
      return "\(place(i)),\(level(error))"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.height)">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(Self.margin)" y="24" font-family="sans-serif" font-size="14">\(title)</text>
      \(line(at: bound, "+\(bound)"))
      \(line(at: 0, "0"))
      \(line(at: -bound, "-\(bound)"))
      <polyline fill="none" stroke="#0057b7" stroke-width="0.5" points="\(
        points.joined(separator: " "))"/>
      </svg>

      """
  }

  private func line(at error: Double, _ label: String) -> String {
    let y = level(error)
    return "<line x1=\"\(Self.margin)\" x2=\"\(Self.width - Self.margin)\" y1=\"\(y)\" y2=\"\(y)\" "
      + "stroke=\"#999\"/><text x=\"\(Self.margin)\" y=\"\(y - 3)\" font-family=\"sans-serif\" "
      + "font-size=\"10\">\(label)</text>"
  }

  private func place(_ i: Int) -> Double {
    let share = Double(i) / Double(Self.argumentCount)
    return hundredth(Self.margin + (Self.width - 2 * Self.margin) * share)
  }

  private func level(_ error: Double) -> Double {
    hundredth(Self.height / 2 - error / bound * (Self.height / 2 - Self.margin))
  }

  private func hundredth(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
