import SinglePath
import SinglePathReference

/// A picture of a study: the gradient of the first weight by depth, a line for each activation, at the
/// start and after training.
struct DepthStudyPicture {
  private let study: DepthStudy
  private let size = PanelSize(width: 430, left: 46, right: 76)
  private let left = 26.0
  private let top = 62.0
  private let bottom = 30.0

  init(_ study: DepthStudy) { self.study = study }

  private var panels: [(title: String, value: (DepthStudy.Result) -> Double)] {
    [
      ("At the start", { $0.gradientAtStart }),
      ("After \(counted(study.settings.epochs, "epoch"))", { $0.gradientAfterTraining }),
    ]
  }

  /// The picture as a document of Scalable Vector Graphics.
  var svg: String {
    let width = left + Double(panels.count) * size.width + 8
    let height = top + size.height + bottom
    let drawn = panels.enumerated().map { index, panel in
      let x = left + Double(index) * size.width
      return "<g transform=\"translate(\(pixels(x)) \(pixels(top)))\">\n"
        + svg(of: panel.title, panel.value) + "</g>\n"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(pixels(width))" height="\(pixels(height))" \
      viewBox="0 0 \(pixels(width)) \(pixels(height))" font-family="sans-serif" font-size="10" \
      fill="#333">
      <rect width="100%" height="100%" fill="white"/>
      <text x="\(pixels(left))" y="24" font-size="16" font-weight="bold">\
      The first layer’s gradient by depth</text>
      <text x="\(pixels(left))" y="42" font-size="11" fill="#666">\(subtitle)</text>
      \(drawn.joined())\(axisTitles(width: width, height: height))</svg>

      """
  }

  private var subtitle: String {
    escaped(
      "Mean |∂J/∂θ⁽¹⁾| of \(counted(study.settings.runs, "path")) for each depth and hidden "
        + "activation, trained on series \(study.seriesName). A path that fits has a small one too."
    )
  }

  private func axisTitles(width: Double, height: Double) -> String {
    """
    <text x="\(pixels(width / 2))" y="\(pixels(height - 10))" font-size="12" \
    text-anchor="middle">depth L</text>
    <text transform="translate(18 \(pixels(top + size.height / 2))) rotate(-90)" font-size="12" \
    text-anchor="middle">mean |∂J/∂θ⁽¹⁾| (logarithmic)</text>

    """
  }

  // MARK: - One panel

  /// The points of an activation's line; a logarithmic axis has no place for a gradient of 0.
  private func points(
    _ activation: Activation, _ value: (DepthStudy.Result) -> Double
  ) -> [(x: Double, y: Double)] {
    zip(PathShape.depths, study.results[activation] ?? []).map { (Double($0), value($1)) }
      .filter { $0.y > 0 }
  }

  private func svg(of title: String, _ value: (DepthStudy.Result) -> Double) -> String {
    let lines = Activation.allCases.map { ($0, points($0, value)) }.filter { !$1.isEmpty }
    // Both panels have the same axis, so that they can be compared.
    let all = panels.flatMap { panel in
      Activation.allCases.flatMap { points($0, panel.value).map(\.y) }
    }
    let depths = PathShape.depths.map { Double($0) }
    let frame = PlotFrame(
      size: size, x: Axis(depths, isLogarithmic: false), y: Axis(all, isLogarithmic: true))
    let drawn = lines.map { activation, points in
      frame.line(
        through: points,
        attributes: "stroke=\"\(activation.colour)\" stroke-width=\"1.8\" \(activation.dashes)")
        + points.map { x, y in
          "<circle cx=\"\(pixels(frame.horizontal(x)))\" cy=\"\(pixels(frame.vertical(y)))\" "
            + "r=\"2.4\" fill=\"\(activation.colour)\"/>"
        }.joined() + "\n"
    }
    let ends = lines.map { activation, points in (activation, frame.vertical(points.last?.y ?? 1)) }
    return """
      <text x="\(pixels(size.left))" y="12" font-size="12" font-weight="bold">\(title)</text>
      \(frame.svg)\(drawn.joined())\(labels(ends))
      """
  }

  /// The names at the ends of the lines, moved down where they would lie on the one above.
  private func labels(_ ends: [(activation: Activation, y: Double)]) -> String {
    let distance = 12.0
    let sorted = ends.sorted { $0.y < $1.y }
    var places = sorted.map(\.y)
    for i in places.indices.dropFirst() { places[i] = max(places[i], places[i - 1] + distance) }
    return zip(sorted, places).map { end, y in
      """
      <text x="\(pixels(size.left + size.plotWidth + 6))" y="\(pixels(y + 3.5))" font-size="11" \
      fill="\(end.activation.colour)">\(end.activation.rawValue)</text>

      """
    }.joined()
  }
}

extension Activation {
  /// The leaky rectifier lies on the other one, which shows through.
  fileprivate var dashes: String { self == .leakyRelu ? "stroke-dasharray=\"6 6\"" : "" }

  /// Colours that the colour-blind can tell apart, by Okabe and Ito.
  fileprivate var colour: String {
    switch self {
    case .sigmoid: "#d55e00"
    case .tanh: "#0072b2"
    case .relu: "#009e73"
    case .leakyRelu: "#cc79a7"
    case .softplus: "#e69f00"
    case .identity: "#555555"
    }
  }
}
