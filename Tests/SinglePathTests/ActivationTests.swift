import Foundation
import SeededRandom
import SinglePath
import SinglePathReference
import Testing

/// A path of depth 2 with both weights 1 predicts f(x), and its examination finds f′(x).
private func fixture(_ f: HiddenActivation, _ x: [Float]) throws -> BankFixture {
  try ones(PathShape(depth: 2, biases: false, hidden: f), x)
}

/// A path of depth 1 with a weight of 1 predicts g(x).
private func fixture(
  _ g: OutputActivation, _ x: [Float], cost: CostFunction = .squaredError
) throws -> BankFixture {
  try ones(PathShape(depth: 1, biases: false, output: g, cost: cost), x)
}

private func ones(_ shape: PathShape, _ x: [Float]) -> BankFixture {
  var fixture = BankFixture(shape, count: x.count, frames: 1)
  fixture.parameters = [Float](repeating: 1, count: x.count * shape.parameterCount)
  fixture.inputs = x
  return fixture
}

/// f(x), without the time that a fixture takes to draw its samples.
private func values(_ f: HiddenActivation, _ x: [Float], _ set: InstructionSet) throws -> [Float] {
  try predictions(x, byPathsOfOnes: PathShape(depth: 2, biases: false, hidden: f), set)
}

/// The largest error of a walk, and where it is.
private struct Worst {
  private(set) var error = 0.0
  private(set) var input: Float = 0

  mutating func see(_ other: Double, at x: Float) {
    if other > error { (error, input) = (other, x) }
  }
}

@Suite("Activations of the kernel", .printsSeed)
struct ActivationTests {
  /// Those beside the sigmoid, which has its own walk over every 61st float.
  static let functions: [HiddenActivation] = [.tanh, .relu, .leakyReLU, .softplus, .identity]

  /// Every `SigmoidTests.step`th float where functions bend, 2⁻⁷ to 2⁴ in size, and 61 times fewer of
  /// those below and above, in chunks, with the functions to look at: those that do not bend need few.
  private func walk(_ body: ([Float], [HiddenActivation]) throws -> Void) rethrows {
    let (low, high) = (Float(0x1p-7).bitPattern, Float(0x1p4).bitPattern)
    let step = Int(SigmoidTests.step)
    for sign: UInt32 in [0, 1 << 31] {
      for (range, step) in [
        (0..<low, step * 61), (low..<high, step), (high..<Float.infinity.bitPattern, step * 61),
      ] {
        for start in stride(from: Int(range.lowerBound), to: Int(range.upperBound), by: step << 16)
        {
          let end = min(start + step << 16, Int(range.upperBound))
          try body(
            stride(from: start, to: end, by: step).map { Float(bitPattern: UInt32($0) | sign) },
            range == low..<high ? [.tanh, .softplus] : Self.functions)
        }
      }
    }
  }

  @Test func errorsAreWithinTheirBoundsAndTheBoundsAreTight() throws {
    var worst: [HiddenActivation: Worst] = [:]
    var beyond = 0
    try walk { x, functions in
      for f in functions {
        let found = try values(f, x, kernels[0])
        for set in kernels.dropFirst() {
          let other = try values(f, x, set)
          #expect(memcmp(found, other, 4 * x.count) == 0, "\(f) on \(set)")
        }
        var most = worst[f] ?? Worst()
        let truth = f.reference
        for (x, found) in zip(x, found) {
          let value = truth.value(Double(x))
          most.see(abs(Double(found) - value) / max(1, abs(value)), at: x)
          if f == .tanh, abs(found) > 1 { beyond += 1 }
        }
        worst[f] = most
      }
    }
    #expect(beyond == 0, "tanh beyond ±1")
    for f in Self.functions {
      let most = try #require(worst[f])
      print("\(f): |error| / max(1, |f|) ≤ \(most.error) at \(most.input)")
      #expect(most.error <= f.maximumError, "\(f) at \(most.input)")
      #expect(most.error >= 0.9 * f.maximumError, "\(f)")
    }
  }

