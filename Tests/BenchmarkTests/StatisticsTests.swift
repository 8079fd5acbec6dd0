import Testing

@testable import benchmarks

@Suite("Statistics of the benchmarks")
struct StatisticsTests {
  @Test("The median and the quartiles of an odd and an even number of values")
  func quantiles() {
    let odd = Spread([5, 1, 4, 2, 3])
    #expect(odd.low == 2 && odd.median == 3 && odd.high == 4)
    let even = Spread([4, 1, 3, 2])
    #expect(even.low == 1.75 && even.median == 2.5 && even.high == 3.25)
  }

  @Test("One value is its own median and quartiles")
  func one() {
    let spread = Spread([7])
    #expect(spread.low == 7 && spread.median == 7 && spread.high == 7)
  }

  @Test("Undisturbed batches count if they are enough, else the least disturbed")
  func leastDisturbed() {
    let shares = [0.5, 1, 0.99, 0.7]
    #expect(shares.leastDisturbed(atLeast: 2) { $0 } == [1, 0.99])
    #expect(shares.leastDisturbed(atLeast: 3) { $0 } == [1, 0.99, 0.7])
  }

  @Test("A comparison marks what moved beyond the quartiles of both runs")
  func comparison() throws {
    let old = try [row("a", 100), row("b", 100), row("gone", 100)]
    let new = try [row("a", 50), row("b", 105), row("new", 1)]
    let lines = Comparison(new, with: old).lines
    #expect(lines.map(\.name) == ["a", "b"])
    #expect(lines.map(\.ratio) == [2, 100.0 / 105])
    #expect(lines.map(\.hasMoved) == [true, false])
  }

  /// A row as a file holds it, whose quartiles are 10 % away from the median.
  private func row(_ name: String, _ nanoseconds: Double) throws -> Row {
    let json = """
      {"name": "\(name)", "paths": 1, "frames": 1, "threads": 1, "gStepsPerSecond": 1,
       "medianNanoseconds": \(nanoseconds), "lowNanoseconds": \(0.9 * nanoseconds),
       "highNanoseconds": \(1.1 * nanoseconds), "batches": 7, "callsPerBatch": 1,
       "processorShare": 1, "fmaSlotsPerVectorStep": 1, "shareOfBound": 1, "bound": "ports",
       "allocations": 0}
      """
    return try Files.decode(Row.self, from: json)
  }
}
