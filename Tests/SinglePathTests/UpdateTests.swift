import SinglePath
import Testing

@Suite("Frozen parameters, bounds and the limit of the gradient")
struct UpdateTests {
  /// Every single parameter of a path in turn: it stays, and the others move as they would.
  @Test(arguments: someShapesAndKernels)
  func frozenParametersKeepTheirBitsAndTheOthersDoNotNotice(
    shape: PathShape, set: InstructionSet
  ) throws {
    let planes = shape.parameterCount
    var job = Job(shape, count: 67, frames: 1)
    let free = try job.trained(Kernel(set)).parameters
    func expected(_ isFrozen: (_ p: Int, _ i: Int) -> Bool) -> [UInt32] {
      job.parameters.enumerated().map { place, old in
        isFrozen(place / 67, place % 67) ? old.bitPattern : free[place]
      }
    }
    for p in 0..<planes {
      job.frozen = [ParameterMask(rawValue: 1 << UInt16(p))]
      #expect(try job.trained(Kernel(set)).parameters == expected { other, _ in other == p })
      #expect(expected { other, _ in other == p } != free)
    }
    // Masks of each path, of every size.
    let masks = (0..<67).map { UInt16(truncatingIfNeeded: $0 &* 40_503) }
    job.frozen = masks.map(ParameterMask.init(rawValue:))
    #expect(
      try job.trained(Kernel(set)).parameters == expected { p, i in masks[i] >> p & 1 == 1 })
    job.frozen = [ParameterMask(rawValue: .max)]
    job.frames = 4
    job.inputs += job.inputs + job.inputs + job.inputs
    job.targets += job.targets + job.targets + job.targets
    let untouched = try job.trained(Kernel(set))
    #expect(untouched.parameters == job.parameters.map(\.bitPattern))
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
    var job = Job(shape, count: 67, frames: 1)
    let free = try job.trained(Kernel(set)).parameters
    let old = job.parameters
    func check(_ lower: (Int) -> Float, _ upper: (Int) -> Float) throws {
      let found = try job.trained(Kernel(set)).parameters
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
    job.lower = old.enumerated().map { $0 % 3 == 0 ? $1 + 0.001 : -9 }
    job.upper = old.enumerated().map { $0 % 3 == 1 ? $1 - 0.001 : 9 }
    try check({ job.lower?[$0] ?? .nan }, { job.upper?[$0] ?? .nan })
    // Shared.
    job.lower = (0..<shape.parameterCount).map { Float($0) / 16 - 0.5 }
    job.upper = (0..<shape.parameterCount).map { Float($0) / 16 + 0.75 }
    try check({ job.lower?[$0 / 67] ?? .nan }, { job.upper?[$0 / 67] ?? .nan })
    // Where they cross, the upper one holds.
    let places = old.indices
    job.lower = places.map { _ in 2.5 }
    job.upper = places.map { _ in 0.25 }
    let crossed = try job.trained(Kernel(set)).parameters
    #expect(places.allSatisfy { crossed[$0] == Float(0.25).bitPattern || crossed[$0] == free[$0] })
  }

  /// Bounds that are never reached, or are NaN, and limits that are never reached change no bit.
  @Test(arguments: someShapesAndKernels)
  func boundsAndLimitsThatAreNotReachedChangeNothing(
    shape: PathShape, set: InstructionSet
  ) throws {
    for batch in [1, 3] {
      var job = Job(shape, count: 67, frames: 5)
      job.batch = batch
      job.targets[70] = .nan
      let free = try job.trained(Kernel(set))
      for (low, high): (Float, Float) in [(-1e30, 1e30), (-.infinity, .infinity), (.nan, .nan)] {
        for count in [shape.parameterCount, shape.parameterCount * 67] {
          job.lower = [Float](repeating: low, count: count)
          job.upper = [Float](repeating: high, count: count)
          #expect(try job.trained(Kernel(set)) == free)
        }
      }
      (job.lower, job.upper) = (nil, nil)
      for limit: Float in [1e30, .infinity] {
        job.gradientLimit = limit
        #expect(try job.trained(Kernel(set)) == free)
      }
    }
  }

