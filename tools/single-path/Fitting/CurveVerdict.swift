import SinglePath
import SinglePathReference

/// What became of a series' curve. The raw value stands in the JSON.
enum CurveVerdict: String, CaseIterable, Decodable {
  case untouched, trained, converged, stalled, limit, diverged, dead, saturated
  case flat, undetermined, separated, tooFewSamples, nonFiniteInput

  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .untouched: .untouched
      case .trained: .trained
      case .diverged: .diverged
      case .converged: .converged
      case .stalled: .stalled
      case .nonFiniteInput: .nonFiniteInput
      case .dead: .dead
      case .saturated: .saturated
      case .tooFewSamples: .tooFewSamples
      case .limit: .limit
      case .undetermined: .undetermined
      case .flat: .flat
      }
  }

  init(_ verdict: LeastSquaresFit.Verdict) {
    self =
      switch verdict {
      case .nonFiniteInput: .nonFiniteInput
      case .tooFewSamples: .tooFewSamples
      case .flat: .flat
      case .undetermined: .undetermined
      case .converged: .converged
      case .stalled: .stalled
      case .limit: .limit
      }
  }

  /// In words.
  var name: String {
    switch self {
    case .tooFewSamples: "too few samples"
    case .nonFiniteInput: "non-finite input"
    default: rawValue
    }
  }

  /// Whether the parameters are those of a curve that the samples determine.
  var isGood: Bool { self == .converged }

  /// Whether the parameters are those of the least cost, or of where the search for it stopped.
  var hasCurve: Bool { self == .converged || self == .limit || self == .stalled }
}
