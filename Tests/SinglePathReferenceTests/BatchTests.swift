import SeededRandom
import SinglePathReference
import Testing

@Suite("Batches, weights and what holds parameters back", .printsSeed)
struct BatchTests {
  private let batch = [
    Sample(x: 0.5, y: 0.25), Sample(x: -1, y: 0.75), Sample(x: 2, y: 1, weight: 0.5),
  ]

  /// One random path for each shape.
  private var paths: [(path: ReferencePath, name: Shape)] {
    var generator = SplitMix64()
    return Activation.allCases.flatMap { hidden in
      Shape.heads.flatMap { output, cost in
        [(1, true), (2, false), (3, true), (8, true)].map { depth, hasBiases in
          let shape = Shape(
            hidden: hidden, output: output, cost: cost, depth: depth, hasBiases: hasBiases)
          return (shape.path(using: &generator), shape)
        }
      }
    }
  }

  private func parameters(_ gradients: Gradients) -> [Double] {
    Array(gradients.weights) + Array(gradients.biases ?? Numbered([], from: 1))
  }

  private func parameters(_ path: ReferencePath) -> [Double] {
    Array(path.weights) + Array(path.biases ?? Numbered([], from: 1))
  }

  @Test
  func gradientsAreSummedBeforeTheUpdate() throws {
    let η = 0.25
    for (path, name) in paths {
      let each = batch.map { parameters(path.gradients(x: $0.x, y: $0.y, weight: $0.weight)) }
      let sum = each[0].indices.map { each[0][$0] + each[1][$0] + each[2][$0] }
      #expect(parameters(try #require(path.gradients(of: batch))) == sum, "\(name)")
      var trained = path
      trained.train(batch, by: UpdateRule(rate: η))
      let expected = zip(parameters(path), sum).map { $0 - η * $1 }
      #expect(parameters(trained) == expected, "\(name)")
      #expect(trained != path, "\(name)")
    }
  }

  @Test
  func theCostOfABatchIsTheWeightedSum() {
    for (path, name) in paths {
      let costs = batch.map { path.cost(x: $0.x, y: $0.y) }
      let missing = [Sample(x: .infinity, y: 1, weight: 0), Sample(x: 1, y: .nan)]
      #expect(path.cost(of: batch + missing) == costs[0] + costs[1] + 0.5 * costs[2], "\(name)")
    }
  }

  @Test
  func aDoubleWeightIsTheSampleTwice() {
    var meaningful = 0
    for (path, name) in paths {
      let once = Sample(x: 0.5, y: 0.25, weight: 0.75)
      let twice = Sample(x: 0.5, y: 0.25, weight: 1.5)
      #expect(path.gradients(of: [once, once]) == path.gradients(of: [twice]), "\(name)")
      #expect(path.cost(of: [once, once]) == path.cost(of: [twice]), "\(name)")
      if path.gradients(of: [once]) != path.gradients(of: [twice]) { meaningful += 1 }
    }
    // Only paths with a shut rectifier have no gradient at all.
    #expect(meaningful > paths.count * 5 / 6)
  }

  @Test
  func missingSamplesHaveNoSay() {
    let missing = [Sample(x: .nan, y: 1, weight: 0), Sample(x: .infinity, y: .nan)]
    let rule = UpdateRule(rate: 0.25, bounds: Array(repeating: 5...6, count: 16))
    for (path, name) in paths {
      var (with, without, untouched) = (path, path, path)
      with.train([missing[0]] + batch + [missing[1]], by: UpdateRule(rate: 0.25))
      without.train(batch, by: UpdateRule(rate: 0.25))
      #expect(with == without, "\(name)")
      untouched.train(missing, by: rule)
      #expect(untouched == path, "\(name)")
      #expect(path.gradients(of: missing) == nil)
      #expect(path.meanGradientSizes(of: missing) == nil)
    }
  }

