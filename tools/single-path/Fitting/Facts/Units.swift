import Foundation

/// From a scale on which errors are even to the user's.
struct Transform {
  let value: (Double) -> Double
  /// The derivative of `value`.
  let slope: (Double) -> Double

  static func linear(_ scale: Double, _ offset: Double) -> Transform {
    Transform(value: { scale * $0 + offset }, slope: { _ in scale })
  }
}

/// From scaled to the user's units.
struct Units {
  private let scaling: Scaling

  init(_ scaling: Scaling) { self.scaling = scaling }

  var xScale: Double { scaling.xScale }
  var yScale: Double { scaling.yScale }
  var yOffset: Double { scaling.yOffset }

  /// Of x, or of its logarithm where that is fitted.
  func scaledX(_ x: Double) -> Double { (x - scaling.xOffset) / scaling.xScale }

  var y: Transform { .linear(scaling.yScale, scaling.yOffset) }
  /// dy/dx; by decade of x where the logarithm is fitted.
  var slope: Transform { .linear(scaling.yScale / scaling.xScale, 0) }
  /// The slope of a logistic curve; the exponent of x where the logarithm is fitted.
  var exponent: Transform { .linear(1 / (scaling.xScale * (scaling.logX ? log(10) : 1)), 0) }
  var x: Transform {
    let scaling = scaling
    guard scaling.logX else { return .linear(scaling.xScale, scaling.xOffset) }
    func user(_ x: Double) -> Double { pow(10, scaling.xOffset + scaling.xScale * x) }
    return Transform(value: user, slope: { user($0) * log(10) * scaling.xScale })
  }
}
