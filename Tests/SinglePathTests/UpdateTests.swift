import SeededRandom
import SinglePath
import Testing

@Suite("Frozen parameters, bounds and the limit of the gradient", .printsSeed)
struct UpdateTests {
  /// Every single parameter of a path in turn: it stays, and the others move as they would.
  @Test(arguments: someShapesAndKernels)
  func frozenParametersKeepTheirBitsAndTheOthersDoNotNotice(
    shape: PathShape, set: InstructionSet
  ) throws {
    let planes = shape.parameterCount
    var fixture = BankFixture(shape, count: 67, frames: 1)
    let free = try fixture.trained(Kernel(set)).parameters
    func expected(_ isFrozen: (_ p: Int, _ i: Int) -> Bool) -> [UInt32] {
      fixture.parameters.enumerated().map { place, old in
        isFrozen(place / 67, place % 67) ? old.bitPattern : free[place]
      }
    }
    for p in 0..<planes {
      fixture.frozen = [ParameterMask(rawValue: 1 << UInt16(p))]
      #expect(try fixture.trained(Kernel(set)).parameters == expected { other, _ in other == p })
      #expect(expected { other, _ in other == p } != free)
    }
    // Masks of each path, of every size.
    let masks = (0..<67).map { UInt16(truncatingIfNeeded: $0 &* 40_503) }
    fixture.frozen = masks.map(ParameterMask.init(rawValue:))
    #expect(
      try fixture.trained(Kernel(set)).parameters == expected { p, i in masks[i] >> p & 1 == 1 })
    fixture.frozen = [ParameterMask(rawValue: .max)]
    fixture.frames = 4
    fixture.inputs += fixture.inputs + fixture.inputs + fixture.inputs
    fixture.targets += fixture.targets + fixture.targets + fixture.targets
    let untouched = try fixture.trained(Kernel(set))
    #expect(untouched.parameters == fixture.parameters.map(\.bitPattern))
    #expect(untouched.verdicts.allSatisfy { $0 == .untouched })
  }

  @Test func masksNameTheParametersOfTheDerivation() {
    for depth in PathShape.depths {
      for l in 1...depth {
        #expect(ParameterMask.weight(l).rawValue == 1 << (l - 1))
        #expect(ParameterMask.bias(l, depth: depth).rawValue == 1 << (depth + l - 1))
      }
    }
    #expect(([.weight(1), .bias(2, depth: 3)] as ParameterMask).rawValue == 0b1_0001)
  }

  /// What moves ends inside, or where it would; what does not move keeps its bits.
  @Test(arguments: someShapesAndKernels)
  func boundsHoldWhatMoves(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 67, frames: 1)
    let free = try fixture.trained(Kernel(set)).parameters
    let old = fixture.parameters
    func check(_ lower: (Int) -> Float, _ upper: (Int) -> Float) throws {
      let found = try fixture.trained(Kernel(set)).parameters
      var held = 0
      for place in old.indices {
        let new = Float(bitPattern: free[place])
        var expected = old[place] == new ? new : max(new, lower(place))
        if old[place] != new { expected = min(expected, upper(place)) }
        #expect(found[place] == expected.bitPattern)
        if expected != new { held += 1 }
      }
      #expect(held > 0 && held < old.count)
    }
    // Of each path; at half of the places both sides of where the parameter is.
    fixture.lower = old.enumerated().map { $0 % 3 == 0 ? $1 + 0.001 : -9 }
    fixture.upper = old.enumerated().map { $0 % 3 == 1 ? $1 - 0.001 : 9 }
    try check({ fixture.lower?[$0] ?? .nan }, { fixture.upper?[$0] ?? .nan })
    // Shared.
    fixture.lower = (0..<shape.parameterCount).map { Float($0) / 16 - 0.5 }
    fixture.upper = (0..<shape.parameterCount).map { Float($0) / 16 + 0.75 }
    try check({ fixture.lower?[$0 / 67] ?? .nan }, { fixture.upper?[$0 / 67] ?? .nan })
    // Where they cross, the upper one holds.
    let places = old.indices
    fixture.lower = places.map { _ in 2.5 }
    fixture.upper = places.map { _ in 0.25 }
    let crossed = try fixture.trained(Kernel(set)).parameters
    #expect(places.allSatisfy { crossed[$0] == Float(0.25).bitPattern || crossed[$0] == free[$0] })
  }

  /// Bounds that are never reached, or are NaN, and limits that are never reached change no bit.
  @Test(arguments: someShapesAndKernels)
  func boundsAndLimitsThatAreNotReachedChangeNothing(
    shape: PathShape, set: InstructionSet
  ) throws {
    for batch in [1, 3] {
      var fixture = BankFixture(shape, count: 67, frames: 5)
      fixture.batch = batch
      fixture.targets[70] = .nan
      let free = try fixture.trained(Kernel(set))
      for (low, high): (Float, Float) in [(-1e30, 1e30), (-.infinity, .infinity), (.nan, .nan)] {
        for count in [shape.parameterCount, shape.parameterCount * 67] {
          fixture.lower = [Float](repeating: low, count: count)
          fixture.upper = [Float](repeating: high, count: count)
          #expect(try fixture.trained(Kernel(set)) == free)
        }
      }
      (fixture.lower, fixture.upper) = (nil, nil)
      for limit: Float in [1e30, .infinity] {
        fixture.gradientLimit = limit
        #expect(try fixture.trained(Kernel(set)) == free)
      }
    }
  }

  /// A missing sample leaves even what lies beyond a bound.
  @Test(arguments: someShapesAndKernels)
  func aMissingSampleMovesNothingIntoBounds(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 67, frames: 2)
    fixture.targets = fixture.targets.enumerated().map { $0 % 67 % 2 == 0 ? .nan : $1 }
    fixture.lower = [Float](repeating: 5, count: shape.parameterCount)
    fixture.upper = [Float](repeating: 6, count: shape.parameterCount)
    let found = try fixture.trained(Kernel(set))
    for (place, old) in fixture.parameters.enumerated() where place % 67 % 2 == 0 {
      #expect(found.parameters[place] == old.bitPattern)
    }
    #expect(found.parameters.contains { $0 == Float(5).bitPattern })
  }

  /// A step is its own, or η times the limit to the bit, and that where its own is larger.
  @Test(arguments: someShapesAndKernels)
  func theLimitHoldsEachComponent(shape: PathShape, set: InstructionSet) throws {
    var fixture = BankFixture(shape, count: 67, frames: 1)
    let free = try fixture.trained(Kernel(set)).parameters
    let limit: Float = 0.125
    fixture.gradientLimit = limit
    let found = try fixture.trained(Kernel(set)).parameters
    var held = 0
    for (place, old) in fixture.parameters.enumerated() {
      let step = fixture.rates[place % 67] * limit
      let own = Float(bitPattern: free[place])
      let limited = own > old ? old + step : old - step
      let isHeld = found[place] != free[place]
      #expect(!isHeld || found[place] == limited.bitPattern)
      // The step as it can be seen in the parameters is off by their roundings.
      let seen = abs(own - old)
      if seen > step + 4 * old.ulp { #expect(isHeld || own == limited) }
      if seen < step - 4 * old.ulp { #expect(!isHeld) }
      if isHeld { held += 1 }
    }
    #expect(held > 0 && held < found.count)
  }

  /// The limit holds the sum of a batch, not its samples: gradients of 10 and −8 are 2.
  @Test(arguments: kernels)
  func theLimitHoldsTheSumOfABatch(set: InstructionSet) throws {
    var fixture = BankFixture(try PathShape(depth: 1, biases: false), count: 1, frames: 2)
    (fixture.parameters, fixture.inputs, fixture.targets) = ([1], [1, 1], [-9, 9])
    fixture.rates = [0.5]
    fixture.batch = 2
    fixture.gradientLimit = 3
    #expect(try fixture.trained(Kernel(set)).parameters == [Float(0).bitPattern])
    // Gradients of 10, and of 10 and 10, are 3.
    fixture.targets = [-9, -9]
    #expect(try fixture.trained(Kernel(set)).parameters == [Float(-0.5).bitPattern])
    fixture.targets = [-9, .nan]
    #expect(try fixture.trained(Kernel(set)).parameters == [Float(-0.5).bitPattern])
  }
}

@Suite("Options that ask for nothing", .printsSeed)
struct NeutralTests {
  /// They take the general kernel to the derivation's shapes: all its bits must be those of their own.
  @Test(arguments: shapes)
  func theGeneralKernelHasTheBitsOfTheSeeds(depth: Int, biases: Bool) throws {
    for (method, set) in methodsAndKernels {
      for count in [1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 301] {
        var fixture = try BankFixture(
          depth: depth, biases: biases, sigmoid: method, count: count, frames: 3)
        fixture.targets[count] = .nan
        fixture.inputs[count / 2] = .infinity
        let seeds = try (fixture.trained(Kernel(set)), fixture.costs(Kernel(set)))
        let planes = fixture.shape.parameterCount
        fixture.weights = [Float](repeating: 1, count: count * 3)
        fixture.lengths = [UInt32](repeating: 3, count: count)
        fixture.frozen = [ParameterMask](repeating: [], count: count)
        fixture.lower = [Float](repeating: -.infinity, count: count * planes)
        fixture.upper = [Float](repeating: .infinity, count: count * planes)
        fixture.gradientLimit = .infinity
        #expect(
          try fixture.trained(Kernel(set)) == seeds.0, "\(count) paths by \(method) on \(set)")
        #expect(try fixture.costs(Kernel(set)) == seeds.1, "\(count) paths by \(method) on \(set)")
      }
    }
  }
}
