import Foundation
import SinglePath

/// Curves to fit, each made from its place: y = lower + (upper − lower) σ(k (x − m)) + noise, of
/// distributions as wide as those of assays.
enum FitData: String {
  case assay25, dose8, long100
  /// Normal noise without a curve, which takes many passes.
  case noise25
  /// Scores and labels 0 and 1 of a classifier, for a calibration.
  case platt200

  var frames: Int {
    switch self {
    case .assay25, .noise25: 25
    case .dose8: 8
    case .long100: 100
    case .platt200: 200
    }
  }

  /// x of a frame, evenly from −2 to 2; scores reach to ±3.
  func input(_ frame: Int) -> Float {
    let reach: Float = self == .platt200 ? 3 : 2
    return reach * (2 * Float(frame) / Float(frames - 1) - 1)
  }

  func target(_ frame: Int, _ path: Int) -> Float {
    func unit(_ stream: UInt64, _ row: Int, _ low: Double, _ high: Double) -> Double {
      low + (high - low) * Double(Values.unit(stream, row, path))
    }
    let slope = unit(4, 0, 1, 6) * (unit(4, 1, -1, 1) < 0 ? -1 : 1)
    let rise = 1 / (1 + exp(-slope * (Double(input(frame)) - unit(4, 2, -1.2, 1.2))))
    if self == .platt200 { return unit(5, frame, 0, 1) < rise ? 1 : 0 }
    let (lower, upper) = (unit(4, 3, 0, 0.2), unit(4, 4, 0.8, 1.2))
    // Box and Muller's normal deviate.
    let length = (-2 * log(unit(5, frame, 0x1p-25, 1))).squareRoot()
    let deviate = length * cos(2 * .pi * unit(6, frame, 0, 1))
    if self == .noise25 { return Float(deviate) }
    return Float(lower + (upper - lower) * rise + 0.03 * deviate)
  }
}

extension Size {
  /// Curves of a kind.
  static func curves(_ data: FitData, _ paths: Int) -> Size {
    var size = Size(name: data.rawValue, paths: paths, frames: data.frames)
    size.data = data
    return size
  }

  static let assay25 = curves(.assay25, 1 << 15)
  static let dose8 = curves(.dose8, 1 << 16)
  static let long100 = curves(.long100, 1 << 13)
  static let noise25 = curves(.noise25, 1 << 13)
  static let platt200 = curves(.platt200, 1 << 12)
  /// Deeper curves take longer.
  static let assay25Deep = curves(.assay25, 1 << 12)
  /// Few enough that descent ends in our time.
  static let assay25Descended = curves(.assay25, 1 << 8)
}
