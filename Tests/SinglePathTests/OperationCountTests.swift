import SeededRandom
import Foundation
import SinglePath
import SinglePathReference
import SinglePathShims
import Testing

@testable import SinglePathKernel

@Suite("Bounds count what the kernel rounds", .printsSeed)
struct OperationCountTests {
  /// The operations of a value and of a slope from the activation; of the sigmoid 12 with the two that hold
  /// x to its domain and the shift that makes a power of two, and a division.
  private static let sigmoid = OperationCount(
    additions: 3, multiplications: 1, fused: 5, divisions: 1)
  private static let sigmoidSlope = OperationCount(additions: 1, multiplications: 1)

  private func expect<Function: ActivationFunction>(
    _: Function.Type, value: OperationCount, slope: OperationCount
  ) {
    var a = CountingLanes(repeating: 0)
    #expect(counted { a = Function.value(CountingLanes(repeating: 0.8)) } == value)
    #expect(counted { a = Function.slope(at: a) } == slope)
  }

  @Test func functionsOfTheKernel() {
    let none = OperationCount()
    expect(PolynomialSigmoid.self, value: Self.sigmoid, slope: Self.sigmoidSlope)
    expect(TableSigmoid.self, value: OperationCount(fused: 5), slope: Self.sigmoidSlope)
    expect(
      HyperbolicTangent.self,
      value: OperationCount(additions: 3, multiplications: 3, fused: 6, divisions: 1),
      slope: OperationCount(additions: 2, multiplications: 1))
    expect(
      Softplus.self,
      value: OperationCount(additions: 5, multiplications: 3, fused: 8, divisions: 1),
      slope: OperationCount(additions: 4, multiplications: 2, fused: 5, divisions: 1))
    expect(LeakyReLU.self, value: OperationCount(multiplications: 1), slope: none)
    expect(ReLU.self, value: none, slope: none)
    expect(Identity.self, value: none, slope: none)
  }

  /// All but w² and the first three of the polynomial's four steps round whole terms: m − 1, m + 1, their
  /// quotient w, the polynomial, its product with w, and the sum with n ln 2.
  @Test func logarithmOfTheKernel() {
    let count = counted { _ = Logarithm.value(CountingLanes(repeating: 0.1)) }
    #expect(count == OperationCount(additions: 2, multiplications: 2, fused: 5, divisions: 1))
    #expect(count.total - 4 == logarithmRoundings)
  }

  @Test(arguments: shapes)
  func equations6to17_oneStep(depth: Int, biases: Bool) throws {
    var fixture = try BankFixture(depth: depth, biases: biases, count: 4, frames: 1, stream: 201)
    fixture.spreadHiddenUnits()
    let lent = try LentFixture(fixture)
    let hidden = depth - 1
    let z = biases ? OperationCount(fused: 1) : OperationCount(multiplications: 1)
    // (6) of the hidden layers.
    let forward = hidden * (z + Self.sigmoid)
    // (14), in which z⁽ᴸ⁺¹⁾ is not rounded by itself, times η.
    let signal = OperationCount(additions: biases ? 1 : 0, multiplications: 1, fused: 1)
    // (16): σ′ times θ⁽ˡ⁾ times δ⁽ˡ⁺¹⁾.
    let backward = hidden * (Self.sigmoidSlope + OperationCount(multiplications: 2))
    // (17).
    let updates = OperationCount(fused: fixture.shape.parameterCount)
    let count = try counted { try lent.run(SP_TRAIN, by: countingKernel) }
    #expect(count == forward + signal + backward + updates)
  }

