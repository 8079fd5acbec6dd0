import CommandLineSupport
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
      return "<g transform=\"translate(\(SVG.pixels(x)) \(SVG.pixels(top)))\">\n"
        + svg(of: panel.title, panel.value) + "</g>\n"
    }
    return SVG.document(
      width: width, height: height,
      SVG.text(
        "The first layer’s gradient by depth", x: left, y: 24,
        attributes: "font-size=\"16\" font-weight=\"bold\"")
        + SVG.text(subtitle, x: left, y: 42, attributes: "font-size=\"11\" fill=\"#666\"")
        + drawn.joined()
        + SVG.text(
          "depth L", x: width / 2, y: height - 10,
          attributes: "font-size=\"12\" text-anchor=\"middle\"")
        + SVG.verticalText("mean |∂J/∂θ⁽¹⁾| (logarithmic)", x: 18, y: top + size.height / 2))
  }

  private var subtitle: String {
    "Mean |∂J/∂θ⁽¹⁾| of \(counted(study.settings.runs, "path")) for each depth and hidden "
      + "activation, trained on series \(study.seriesName). A path that fits has a small one too."
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
          SVG.circle(
            x: frame.horizontal(x), y: frame.vertical(y), radius: 2.4,
            attributes: "fill=\"\(activation.colour)\"")
        }.joined() + "\n"
    }
    let ends = lines.map { activation, points in (activation, frame.vertical(points.last?.y ?? 1)) }
    return SVG.text(
      title, x: size.left, y: 12, attributes: "font-size=\"12\" font-weight=\"bold\"")
      + frame.svg + drawn.joined() + labels(ends)
  }

  /// The names at the ends of the lines, moved down where they would lie on the one above.
  private func labels(_ ends: [(activation: Activation, y: Double)]) -> String {
    let distance = 12.0
    let sorted = ends.sorted { $0.y < $1.y }
    var places = sorted.map(\.y)
    for i in places.indices.dropFirst() { places[i] = max(places[i], places[i - 1] + distance) }
    return zip(sorted, places).map { end, y in
      SVG.text(
        end.activation.rawValue, x: size.left + size.plotWidth + 6, y: y + 3.5,
        attributes: "font-size=\"11\" fill=\"\(end.activation.colour)\"")
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
