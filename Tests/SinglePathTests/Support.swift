import SinglePath

/// ŷ of each input, of a path of its own whose weights are all 1: at depth 2 f(x), at depth 1 g(x).
func predictions(
  _ x: [Float], byPathsOfOnes shape: PathShape, _ set: InstructionSet
) throws -> [Float] {
  var outputs = [Float](repeating: 0, count: x.count)
  let ones = [Float](repeating: 1, count: shape.parameterCount * x.count)
  let bank = try PathBank(
    shape: shape, count: x.count, parameters: ones.span, kernel: Kernel(set))
  var span = outputs.mutableSpan
  try bank.predict(.perPath(x.span, frames: 1), into: &span)
  return outputs
}

extension Span<Float> {
  /// The elements as an array.
  var array: [Float] { indices.map { self[$0] } }
}
