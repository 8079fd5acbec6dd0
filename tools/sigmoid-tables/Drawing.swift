import CommandLineSupport

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
      return (place(i), level(table.evaluate(argument) - Sigmoid.quick(argument)))
    }
    return SVG.document(
      width: Self.width, height: Self.height,
      SVG.text(title, x: Self.margin, y: 24, attributes: "font-size=\"14\"")
        + line(at: bound, "+\(bound)") + line(at: 0, "0") + line(at: -bound, "-\(bound)")
        + SVG.polyline(points, attributes: "stroke=\"#0057b7\" stroke-width=\"0.5\""))
  }

  private func line(at error: Double, _ label: String) -> String {
    let y = level(error)
    return SVG.line(
      from: (Self.margin, y), to: (Self.width - Self.margin, y), attributes: "stroke=\"#999\"")
      + SVG.text(label, x: Self.margin, y: y - 3)
  }

  private func place(_ i: Int) -> Double {
    Self.margin + (Self.width - 2 * Self.margin) * Double(i) / Double(Self.argumentCount)
  }

  private func level(_ error: Double) -> Double {
    Self.height / 2 - error / bound * (Self.height / 2 - Self.margin)
  }
}