  /// A step and an examination round as often as `BoundedStep` and the functions whose errors it takes as a
  /// whole, whatever the shape. With a rate of 1 both have the same error signals.
  @Test(arguments: [1, 3], [false, true])
  func boundedStepRoundsAsTheKernelDoes(depth: Int, biases: Bool) throws {
    for shape in try everyShape(depth: depth, biases: biases) {
      var paths = BankFixture(shape, count: 8, frames: 1, stream: 202)
      paths.makeWellConditioned()
      paths.rates = [Float](repeating: 1, count: 8)
      // Those whose rectifiers are not shut: products of zero round nothing, here or there.
      for i in [0, 2, 4, 6] {
        let fixture = paths.restricted(to: [i, i, i, i])
        let lent = try LentFixture(fixture)
        let kernel = try counted {
          try lent.run(SP_EXAMINE, by: countingKernel)
          try lent.run(SP_TRAIN, by: countingKernel)
        }
        let own = fixture.values(fixture.parameters, of: 0)
        let (x, y) = (Double(fixture.inputs[0]), Double(fixture.targets[0]))
        let bounded = counted {
          _ = BoundedStep(shape, own, x: x, y: y, rate: 1)
          shape.computeFunctions(of: shape.reference(own).forward(x), y: y)
        }
        #expect(kernel.total == bounded.total, "\(shape), path \(i)")
      }
    }
  }
}

extension BankFixture {
  /// Of the first path z⁽²⁾ = 0.7, z⁽³⁾ = 1.4, …: no two sigmoids have an operation in common, which would
  /// count once.
  fileprivate mutating func spreadHiddenUnits() {
    var a = inputs[0]
    for l in 1..<shape.depth {
      let z = 0.7 * Float(l)
      let bias = shape.hasBiases ? parameters[(shape.depth + l - 1) * count] : 0
      parameters[(l - 1) * count] = (z - bias) / a
      a = 1 / (1 + exp(-z))
    }
  }
}

// MARK: - The kernel on lanes that count

private enum CountingTarget: InstructionSetTarget {
  typealias Vector = CountingLanes
  typealias Single = CountingLanes
  static var hasConstantDepths: Bool { false }
  static func fitPaths(_: UnsafePointer<sp_call>, _: UnsafeMutableRawPointer) -> Int { 0 }
}

/// An entry for trainings and examinations.
private func countingKernel(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  call.pointee.has_biases == 0
    ? count(Unbiased.self, call, memory) : count(Biased.self, call, memory)
}

private func count<Bias: BiasKind>(
  _ bias: Bias.Type, _ call: UnsafePointer<sp_call>, _ memory: UnsafeMutableRawPointer
) -> Int {
  if Int(call.pointee.operation) == SP_TRAIN {
    return trainBank(CountingTarget.self, bias, call, memory)
  }
  examineBank(CountingTarget.self, bias, call, memory)
  return 0
}

// MARK: - What `BoundedStep` takes as a whole

extension PathShape {
  /// Computes the functions of a step and its cost whose maximum errors are known.
  fileprivate func computeFunctions(of trace: ForwardTrace, y: Double) {
    let isPaired = cost == .crossEntropy && output.sigmoidMethod != nil
    for z in trace.z.dropLast() { hidden.compute(z) }
    guard let z = trace.z.last else { return }
    output.hidden.compute(z, wantsSlope: !isPaired)
    if isPaired {
      _ = Cost.crossEntropy(ofSigmoidAt: CountingLanes(z), CountingLanes(y))
    } else if cost == .crossEntropy {
      let p = Cost.clampedToMargin(CountingLanes(trace.prediction))
      let q = Cost.clampedToMargin(CountingLanes(1 - trace.prediction))
      _ = (Logarithm.value(p), Logarithm.value(q))
    }
  }
}

extension HiddenActivation {
  /// Computes the value at z, and the slope if no operation of `ErrorBounded` stands for it.
  fileprivate func compute(_ z: Double, wantsSlope: Bool = true) {
    let z = CountingLanes(z)
    switch self {
    case .sigmoid(.polynomial): _ = PolynomialSigmoid.value(z)
    case .sigmoid(.table): _ = TableSigmoid.value(z)
    case .tanh: _ = HyperbolicTangent.value(z)
    case .leakyReLU: _ = LeakyReLU.value(z)
    case .softplus:
      let a = Softplus.value(z)
      if wantsSlope { _ = Softplus.slope(at: a) }
    case .relu, .identity: break
    }
  }
}

extension CountingLanes {
  fileprivate init(_ value: Double) { self.init(repeating: Float(value)) }
}
