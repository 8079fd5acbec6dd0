import CommandLineSupport
import Foundation
import SinglePath
import Testing

@testable import single_path

private func scaling(
  _ x: [Double], _ y: [Double], logX: Bool = false, depth: Int = 3, hasBiases: Bool = true
) throws -> Scaling {
  try Scaling(
    Series(name: "A", x: x, y: y), logX: logX, shape: PathShape(depth: depth, biases: hasBiases))
}

@Suite("Scaling")
struct ScalingTests {
  @Test("x becomes centred and about 1 from 0, y goes from 0 to 2, and back")
  func roundTrip() throws {
    let (x, y) = ([10.0, 20, 30, 40, 100], [5.0, 7, 9, 12, 15])
    let scaling = try scaling(x, y)
    let scaledX = x.map(scaling.scaledX)
    #expect(abs(mean(scaledX)) < 1e-15)
    #expect(abs(mean(scaledX.map { abs($0) }) - 1) < 1e-15)
    let scaledY = y.map(scaling.scaledY)
    #expect(scaledY.min() == 0 && scaledY.max() == 2)
    for value in y { #expect(abs(scaling.userY(scaling.scaledY(value)) - value) < 1e-14) }
  }

  @Test("The logarithm is taken first")
  func logarithm() throws {
    let logarithmic = try scaling([1, 10, 100], [0, 1, 2], logX: true)
    let plain = try scaling([0, 1, 2], [0, 1, 2])
    #expect(logarithmic.scaledX(1000) == plain.scaledX(3))
  }

  @Test("A constant series and a single x are well defined")
  func constants() throws {
    let scaling = try scaling([3, 3, 3], [7, 7, 7])
    #expect(scaling.scaledX(3) == 0 && scaling.scaledY(7) == 0 && scaling.userY(0) == 7)
  }

  @Test("Without biases x̂ is 0 where the curve's height is pinned")
  func pinned() throws {
    let (x, y) = ([0.0, 1, 2, 3, 4, 5], [0.0, 1, 15, 50, 90, 100])
    #expect(try scaling(x, y, depth: 2, hasBiases: false).xOffset == 3)
    #expect(try scaling(x, y, depth: 3, hasBiases: false).xOffset == 2)
    let line = try scaling(x, y, depth: 1, hasBiases: false)
    #expect(line.xOffset == 2.5 && line.yOffset == mean(y))
  }

  @Test("Numbers beyond what can be scaled are refused")
  func extremes() {
    #expect(throws: Failure.self) { try scaling([0, 1], [-1.7e308, 1.7e308]) }
    #expect(throws: Failure.self) { try scaling([1.7e308, 1.6e308], [0, 1]) }
    #expect(throws: Failure.self) { try scaling([0, 1], [0, .leastNonzeroMagnitude]) }
  }

  @Test("The median is the middle one, or between the two in the middle")
  func medians() {
    #expect(median([3, 1, 2]) == 2 && median([4, 1, 2, 3]) == 2.5 && median([]) == 0)
  }
}
