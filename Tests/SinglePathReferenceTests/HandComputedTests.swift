import SinglePathReference
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One step with pencil and paper. The weighted inputs are logarithms, so that every sigmoid is a
/// fraction: σ(ln 3) = 3/4 with σ′ = 3/16, and σ(ln 2) = 2/3 with σ′ = 2/9.
@Suite("One step by hand")
struct HandComputedTests {
  /// L = 3 without biases, x = 1, y = 1/2, η = 1/2:
  ///
  ///     θ⁽¹⁾ = ln 3         z⁽²⁾ = ln 3            a⁽²⁾ = 3/4
  ///     θ⁽²⁾ = 4/3 ln 3     z⁽³⁾ = ln 3            a⁽³⁾ = 3/4
  ///     θ⁽³⁾ = 2            z⁽⁴⁾ = ŷ = 3/2         J = ½ (3/2 − 1/2)² = 1/2
  ///     δ⁽⁴⁾ = 3/2 − 1/2                = 1
  ///     δ⁽³⁾ = 1 · 2 · 3/16             = 3/8
  ///     δ⁽²⁾ = 3/8 · 4/3 ln 3 · 3/16    = 3/32 ln 3
  @Test
  func seedsNetwork() throws {
    let ln3 = log(3.0)
    let path = ReferencePath(weights: [ln3, 4 / 3 * ln3, 2])
    let step = try #require(path.step(x: 1, y: 0.5, rate: 0.5))

    expect(step.trace.z, [ln3, ln3, 1.5], from: 2, "equation (6)")
    expect(step.trace.a, [1, 0.75, 0.75, 1.5], from: 1, "equation (6)")
    expect(step.cost, 0.5, "equation (7)")
    expect(step.errorSignals, [3 / 32 * ln3, 3 / 8, 1], from: 2, "equations (14), (15), (16)")
    expect(
      step.gradients.weights, [3 / 32 * ln3, 9 / 32, 3 / 4], from: 1, "equations (9), (10), (11)")
    expect(step.weightUpdates, [-3 / 64 * ln3, -9 / 64, -3 / 8], from: 1, "equation (17)")
    expect(
      step.updated.weights, [61 / 64 * ln3, 4 / 3 * ln3 - 9 / 64, 13 / 8], from: 1, "new weights")
    #expect(step.gradients.biases == nil)
    #expect(step.biasUpdates == nil)
    #expect(step.updated.biases == nil)
  }

  /// L = 2 with biases, x = 2, y = 1, η = 1/4:
  ///
  ///     θ⁽¹⁾ = ln 2   b⁽¹⁾ = −ln 2    z⁽²⁾ = 2 ln 2 − ln 2 = ln 2    a⁽²⁾ = 2/3
  ///     θ⁽²⁾ = 3      b⁽²⁾ = −1/2     z⁽³⁾ = ŷ = 3/2                 J = ½ (3/2 − 1)² = 1/8
  ///     δ⁽³⁾ = 3/2 − 1         = 1/2
  ///     δ⁽²⁾ = 1/2 · 3 · 2/9   = 1/3
  @Test
  func biasedPath() throws {
    let ln2 = log(2.0)
    let path = ReferencePath(weights: [ln2, 3], biases: [-ln2, -0.5])
    let step = try #require(path.step(x: 2, y: 1, rate: 0.25))

    expect(step.trace.z, [ln2, 1.5], from: 2, "equation (6) with biases")
    expect(step.trace.a, [2, 2 / 3, 1.5], from: 1, "equation (6) with biases")
    expect(step.cost, 0.125, "equation (7)")
    expect(step.errorSignals, [1 / 3, 1 / 2], from: 2, "equations (14), (16)")
    expect(step.gradients.weights, [2 / 3, 1 / 3], from: 1, "gradients of the weights")
    expect(step.gradients.biases, [1 / 3, 1 / 2], from: 1, "gradients of the biases")
    expect(step.weightUpdates, [-1 / 6, -1 / 12], from: 1, "equation (17)")
    expect(step.biasUpdates, [-1 / 12, -1 / 8], from: 1, "equation (17) for biases")
    expect(step.updated.weights, [ln2 - 1 / 6, 35 / 12], from: 1, "new weights")
    expect(step.updated.biases, [-ln2 - 1 / 12, -5 / 8], from: 1, "new biases")
  }

  /// The numbers here are of size 1 and come out of fewer than 16 roundings of 2⁻⁵³.
  private let tolerance = 0x1p-49

  private func expect(
    _ actual: Numbered?, _ expected: [Double], from first: Int, _ what: Comment,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(actual?.startIndex == first, what, sourceLocation: location)
    #expect(actual?.count == expected.count, what, sourceLocation: location)
    for (a, b) in zip(actual ?? Numbered([], from: first), expected) {
      expect(a, b, what, location)
    }
  }

  private func expect(
    _ actual: Double, _ expected: Double, _ what: Comment,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(actual - expected) <= tolerance, what, sourceLocation: location)
  }
}
