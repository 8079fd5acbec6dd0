import CommandLineSupport
import SinglePathReference

/// The parameters and samples of a workload, each made from its place.
struct Values {
  private let workload: Workload

  init(_ workload: Workload) { self.workload = workload }

  /// Plane p holds θ⁽ᵖ⁺¹⁾, after the weights come the biases.
  func parameter(_ plane: Int, _ path: Int) -> Float {
    if let data = workload.size.data {
      // θ⁽¹⁾ with the trend, θ⁽²⁾ = 1, both biases 0.
      let trend = data.target(data.frames - 1, path) - data.target(0, path)
      return plane == 0 ? 2 * (trend < 0 ? -1 : 1) : plane == 1 ? 1 : 0
    }
    let value = 2 * Self.unit(0, plane, path) - 1
    if workload.operation == .sigmoid { return 1 }
    guard workload.variant == .saturated, plane < workload.depth - 1 else { return value }
    // Every z is about ±200: the weights before the last hidden layer are positive, and so are the
    // inputs, so that its input is 1 and its own weight picks the end.
    return plane == workload.depth - 2 && value < 0 ? -200 : 200
  }

  func input(_ frame: Int, _ path: Int) -> Float {
    if let data = workload.size.data { return data.input(frame) }
    let value = Self.unit(1, frame, path)
    return workload.variant == .saturated ? 1 + value : 4 * value - 2
  }

  func target(_ frame: Int, _ path: Int) -> Float {
    if let data = workload.size.data { return data.target(frame, path) }
    let isMissing = workload.variant == .missing && Self.unit(3, frame, path) < 0.25
    return isMissing ? .nan : Self.unit(2, frame, path)
  }

  /// In 0..<1, by the mixing function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  static func unit(_ stream: UInt64, _ row: Int, _ path: Int) -> Float {
    var z = (stream << 60 | UInt64(row) << 32 | UInt64(path)) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Float((z ^ (z >> 31)) >> 40) * 0x1p-24
  }
}

extension Workload {
  /// A path as it is before the first call.
  func referencePath(_ path: Int) -> ReferencePath {
    let values = Values(self)
    let all = (0..<parameterCount).map { values.parameter($0, path) }
    guard let hidden = Activation(rawValue: hidden.name) else {
      preconditionFailure("the reference has every activation of the kernel")
    }
    return ReferencePath(
      weights: Array(all[..<depth]), biases: hasBiases ? Array(all[depth...]) : nil,
      hidden: hidden)
  }
}

extension LoadedWorkload {
  /// One call of the scalar reference, for its own row.
  func callReference() {
    let frames = workload.size.frames
    for i in paths.indices {
      for t in 0..<frames {
        let (x, y) = (Double(inputs[t * paths.count + i]), Double(targets[t * paths.count + i]))
        switch workload.operation {
        case .train: referencePaths[i].train(x: x, y: y, rate: Double(workload.rate))
        case .cost: outputs[i] = Float(referencePaths[i].cost(x: x, y: y))
        default: outputs[t * paths.count + i] = Float(referencePaths[i].predict(x))
        }
      }
    }
  }
}
