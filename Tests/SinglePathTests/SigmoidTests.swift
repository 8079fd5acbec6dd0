import Foundation
import SeededRandom
import SinglePath
import SinglePathReference
import Testing

/// A path of depth 2 with both weights 1 predicts σ(x) itself.
private func sigmoids(_ x: [Float], _ method: SigmoidMethod, _ set: InstructionSet) throws
  -> [Float]
{
  try predictions(
    x, byPathsOfOnes: PathShape(depth: 2, biases: false, hidden: .sigmoid(method)), set)
}

@Suite("The kernel's sigmoid", .printsSeed)
struct SigmoidTests {
  /// Every 61st bit pattern, or every one with SINGLE_PATH_FLOAT_STEP=1, which takes minutes in a
  /// release build.
  static let step =
    UInt64(ProcessInfo.processInfo.environment["SINGLE_PATH_FLOAT_STEP"] ?? "") ?? 61

  @Test(arguments: SigmoidMethod.allCases)
  func equation1_errorIsWithinItsBoundAndTheBoundIsTight(method: SigmoidMethod) throws {
    var worst = (error: 0.0, input: Float(0))
    var pattern: UInt64 = 0
    while pattern < 1 << 32 {
      var x: [Float] = []
      x.reserveCapacity(1 << 16)
      while x.count < 1 << 16, pattern < 1 << 32 {
        x.append(Float(bitPattern: UInt32(pattern)))
        pattern += Self.step
      }
      let σ = try sigmoids(x, method, kernels[0])
      for set in kernels.dropFirst() {
        let other = try sigmoids(x, method, set)
        #expect(memcmp(σ, other, 4 * σ.count) == 0, "\(set) differs from \(kernels[0])")
      }
      for (x, σ) in zip(x, σ) where !x.isNaN {
        // Beyond ±40 the true value is within 10⁻¹⁷ of its limit and needs no exponential.
        let truth = x > 40 ? 1 : x < -40 ? 0 : sigmoid(Double(x))
        let error = abs(Double(σ) - truth)
        if error > worst.error { worst = (error, x) }
      }
    }
    print("σ by \(method): |error| ≤ \(worst.error) at \(worst.input)")
    #expect(worst.error <= method.maximumError)
    #expect(worst.error >= 0.8 * method.maximumError)
  }

  @Test(arguments: methodsAndKernels)
  func valuesThatMustBeExact(method: SigmoidMethod, set: InstructionSet) throws {
    let x: [Float] = [0, -0.0, .leastNonzeroMagnitude, 17.5, 1e30, .infinity, -.infinity, -1e30]
    let σ = try sigmoids(x, method, set)
    #expect(σ[0...2].allSatisfy { $0 == 0.5 })
    let (high, low): (Float, Float) = method == .polynomial ? (1, 0x1p-31) : (1, 0x1p-20)
    #expect(σ[3...5].allSatisfy { $0 <= high && $0 > 1 - 0x1p-20 })
    #expect(σ[6...7].allSatisfy { $0 > 0 && $0 < low })
    #expect(
      try sigmoids([.nan, -.nan, .signalingNaN], method, set).map(\.bitPattern) == [
        0x7FC0_0000, 0x7FC0_0000, 0x7FC0_0000,
      ])
  }

  /// The largest drop between neighbours: one unit in the last place of values below 1, or, for the
  /// table, what its edges have.
  @Test(arguments: methodsAndKernels)
  func neighboursFallByNoMoreThanStated(method: SigmoidMethod, set: InstructionSet) throws {
    var generator = SplitMix64(stream: 1)
    // Edges of the table's segments: x² + 12 is a multiple of an eighth of its octave.
    var edges: [Float] = []
    for octave in [8, 16, 32, 64, 128] {
      for eighth in 0..<8 {
        let t = octave + octave * eighth / 8
        if (12...191).contains(t) { edges.append(Float(t - 12).squareRoot()) }
      }
    }
    let largest: Float = method == .polynomial ? 0x1p-24 : 6.5e-7
    for start in edges.map({ $0.nextDown.nextDown }) + (0..<40).map({ _ in generator.float(24) }) {
      var x = [start]
      for _ in 0..<2000 { x.append(x[x.count - 1].nextUp) }
      let σ = try sigmoids(x, method, set)
      for (low, high) in zip(σ, σ.dropFirst()) {
        #expect(high >= low - largest)
        #expect((0...1).contains(low) && low * (1 - low) >= 0)
      }
    }
  }
}
