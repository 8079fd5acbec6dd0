import Foundation
import SinglePath
import SinglePathKernel
import SinglePathReference
import Testing

/// A path of depth 2 with both weights 1 predicts σ(x) itself.
private func sigmoids(_ x: [Float], _ set: InstructionSet) throws -> [Float] {
  let shape = try PathShape(depth: 2, biases: false)
  var outputs = [Float](repeating: 0, count: x.count)
  try withMemory([Float](repeating: 1, count: 2 * x.count), x) { memory in
    try Kernel(set).predict(
      Parameters(memory[0], shape: shape, count: x.count, stride: x.count),
      inputs: Frames(memory[1], frames: 1, stride: x.count), into: &outputs, stride: x.count)
  }
  return outputs
}

@Suite("The kernel's sigmoid")
struct SigmoidTests {
  /// Every 61st bit pattern; every one with SINGLE_PATH_ALL_FLOATS set, which takes minutes in a
  /// release build.
  static let step: UInt64 =
    ProcessInfo.processInfo.environment["SINGLE_PATH_ALL_FLOATS"] == nil ? 61 : 1

  @Test(arguments: kernels)
  func equation1_errorIsWithinItsBoundAndTheBoundIsTight(set: InstructionSet) throws {
    var worst = (error: 0.0, input: Float(0))
    var pattern: UInt64 = 0
    while pattern < 1 << 32 {
      var x: [Float] = []
      x.reserveCapacity(1 << 16)
      while x.count < 1 << 16, pattern < 1 << 32 {
        x.append(Float(bitPattern: UInt32(pattern)))
        pattern += Self.step
      }
      // Beyond ±40 the true value is within 10⁻¹⁷ of its limit and needs no exponential.
      let σ = try sigmoids(x, set)
      for (x, σ) in zip(x, σ) where !x.isNaN {
        let truth = x > 40 ? 1 : x < -40 ? 0 : sigmoid(Double(x))
        let error = abs(Double(σ) - truth)
        if error > worst.error { worst = (error, x) }
      }
    }
    print("σ on \(set): |error| ≤ \(worst.error) at \(worst.input)")
    #expect(worst.error <= Sigmoid.maximumError)
    #expect(worst.error >= 0.8 * Sigmoid.maximumError)
  }

  @Test(arguments: kernels)
  func valuesThatMustBeExact(set: InstructionSet) throws {
    let x: [Float] = [0, -0.0, .leastNonzeroMagnitude, 17.5, 1e30, .infinity, -.infinity, -1e30]
    let σ = try sigmoids(x, set)
    #expect(σ[0...2].allSatisfy { $0 == 0.5 })
    #expect(σ[3...5].allSatisfy { $0 == 1 })
    #expect(σ[6...7].allSatisfy { $0 > 0 && $0 < 0x1p-31 })
    #expect(
      try sigmoids([.nan, -.nan, .signalingNaN], set).map(\.bitPattern) == [
        0x7FC0_0000, 0x7FC0_0000, 0x7FC0_0000,
      ])
  }

  @Test(arguments: kernels)
  func neighboursNeverFallByMoreThanOneUnit(set: InstructionSet) throws {
    var generator = Generator(1)
    for _ in 0..<40 {
      let first = generator.float(24)
      var x = [first]
      for _ in 0..<2000 { x.append(x[x.count - 1].nextUp) }
      let σ = try sigmoids(x, set)
      for (low, high) in zip(σ, σ.dropFirst()) {
        #expect(high >= low.nextDown)
        #expect((0...1).contains(low) && low * (1 - low) >= 0)
      }
    }
  }
}
