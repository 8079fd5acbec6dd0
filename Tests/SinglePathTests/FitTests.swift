import SeededRandom
import SinglePath
import SinglePathReference
import Testing

@Suite("A fit finds the least squares curve", .printsSeed)
struct FitTests {
  @Test(arguments: kernels)
  func itMeetsTheReferencesOptimum(set: InstructionSet) throws {
    let curves = FitFixture(count: 400, stream: 71)
    let result = try curves.fitted(Kernel(set))
    var near = 0
    for i in 0..<curves.count {
      let samples = curves.samples(i)
      let best = curves.reference(result, i).finished(on: samples)
      let cost = curves.reference(result, i).meanCostTimesCount(samples)
      if cost <= best.cost * (1 + 1e-6) { near += 1 }
      #expect(cost <= best.cost * (1 + 1e-4), "path \(i)")
      #expect(abs(Double(result.row(FitRow.cost, i)) / cost - 1) <= 1e-3, "path \(i)")
    }
    #expect(near >= 398)
    #expect(result.verdicts.count { $0 == .converged } >= 398)
  }

  /// Noises of 0.1 to 3 % of the height. Of what the samples determine well, one curve in a thousand may be
  /// further from the optimum, or have errors that are further from its own.
  @Test(arguments: [0.001, 0.01, 0.03] as [Float])
  func itsParametersAndErrorsAreThoseOfTheOptimum(noise: Float) throws {
    let curves = FitFixture(count: 2000, noise: noise, stream: 72)
    let result = try curves.fitted(Kernel())
    var (determined, near, close) = (0, 0, 0)
    for i in 0..<curves.count {
      let found = curves.reference(result, i)
      let best = found.finished(on: curves.samples(i))
      let errors = best.standardErrors
      guard zip(best.path.weights, errors).allSatisfy({ $1 <= 0.3 * abs($0) }) else { continue }
      determined += 1
      let moves = zip(zip(found.parameters, best.path.parameters), errors)
      if moves.allSatisfy({ abs($0.0 - $0.1) <= 1e-3 * $1 }) { near += 1 }
      let ratios = errors.enumerated().map { p, error in
        Double(result.row(FitRow.count + p, i)) / error
      }
      if ratios.allSatisfy({ abs($0 - 1) <= 0.01 }) { close += 1 }
    }
    #expect(determined >= 1960)
    #expect(near >= determined - determined / 1000)
    #expect(close >= determined - determined / 1000)
  }

  /// Where the optimum is a step between two of the eight inputs, too, or another limit of parameters that
  /// grow together.
  @Test
  func itMeetsOptimaAtInfinity() throws {
    let curves = FitFixture(count: 4000, frames: 8, stream: 78)
    let result = try curves.fitted(Kernel())
    let excesses = (0..<curves.count).map { i in
      let (path, samples) = (curves.reference(result, i), curves.samples(i))
      return path.meanCostTimesCount(samples) / path.bestFit(to: samples).cost - 1
    }
    let near = excesses.count { $0 <= 1e-6 }
    #expect(near >= 3970, "\(near)")
    #expect(excesses.count { $0 <= 1e-2 } >= 3996)
  }

