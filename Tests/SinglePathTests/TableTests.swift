import SeededRandom
import SinglePath
import SinglePathReference
import SinglePathShims
import Testing

/// σ and its derivative as the table has them, in double precision: the piecewise function itself,
/// computed from the committed coefficients by code of its own.
private func tabulated(_ x: Double) -> (value: Double, slope: Double) {
  let bound = Double(sp_sigmoid_table_clamp)
  let x = min(max(x, -bound), bound)
  let t = Float(x * x + 12)
  let segment = Int(t.bitPattern >> 20) % 32
  let c = withUnsafeBytes(of: sp_sigmoid_table_values) { bytes in
    (0..<4).map { Double(bytes.load(fromByteOffset: 4 * (32 * $0 + segment), as: Float.self)) }
  }
  let u = x * x + 12
  let p = c[0] + u * (c[1] + u * (c[2] + u * c[3]))
  let pSlope = c[1] + u * (2 * c[2] + u * 3 * c[3])
  return (0.5 + x * p, p + 2 * x * x * pSlope)
}

@Suite("Training through the table", .printsSeed)
struct TableTests {
  /// (5) takes the slope from the value, a (1 − a). Against the derivative of the piecewise cubic, this
  /// is what the table costs a gradient.
  @Test func equation5_theSlopeIsThatOfThePiecewiseFunction() {
    var worst = 0.0
    for i in -13_300...13_300 {
      let (value, slope) = tabulated(Double(i) / 1000)
      worst = max(worst, abs(value * (1 - value) - slope))
      #expect(abs(value - sigmoid(Double(i) / 1000)) <= SigmoidMethod.table.maximumError)
    }
    print("|a (1 − a) − derivative of the table| ≤ \(worst)")
    #expect(worst <= 6.2e-5)
    #expect(worst >= 0.8 * 6.2e-5)
  }

  /// 2,000 random paths of depth 3 trained for 3,000 steps, eight samples over and over. The cost that
  /// each method ends with is computed with the exact σ.
  @Test func wholeTrainingsEndWhereTheAccurateFormEnds() throws {
    let count = 2_000
    func finalCosts(_ method: SigmoidMethod) throws -> [Double] {
      var fixture = try BankFixture(
        depth: 3, biases: true, sigmoid: method, count: count, frames: 8, stream: 77)
      fixture.rates = [Float](repeating: 0.3, count: count)
      var bank = try fixture.bank()
      for _ in 0..<375 { try bank.train(on: fixture.samples(), rate: 0.3) }
      let parameters = bank.copyParameters()
      return (0..<count).map { i in
        let own = (0..<6).map { parameters[$0 * count + i] }
        let path = ReferencePath(weights: Array(own[0..<3]), biases: Array(own[3..<6]))
        return (0..<8).map {
          path.cost(
            x: Double(fixture.inputs[$0 * count + i]), y: Double(fixture.targets[$0 * count + i]))
        }.reduce(0, +)
      }
    }
    let accurate = try finalCosts(.polynomial)
    let table = try finalCosts(.table)
    let differences = zip(table, accurate).map { abs($0 - $1) / $1 }.sorted()
    print(
      "final cost, table against polynomial: median \(differences[count / 2]), "
        + "99 % \(differences[count * 99 / 100]), worst \(differences[count - 1])")
    #expect(differences[count / 2] < 1e-4)
    #expect(differences[count * 99 / 100] < 1e-2)
  }
}
