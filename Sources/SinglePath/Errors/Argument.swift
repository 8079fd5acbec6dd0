/// An argument of a call, as an error names it.
public struct Argument: Hashable, Sendable {
  /// As in a sentence, such as "the inputs".
  public let name: String

  init(_ name: String) { self.name = name }

  public static let paths = Argument("the number of paths")
  public static let frames = Argument("the number of frames")
  public static let threads = Argument("the number of threads")
  public static let parameters = Argument("the parameters")
  public static let inputs = Argument("the inputs")
  public static let targets = Argument("the targets")
  public static let weights = Argument("the sample weights")
  public static let lengths = Argument("the lengths")
  public static let rates = Argument("the learning rates")
  public static let verdicts = Argument("the verdicts")
  /// ŷ.
  public static let outputs = Argument("the outputs")
  public static let costs = Argument("the costs")
  public static let examination = Argument("the examination")
  public static let fitRows = Argument("the rows of the fit")

  public static let batch = Argument("the number of frames in a batch")
  public static let gradientLimit = Argument("the limit of the gradient")
  public static let frozen = Argument("the masks of frozen parameters")
  public static let lowerBounds = Argument("the lower bounds")
  public static let upperBounds = Argument("the upper bounds")
  public static let huberThreshold = Argument("the threshold of Huber's cost")

  public static let absoluteTolerance = Argument("the absolute tolerance")
  public static let patience = Argument("the patience")
  public static let minimumSamples = Argument("the minimum of samples")
  public static let retreatThreshold = Argument("the retreat threshold")

  public static let passes = Argument("the number of passes")

  public static let copies = Argument("the number of copies")
  public static let seriesWithWeights = Argument("the number of series with weights")
  public static let packedSeries = Argument("the packed series")
}

extension Argument: CustomStringConvertible {
  public var description: String { name }
}