  /// f at ±∞, ±0 and ±2⁻¹⁴⁹; softplus ends at 2⁻³² as the kernel has it.
  static let ends: [(HiddenActivation, [Float])] = [
    (.tanh, [-1, 1, -0.0, 0, -0x1p-149, 0x1p-149]),
    (.relu, [0, .infinity, 0, 0, 0, 0x1p-149]),
    (.leakyReLU, [-.infinity, .infinity, -0.0, 0, -0.0, 0x1p-149]),
    (.softplus, [2.328311e-10, .infinity, 0x1.62e43p-1, 0x1.62e43p-1, 0x1.62e43p-1, 0x1.62e43p-1]),
    (.identity, [-.infinity, .infinity, -0.0, 0, -0x1p-149, 0x1p-149]),
  ]

  @Test(arguments: kernels)
  func valuesThatMustBeExact(set: InstructionSet) throws {
    let x: [Float] = [-.infinity, .infinity, -0.0, 0, -0x1p-149, 0x1p-149]
    for (f, expected) in Self.ends {
      let bits = try fixture(f, x).predicted(Kernel(set))
      #expect(bits.map(Float.init(bitPattern:)) == expected, "\(f) on \(set)")
      let nan = try fixture(f, [.nan, -.nan, .signalingNaN]).predicted(Kernel(set))
      #expect(nan == [0x7FC0_0000, 0x7FC0_0000, 0x7FC0_0000], "\(f) on \(set)")
    }
  }

  @Test func tanhStaysWithinOneAndIsOdd() throws {
    var generator = SplitMix64(stream: 2)
    let x = (0..<20_000).map { _ in abs(generator.float(24)) } + [1e30, 22.2, 11.1, 9.01]
    let above = try fixture(.tanh, x).predicted().map(Float.init(bitPattern:))
    let below = try fixture(.tanh, x.map(-)).predicted().map(Float.init(bitPattern:))
    #expect(above.allSatisfy { (0...1).contains($0) })
    let bound = 2 * HiddenActivation.tanh.maximumError
    #expect(zip(above, below).allSatisfy { Double(abs($0 + $1)) <= bound })
  }

  @Test(arguments: kernels)
  func outputsAreTheHiddenFunctionsAndSoftmaxIsTheSigmoid(set: InstructionSet) throws {
    var generator = SplitMix64(stream: 3)
    let x = generator.floats(3_000, 30) + [.infinity, -.infinity, .nan, 0, -0.0]
    for g in OutputActivation.allCases {
      let expected = try fixture(g.hidden, x).predicted(Kernel(set))
      #expect(try fixture(g, x).predicted(Kernel(set)) == expected, "\(g)")
    }
    let soft = try fixture(.softmax, x, cost: .crossEntropy)
    let sigmoid = try fixture(.sigmoid, x, cost: .crossEntropy)
    #expect(try soft.predicted(Kernel(set)) == sigmoid.predicted(Kernel(set)))
    #expect(try soft.costs(Kernel(set)) == sigmoid.costs(Kernel(set)))
    #expect(try soft.trained(Kernel(set)) == sigmoid.trained(Kernel(set)))
  }

  /// The largest |f′ from the activation − f′ true|.
  static let slopeErrors: [(HiddenActivation, Double)] = [
    (.sigmoid, 9e-8), (.tanh, 3e-7), (.relu, 0), (.leakyReLU, 0), (.softplus, 1.3e-7),
    (.identity, 0),
  ]

  @Test(arguments: slopeErrors)
  func equation5_slopesFromTheActivation(f: HiddenActivation, bound: Double) throws {
    let x = (-20_000...20_000).map { Float($0) * 0x1p-10 }
    let fixture = try fixture(f, x)
    let found = try fixture.examined()[(Examination.bestSmallestSlope.rawValue * x.count)...]
    let a = try fixture.predicted()
    let (truth, itself) = (f.reference, f == .softplus)
    var (worst, worstItself) = (Worst(), Worst())
    for (i, bits) in zip(x.indices, found) {
      let slope = Double(Float(bitPattern: bits))
      worst.see(abs(slope - truth.slope(Double(x[i]))), at: x[i])
      if itself {
        let exact = -expm1(-Double(Float(bitPattern: a[i])))
        worstItself.see(abs(slope - exact), at: x[i])
      }
    }
    print("\(f)′: |error| ≤ \(worst.error) at \(worst.input)")
    #expect(worst.error <= bound)
    #expect(worst.error >= 0.8 * bound)
    if itself {
      print("1 − e⁻ᵃ: |error| ≤ \(worstItself.error) at \(worstItself.input)")
      #expect(worstItself.error <= softplusSlopeError)
      #expect(worstItself.error >= 0.8 * softplusSlopeError)
    }
  }
}
