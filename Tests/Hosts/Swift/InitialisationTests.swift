import CSinglePath
import SinglePath
import Testing

@Suite("Initialisation from C")
struct InitialisationTests {
  @Test(arguments: PathShape.depths, [false, true])
  func drawsTheNumbersOfTheBank(depth: Int, biases: Bool) throws {
    let (count, stride) = (21, 23)
    var bank = try PathBank(shape: PathShape(depth: depth, biases: biases), count: count)
    bank.randomize(in: -0.75...1.5, seed: 0xFEED)
    let shape = sp_shape(depth: Int32(depth), has_biases: biases ? 1 : 0, sigmoid: 0)
    let planes = sp_parameter_count(shape)
    var parameters = [Float](repeating: .infinity, count: planes * stride)
    let status = sp_initialise(shape, count, &parameters, stride, 0xFEED, -0.75, 1.5)
    #expect(status == sp_status(SP_OK))
    for (plane, path) in (0..<planes).flatMap({ p in (0..<count).map { (p, $0) } }) {
      let expected =
        plane < depth
        ? bank[weight: plane + 1, path: path] : bank[bias: plane - depth + 1, path: path]
      #expect(parameters[plane * stride + path].bitPattern == expected.bitPattern)
    }
    for plane in 0..<planes {
      #expect(parameters[plane * stride + count] == .infinity, "written beyond the paths")
    }
  }
}
