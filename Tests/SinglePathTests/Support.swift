import SinglePath

/// ŷ of each input, of a path of its own whose weights are all 1: at depth 2 f(x), at depth 1 g(x).
func predictions(
  _ x: [Float], byPathsOfOnes shape: PathShape, _ set: InstructionSet
) throws -> [Float] {
  var outputs = [Float](repeating: 0, count: x.count)
  let ones = [Float](repeating: 1, count: shape.parameterCount * x.count)
  try withMemory(ones, x) { memory in
    try Kernel(set).predict(
      Parameters(memory[0], shape: shape, count: x.count, stride: x.count),
      inputs: Frames(memory[1], frames: 1, stride: x.count), into: &outputs, stride: x.count)
  }
  return outputs
}

/// Rows of `count` values, each followed by a gap, behind an offset; between them are marks.
func spread(_ rows: [Float], of count: Int, offset: Int, gap: Int) -> [Float] {
  var memory = [Float](repeating: -9, count: offset)
  for row in stride(from: 0, to: rows.count, by: count) {
    memory += rows[row..<row + count] + [Float](repeating: -9, count: gap)
  }
  return memory
}

extension PathBank {
  /// Sets all parameters, given in planes of `count`.
  mutating func fill(_ parameters: [Float]) {
    for (place, value) in parameters.enumerated() {
      let (p, path) = (place / count, place % count)
      if p < shape.depth {
        self[weight: p + 1, path: path] = value
      } else {
        self[bias: p - shape.depth + 1, path: path] = value
      }
    }
  }
}
