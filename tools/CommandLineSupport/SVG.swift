import Foundation

/// Pieces of a document of Scalable Vector Graphics. Lengths are in pixels.
public enum SVG {
  /// A whole document on white.
  ///
  /// - Parameter attributes: of the root, such as a font size, which its content inherits.
  public static func document(
    width: Double, height: Double, attributes: String = "font-size=\"10\" fill=\"#333\"",
    _ content: String
  ) -> String {
    let (width, height) = (pixels(width), pixels(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="sans-serif" \(attributes)>
      <rect width="100%" height="100%" fill="white"/>
      \(content)</svg>

      """
  }

  /// A line of text. Where it is longer than `limit` characters its end is left out, and the whole is its
  /// title, which a browser shows under the pointer.
  ///
  /// - Parameter attributes: such as `text-anchor="end"`.
  public static func text(
    _ text: String, x: Double, y: Double, limit: Int = .max, attributes: String = ""
  ) -> String {
    let shown = text.shortened(to: limit)
    let title = shown == text ? "" : "<title>\(escaped(text))</title>"
    let space = attributes.isEmpty ? "" : " "
    return "<text x=\"\(pixels(x))\" y=\"\(pixels(y))\"\(space)\(attributes)>"
      + "\(title)\(escaped(shown))</text>\n"
  }

  /// The title of a vertical axis, read upwards, around a point.
  public static func verticalText(_ text: String, x: Double, y: Double, limit: Int = .max) -> String
  {
    "<g transform=\"translate(\(pixels(x)) \(pixels(y))) rotate(-90)\">"
      + self.text(
        text, x: 0, y: 0, limit: limit, attributes: "font-size=\"12\" text-anchor=\"middle\"")
      + "</g>\n"
  }

  /// A straight line.
  public static func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), attributes: String
  ) -> String {
    "<line x1=\"\(pixels(start.x))\" y1=\"\(pixels(start.y))\" x2=\"\(pixels(end.x))\" "
      + "y2=\"\(pixels(end.y))\" \(attributes)/>\n"
  }

  /// A line through some points.
  public static func polyline(_ points: [(x: Double, y: Double)], attributes: String) -> String {
    let places = points.map { "\(pixels($0.x)),\(pixels($0.y))" }
    return "<polyline points=\"\(places.joined(separator: " "))\" fill=\"none\" \(attributes)/>\n"
  }

  /// A filled rectangle.
  public static func rectangle(
    x: Double, y: Double, width: Double, height: Double, attributes: String
  ) -> String {
    "<rect x=\"\(pixels(x))\" y=\"\(pixels(y))\" width=\"\(pixels(width))\" "
      + "height=\"\(pixels(height))\" \(attributes)/>\n"
  }

  /// A filled circle.
  public static func circle(x: Double, y: Double, radius: Double, attributes: String = "") -> String
  {
    let space = attributes.isEmpty ? "" : " "
    return "<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"\(radius)\"\(space)\(attributes)/>"
  }

  /// A length, to a tenth.
  public static func pixels(_ value: Double) -> String { String(format: "%.1f", value) }

  /// Text as it may stand in a document.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // Control characters, and the two that are no characters, are not allowed in such a document.
      case _ where scalar.value < 32 || 0xFFFE...0xFFFF ~= scalar.value: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
