import Foundation
import Testing

/// One form: its table and its recipe.
struct FloatForm: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let table: GeneratedTable
  let value: @Sendable (Float) -> Float
}

private let floatForms = [
  FloatForm(
    testDescription: "register, 32 segments, degree 3", table: .register,
    value: Recipes.register),
  FloatForm(
    testDescription: "memory, 512 cells, degree 2", table: .memory512,
    value: Recipes.memory512),
  FloatForm(
    testDescription: "memory, 256 cells, degree 3", table: .memory256,
    value: Recipes.memory256),
]

/// Every 61st float by default, every one where `SIGMOID_ALL_FLOATS` is set.
private let floatStride =
  ProcessInfo.processInfo.environment["SIGMOID_ALL_FLOATS"] == nil ? 61 : 1

/// What a scan in rising order saw.
private struct Scan {
  var largestError = 0.0
  var largestDrop = 0.0
  var range: ClosedRange<Double> = 0.5...0.5
  private var previous = -Double.infinity

  mutating func see(_ x: Double, _ y: Double) {
    largestError = max(largestError, abs(y - referenceSigmoid(x)))
    largestDrop = max(largestDrop, previous - y)
    range = min(range.lowerBound, y)...max(range.upperBound, y)
    previous = y
  }
}

@Suite("Stated errors are true and tight")
struct ErrorTests {
  @Test("on floats of either sign, in [0, 1], falling no more than stated", arguments: floatForms)
  func floats(form: FloatForm) throws {
    let claims = try form.table.claims
    var scan = Scan()
    let last = Int((40 as Float).bitPattern)
    for ordinal in stride(from: -last, through: last, by: floatStride) {
      let magnitude = Float(bitPattern: UInt32(abs(ordinal)))
      let x = ordinal < 0 ? -magnitude : magnitude
      scan.see(Double(x), Double(form.value(x)))
    }
    #expect(scan.largestError <= claims.bound)
    #expect(scan.largestError >= 0.8 * claims.bound)
    #expect(scan.largestDrop <= claims.largestDrop)
    #expect(scan.range.lowerBound >= 0 && scan.range.upperBound <= 1)
  }

  @Test("at the stated witness the error is what causes the bound", arguments: floatForms)
  func witness(form: FloatForm) throws {
    let claims = try form.table.claims
    let error = abs(Double(form.value(Float(claims.witness))) - referenceSigmoid(claims.witness))
    #expect(error <= claims.bound && error > 0.93 * claims.bound)
  }

  @Test("σ(0) is one half exactly and infinities stay in [0, 1]", arguments: floatForms)
  func special(form: FloatForm) {
    #expect(form.value(0) == 0.5)
    #expect(form.value(-0.0) == 0.5)
    #expect((0...0x1p-19).contains(form.value(-.infinity)))
    #expect((1 - 0x1p-19...1).contains(form.value(.infinity)))
  }

  @Test("the register form keeps NaN and errs by less than 2⁻²⁰")
  func registerPromise() throws {
    #expect(Recipes.register(.nan).isNaN)
    #expect(try GeneratedTable.register.claims.bound <= 0x1p-20)
  }

  @Test("in double")
  func double() throws {
    let claims = try GeneratedTable.memoryDouble.claims
    var scan = Scan()
    for i in -1_100_000...1_100_000 {
      let x = Double(i) / 65536
      scan.see(x, Recipes.memoryDouble(x))
    }
    #expect(scan.largestError <= claims.bound)
    #expect(scan.largestError >= 0.8 * claims.bound)
    #expect(scan.largestDrop <= claims.largestDrop)
    #expect(Recipes.memoryDouble(0) == 0.5)
  }

  @Test("in integers, at every argument")
  func q15() throws {
    let claims = try GeneratedTable.memoryQ15.claims
    var scan = Scan()
    for x in Int16.min...Int16.max {
      scan.see(Double(x) / 2048, Double(Recipes.memoryQ15(x)) / 32768)
    }
    #expect(scan.largestError <= claims.bound)
    #expect(scan.largestError >= 0.8 * claims.bound)
    #expect(scan.largestDrop == claims.largestDrop)
    #expect(Recipes.memoryQ15(0) == 16384)
  }
}
