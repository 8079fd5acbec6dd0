import SinglePath
import Testing

@Suite("Shapes of paths")
struct PathShapeTests {
  @Test func depths() throws {
    for depth in [0, 9, -1] {
      #expect(throws: SinglePathError.depth(depth)) { try PathShape(depth: depth, biases: true) }
    }
    #expect(SinglePathError.depth(9).description == "depth is 9; it must be 1 to 8")
  }

  @Test(arguments: [0, -1, -Float.infinity, .infinity, .nan])
  func aThresholdThatMeansNothingIsRefusedAtOnce(value: Float) throws {
    let error = #expect(throws: SinglePathError.self) {
      try PathShape(depth: 1, biases: false, cost: .huber(threshold: value))
    }
    #expect(
      error?.description
        == "the threshold of Huber's cost is \(value); it must be finite and above 0")
    if !value.isNaN { #expect(error == .setting(.huberThreshold, value)) }
    for least in [Float.leastNonzeroMagnitude, .greatestFiniteMagnitude] {
      _ = try PathShape(depth: 1, biases: false, cost: .huber(threshold: least))
    }
  }

  @Test func twoMethodsOfTheSigmoidAreRefused() throws {
    let error = SinglePathError.sigmoidMethods(hidden: .table, output: .polynomial)
    for output: OutputActivation in [.sigmoid, .softmax] {
      #expect(throws: error) {
        try PathShape(depth: 2, biases: true, hidden: .sigmoid(.table), output: output)
      }
      // Without hidden units there is one.
      _ = try PathShape(depth: 1, biases: true, hidden: .sigmoid(.table), output: output)
    }
    #expect(
      error.description
        == "the sigmoids of the hidden units are computed by table, that of the output by "
        + "polynomial; it must be the same method")
  }

  /// Shapes that the kernel cannot tell apart are equal, and hash alike.
  @Test func shapesThatComputeTheSameAreEqual() throws {
    func shape(
      _ depth: Int, _ hidden: HiddenActivation, _ output: OutputActivation = .identity
    ) throws -> PathShape {
      try PathShape(depth: depth, biases: true, hidden: hidden, output: output)
    }
    let same = try [
      (shape(2, .tanh, .sigmoid), shape(2, .tanh, .softmax)),
      (shape(2, .tanh, .sigmoid(.table)), shape(2, .tanh, .softmax(.table))),
      (shape(1, .tanh), shape(1, .sigmoid(.table))),
      (shape(1, .relu, .sigmoid(.table)), shape(1, .sigmoid, .softmax(.table))),
      (.fourParameterLogistic, shape(2, .sigmoid)),
    ]
    for (one, other) in same {
      #expect(one == other && one.hashValue == other.hashValue)
    }
    let different = try [
      (shape(2, .sigmoid), shape(2, .sigmoid(.table))),
      (shape(2, .tanh), shape(2, .relu)), (shape(2, .tanh), shape(3, .tanh)),
      (shape(2, .tanh, .sigmoid), shape(2, .tanh, .sigmoid(.table))),
      (shape(1, .sigmoid), shape(1, .sigmoid, .tanh)),
      (
        PathShape(depth: 2, biases: true, cost: .huber(threshold: 1)),
        PathShape(depth: 2, biases: true, cost: .huber(threshold: 2))
      ),
      (PathShape(depth: 2, biases: true), PathShape(depth: 2, biases: false)),
    ]
    for (one, other) in different { #expect(one != other) }
  }

  @Test func plattCalibrationIsALogisticRegression() throws {
    #expect(
      try PathShape.plattCalibration
        == PathShape(depth: 1, biases: true, output: .sigmoid, cost: .crossEntropy))
    #expect(PathShape.plattCalibration.parameterCount == 2)
    #expect(PathShape.fourParameterLogistic.parameterCount == 4)
  }
}
