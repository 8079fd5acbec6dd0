import SinglePath
import Testing

@Suite("Missing samples", .printsSeed)
struct MissingTests {
  @Test(arguments: shapes)
  func aPathKeepsItsBitsWhateverXIs(depth: Int, biases: Bool) throws {
    for set in kernels {
      var fixture = try BankFixture(depth: depth, biases: biases, count: 40, frames: 5)
      let odd: [Float] = [-0.0, 0, .leastNonzeroMagnitude, -0x1p-140, .greatestFiniteMagnitude, 1]
      for i in fixture.parameters.indices { fixture.parameters[i] = odd[i % odd.count] }
      let anything: [Float] = [.nan, .infinity, -.infinity, 1e38, 0, -3]
      for i in fixture.inputs.indices { fixture.inputs[i] = anything[i % anything.count] }
      for i in fixture.targets.indices { fixture.targets[i] = i % 2 == 0 ? .nan : -.nan }
      let result = try fixture.trained(Kernel(set))
      #expect(result.parameters == fixture.parameters.map(\.bitPattern))
      #expect(result.verdicts.allSatisfy { $0 == .untouched })
      #expect(try fixture.costs(Kernel(set)).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: kernels)
  func framesWithMissingSamplesEqualThoseWithoutThem(set: InstructionSet) throws {
    let dense = try BankFixture(depth: 3, biases: true, count: 33, frames: 4)
    var sparse = dense
    sparse.frames = 8
    sparse.inputs = []
    sparse.targets = []
    for t in 0..<4 {
      sparse.inputs += dense.inputs[t * 33..<(t + 1) * 33] + [Float](repeating: .nan, count: 33)
      sparse.targets += dense.targets[t * 33..<(t + 1) * 33] + [Float](repeating: .nan, count: 33)
    }
    #expect(try sparse.trained(Kernel(set)) == dense.trained(Kernel(set)))
    #expect(try sparse.costs(Kernel(set)) == dense.costs(Kernel(set)))
  }
}