  /// A missing sample leaves even what lies beyond a bound.
  @Test(arguments: someShapesAndKernels)
  func aMissingSampleMovesNothingIntoBounds(shape: PathShape, set: InstructionSet) throws {
    var job = Job(shape, count: 67, frames: 2)
    job.targets = job.targets.enumerated().map { $0 % 67 % 2 == 0 ? .nan : $1 }
    job.lower = [Float](repeating: 5, count: shape.parameterCount)
    job.upper = [Float](repeating: 6, count: shape.parameterCount)
    let found = try job.trained(Kernel(set))
    for (place, old) in job.parameters.enumerated() where place % 67 % 2 == 0 {
      #expect(found.parameters[place] == old.bitPattern)
    }
    #expect(found.parameters.contains { $0 == Float(5).bitPattern })
  }

  /// A step is its own, or η times the limit to the bit, and that where its own is larger.
  @Test(arguments: someShapesAndKernels)
  func theLimitHoldsEachComponent(shape: PathShape, set: InstructionSet) throws {
    var job = Job(shape, count: 67, frames: 1)
    let free = try job.trained(Kernel(set)).parameters
    let limit: Float = 0.125
    job.gradientLimit = limit
    let found = try job.trained(Kernel(set)).parameters
    var held = 0
    for (place, old) in job.parameters.enumerated() {
      let step = job.rates[place % 67] * limit
      let own = Float(bitPattern: free[place])
      let limited = own > old ? old + step : old - step
      let isHeld = found[place] != free[place]
      #expect(!isHeld || found[place] == limited.bitPattern, "seed \(Generator.seed)")
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
    var job = Job(try PathShape(depth: 1, biases: false), count: 1, frames: 2)
    (job.parameters, job.inputs, job.targets) = ([1], [1, 1], [-9, 9])
    job.rates = [0.5]
    job.batch = 2
    job.gradientLimit = 3
    #expect(try job.trained(Kernel(set)).parameters == [Float(0).bitPattern])
    // Gradients of 10, and of 10 and 10, are 3.
    job.targets = [-9, -9]
    #expect(try job.trained(Kernel(set)).parameters == [Float(-0.5).bitPattern])
    job.targets = [-9, .nan]
    #expect(try job.trained(Kernel(set)).parameters == [Float(-0.5).bitPattern])
  }
}

@Suite("Options that ask for nothing")
struct NeutralTests {
  /// They take the general kernel to the derivation's shapes: all its bits must be those of their own.
  @Test(arguments: shapes)
  func theGeneralKernelHasTheBitsOfTheSeeds(depth: Int, biases: Bool) throws {
    for (form, set) in formsAndKernels {
      for count in [1, 3, 4, 5, 15, 16, 17, 31, 32, 33, 301] {
        var job = try Job(depth: depth, biases: biases, sigmoid: form, count: count, frames: 3)
        job.targets[count] = .nan
        job.inputs[count / 2] = .infinity
        let seeds = try (job.trained(Kernel(set)), job.costs(Kernel(set)))
        let planes = job.shape.parameterCount
        job.weights = [Float](repeating: 1, count: count * 3)
        job.lengths = [UInt32](repeating: 3, count: count)
        job.frozen = [ParameterMask](repeating: [], count: count)
        job.lower = [Float](repeating: -.infinity, count: count * planes)
        job.upper = [Float](repeating: .infinity, count: count * planes)
        job.gradientLimit = .infinity
        #expect(try job.trained(Kernel(set)) == seeds.0, "\(count) paths by \(form) on \(set)")
        #expect(try job.costs(Kernel(set)) == seeds.1, "\(count) paths by \(form) on \(set)")
      }
    }
  }
}
