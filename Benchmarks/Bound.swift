/// The shortest time that the machine allows for one path-step, and what sets it.
struct Bound: Equatable {
  let name: String
  let seconds: Double

  /// The largest of the three: no implementation of the kernel's arithmetic can be faster.
  init(of workload: Workload, on machine: Machine) {
    let width = machine.width(lanes: workload.width)
    let lanesAtOnce = Double(workload.width * workload.threads)
    let ports = Double(workload.fmaOperations) / width.fmaPerSecond / lanesAtOnce
    let divider = Double(workload.divisions) / width.divisionsPerSecond / lanesAtOnce
    var largest = ports > divider ? ("ports", ports) : ("divider", divider)
    if let level = machine.level(holding: workload) {
      let bandwidth = level.seconds(for: workload)
      if bandwidth > largest.1 { largest = ("bandwidth of \(level.name)", bandwidth) }
    }
    (name, seconds) = largest
  }
}

/// What one step of one vector costs, counted in the kernel's sources.
extension Workload {
  /// Multiplications and fused multiply-adds of one sigmoid and the z before it: z 1, n 1, r 1,
  /// u 1, A 2, denominator 1 (`Path.weighted`, `Sigmoid.value`). Clamps, shift, additions and
  /// subtractions can run on other ports and are not counted.
  private static let fmaOperationsOfHiddenLayer = 7

  /// The new weight, σ′, θ σ′, and their product with the step: 1 each (`Path.backward`).
  private static let fmaOperationsOfHiddenBackward = 4

  /// Multiplications and fused multiply-adds of one step. A bias changes a multiplication into a
  /// fused one, and adds additions.
  var fmaOperations: Int {
    let forward = Self.fmaOperationsOfHiddenLayer * divisions
    return switch operation {
    // The error 1, its product with η 1, the new weight of the output 1.
    case .train: forward + 3 + Self.fmaOperationsOfHiddenBackward * divisions
    // The output's z 1.
    case .predict, .sigmoid: forward + 1
    // The output's z 1, half the error 1, its product with the error 1.
    case .cost: forward + 3
    case .empty: 0
    }
  }

  /// One quotient for each sigmoid.
  var divisions: Int { operation == .empty ? 0 : depth - 1 }
}

/// What the calls read and write.
extension Workload {
  /// Bytes of memory that a step reads only.
  var bytesRead: Double {
    let input = isShared ? 4 / Double(size.paths) : 4
    return switch operation {
    case .train: input + 4
    case .predict, .sigmoid: input + parameterBytes
    case .cost: input + 4 + parameterBytes
    case .empty: 0
    }
  }

  /// Bytes that a step writes; the cache reads a line before it is written.
  var bytesUpdated: Double {
    switch operation {
    case .train: parameterBytes
    case .predict, .sigmoid: 4
    case .cost: 4 / Double(size.frames)
    case .empty: 0
    }
  }

  /// Parameters go in and out once a call.
  private var parameterBytes: Double { 4 * Double(parameterCount) / Double(size.frames) }

  /// All the memory that the calls walk through.
  var footprint: Int {
    let samples = size.paths * size.frames * size.ring
    let inputs = isShared ? size.frames * size.ring : samples
    let targets = operation == .train || operation == .cost ? samples : 0
    let outputs = outputRows * size.paths * size.banks
    return 4 * (inputs + targets + outputs + parameterCount * size.paths * size.banks)
  }
}

extension Machine {
  /// The nearest level that holds all of a workload; the first two belong to one core each.
  func level(holding workload: Workload) -> Level? {
    levels.first { level in
      let owners = ["L1", "L2"].contains(level.name) ? workload.threads : 1
      return (level.bytes ?? .max) >= workload.footprint / owners
    }
  }
}

extension Machine.Level {
  /// How long this level takes for the bytes of one step.
  func seconds(for workload: Workload) -> Double {
    guard let bandwidth = bandwidths.first(where: { $0.threads == workload.threads }) else {
      return 0
    }
    return workload.bytesRead / bandwidth.readBytesPerSecond
      + workload.bytesUpdated / bandwidth.updateBytesPerSecond
  }
}