  @Test(arguments: [1, 3, 4, 7, 8, 9, 15, 16, 17, 67])
  func itsBitsDependOnThePathAlone(count: Int) throws {
    let curves = FitFixture(count: count, stream: UInt64(count))
    let result = try curves.fitted(Kernel())
    for set in kernels { #expect(try curves.fitted(Kernel(set)) == result, "\(set)") }
    #expect(try curves.fitted(Kernel(), threads: 2) == result)
    let last = count - 1
    var alone = FitFixture(count: 1, stream: 0)
    alone.inputs = (0..<25).map { curves.inputs[$0 * count + last] }
    alone.targets = (0..<25).map { curves.targets[$0 * count + last] }
    #expect(try alone.fitted(Kernel()).path(0) == result.path(last))
  }

  @Test
  func noPathsAreFittedWithoutMemory() throws {
    let none = FitFixture(count: 0)
    #expect(try none.fitted(Kernel()).verdicts.isEmpty)
  }

  @Test
  func oneBadCurveAmongAHundredThousandChangesNoOther() throws {
    let healthy = FitFixture(count: 100_003, frames: 8, stream: 73)
    let expected = try healthy.fitted(Kernel())
    var sick = healthy
    sick.targets[5 * sick.count + 51_234] = .infinity
    sick.inputs[2 * sick.count + 7] = .nan
    let result = try sick.fitted(Kernel())
    #expect(result.verdicts[51_234] == .nonFiniteInput)
    #expect(result.verdicts[7] == .nonFiniteInput)
    let others = (0..<sick.count).filter { $0 != 51_234 && $0 != 7 }
    #expect(others.allSatisfy { result.path($0) == expected.path($0) })
  }

  @Test(arguments: kernels)
  func manyFramesAreFittedAsFewAre(set: InstructionSet) throws {
    // More than a workspace holds: samples are read again for every pass.
    let curves = FitFixture(count: 17, frames: 1500, stream: 74)
    let result = try curves.fitted(Kernel(set))
    #expect(result == (try curves.fitted(Kernel())))
    for i in 0..<curves.count {
      let samples = curves.samples(i)
      let best = curves.reference(result, i).finished(on: samples)
      #expect(curves.reference(result, i).meanCostTimesCount(samples) <= best.cost * (1 + 1e-5))
    }
  }

  @Test
  func missingSamplesDoNotCountWhateverTheirX() throws {
    let curves = FitFixture(count: 19, stream: 75)
    var byNaN = curves
    var byWeight = curves
    byWeight.weights = [Float](repeating: 1, count: 25 * 19)
    for i in stride(from: 3, to: 25 * 19, by: 5) {
      byNaN.targets[i] = .nan
      byNaN.inputs[i] = .infinity
      byWeight.weights?[i] = 0
      byWeight.targets[i] = .infinity
    }
    let result = try byNaN.fitted(Kernel())
    #expect(result.parameters == (try byWeight.fitted(Kernel()).parameters))
    var byLength = curves
    byLength.lengths = [UInt32](repeating: 20, count: 19)
    var cut = curves
    for i in 20 * 19..<25 * 19 { cut.targets[i] = .nan }
    #expect(try byLength.fitted(Kernel()) == cut.fitted(Kernel()))
  }

  @Test
  func unitsAndOffsetsOfTheDataChangeItByRoundingOnly() throws {
    let curves = FitFixture(count: 64, noise: 0.01, stream: 76)
    let plain = try curves.fitted(Kernel())
    var other = curves
    other.inputs = curves.inputs.map { 1000 + 128 * $0 }
    other.targets = curves.targets.map { -20 + 64 * $0 }
    let result = try other.fitted(Kernel())
    for i in 0..<64 {
      let (p, q) = (curves.reference(plain, i), other.reference(result, i))
      let slope = abs(q.weights[1] * 128 / p.weights[1])
      #expect(abs(slope - 1) < 1e-3, "path \(i)")
      #expect(abs(abs(q.weights[2] / 64 / p.weights[2]) - 1) < 1e-3, "path \(i)")
      #expect(result.verdicts[i] == plain.verdicts[i])
    }
  }

  @Test
  func aGivenStartAtTheOptimumStaysThere() throws {
    var curves = FitFixture(count: 33, stream: 77)
    let drawn = try curves.fitted(Kernel())
    curves.parameters = drawn.parameters.map(Float.init(bitPattern:))
    let given = try curves.fitted(Kernel(), start: .given)
    for i in 0..<33 {
      #expect(given.verdicts[i] == .converged)
      #expect(given.row(FitRow.cost, i) <= drawn.row(FitRow.cost, i) * 1.00001)
    }
  }
}

extension ReferencePath {
  /// The sum of J over the samples.
  fileprivate func meanCostTimesCount(_ samples: [Sample]) -> Double {
    samples.reduce(0) { sum, sample in
      let error = predict(sample.x) - sample.y
      return sum + 0.5 * sample.weight * error * error
    }
  }
}