  /// Every subset of the four parameters stays put, to the bit, and the others move as they would.
  @Test(arguments: 0..<16)
  func frozenParametersStay(mask: Int) {
    let frozen = (0..<4).map { mask >> $0 & 1 == 1 }
    let path = ReferencePath(weights: [-0.0, 0.75], biases: [1, -0.5])
    var (free, held) = (path, path)
    free.train(batch, by: UpdateRule(rate: 0.25))
    held.train(
      batch, by: UpdateRule(rate: 0.25, bounds: Array(repeating: -9...9, count: 4), frozen: frozen))
    for p in 0..<4 {
      let (before, moved) = (parameters(path)[p], parameters(free)[p])
      #expect(moved != before)
      #expect(
        parameters(held)[p].bitPattern == (frozen[p] ? before.bitPattern : moved.bitPattern))
    }
  }

  /// ŷ = 2 · 3 + 1 = 7, δ = 7 − 2 = 5, so that the gradients are 15 and 5.
  @Test
  func boundsAndLimitByHand() {
    func trained(_ rule: UpdateRule) -> [Double] {
      var path = ReferencePath(weights: [2.0], biases: [1])
      path.train([Sample(x: 3, y: 2)], by: rule)
      return parameters(path)
    }
    #expect(trained(UpdateRule(rate: 0.5)) == [-5.5, -1.5])
    #expect(trained(UpdateRule(rate: 0.5, gradientLimit: 8)) == [-2, -1.5])
    #expect(trained(UpdateRule(rate: 0.5, gradientLimit: 1)) == [1.5, 0.5])
    #expect(trained(UpdateRule(rate: 0.5, bounds: [-1...9, -9...9])) == [-1, -1.5])
    #expect(trained(UpdateRule(rate: 0.5, bounds: [-9 ... -6, 0...0])) == [-6, 0])
    // Frozen parameters do not even move into their bounds.
    #expect(
      trained(UpdateRule(rate: 0.5, bounds: [5...6, 5...6], frozen: [true, false])) == [2, 5])
    #expect(
      trained(UpdateRule(rate: 0.5, gradientLimit: 8, bounds: [-1...9, -9...9])) == [-1, -1.5])
  }

  /// The limit holds the gradient of the batch, not those of its samples.
  @Test
  func theLimitHoldsTheSum() {
    var path = ReferencePath(weights: [1.0])
    path.train(
      [Sample(x: 1, y: -9), Sample(x: 1, y: 9)], by: UpdateRule(rate: 1, gradientLimit: 3))
    // δ = 10 and −8: the sum is 2, while held apart they would sum to 0.
    #expect(Array(path.weights) == [-1])
    // From below: δ = −10 is held to −3.
    path.train([Sample(x: 1, y: 9)], by: UpdateRule(rate: 1, gradientLimit: 3))
    #expect(Array(path.weights) == [2])
  }

  /// The product of (16) takes the error signal of the output to each layer before it.
  @Test
  func equation16_slopeProducts() {
    for (path, name) in paths {
      let trace = path.forward(0.5)
      let products = path.slopeProducts(trace)
      #expect(products[path.depth + 1] == 1, "\(name)")
      #expect(path.slopeFactors(trace).indices == 2..<path.depth + 1, "\(name)")
      for l in (2..<path.depth + 1).reversed() {
        let factor = path.weights[l] * path.hidden.slope(trace.z[l])
        #expect(path.slopeFactors(trace)[l] == factor, "\(name)")
        #expect(abs(products[l] - products[l + 1] * factor) <= 0x1p-51 * abs(products[l]))
      }
      let δ = path.errorSignals(trace, y: 0.25)
      for l in δ.indices {
        let expected = δ[path.depth + 1] * products[l]
        #expect(abs(δ[l] - expected) <= 0x1p-48 * abs(expected), "\(name), layer \(l)")
      }
    }
  }

  @Test
  func meanGradientSizes() throws {
    for (path, name) in paths {
      let sizes = try #require(path.meanGradientSizes(of: batch + [Sample(x: 1, y: .nan)]))
      for l in 1...path.depth {
        let each = batch.map { path.gradients(x: $0.x, y: $0.y, weight: $0.weight).weights[l] }
        #expect(sizes[l] == (abs(each[0]) + abs(each[1]) + abs(each[2])) / 3, "\(name)")
      }
    }
  }
}
