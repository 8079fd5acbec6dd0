import SinglePath

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
    for level in machine.levels(under: workload) where level.seconds > largest.1 {
      largest = ("bandwidth of \(level.name)", level.seconds)
    }
    (name, seconds) = largest
  }
}

/// What one step of one vector costs, counted in the kernel's sources.
extension Workload {
  /// Multiplications and fused multiply-adds of one hidden unit and the z before it (`Path.weighted`,
  /// `Sigmoid.swift`, `Activation.swift`). The sigmoid by the polynomial: z 1, n 1, r 1, u 1, A 2,
  /// denominator 1; by the table: z 1, t 1, the cubic 3, the product with x 1. Others have beside the z
  /// and the 5 of an exponential: tanh 4 of the fraction; softplus 2 of the fraction and 6 of the
  /// logarithm, and for its slope another exponential and 2. Clamps, shift, additions, subtractions
  /// and permutes can run on other ports and are not counted.
  private var fmaOperationsOfHiddenLayer: Int {
    switch hidden {
    case .sigmoid(let method): method == .polynomial ? 7 : 6
    case .tanh: 10
    case .softplus: operation == .train ? 20 : 13
    case .leakyReLU: 2
    case .relu, .identity: 1
    }
  }

  /// The new weight, σ′, θ σ′, and their product with the step: 1 each (`Path.backward`).
  private static let fmaOperationsOfHiddenBackward = 4

  /// Multiplications and fused multiply-adds of one step. A bias changes a multiplication into a
  /// fused one, and adds additions.
  var fmaOperations: Int {
    let forward = fmaOperationsOfHiddenLayer * hiddenUnits
    return switch operation {
    // The error 1, its product with η 1, the new weight of the output 1.
    case .train: forward + 3 + Self.fmaOperationsOfHiddenBackward * hiddenUnits
    // The output's z 1.
    case .predict, .sigmoid: forward + 1
    // The output's z 1, half the error 1, its product with the error 1.
    case .cost: forward + 3
    case .fit, .descend, .empty: 0
    }
  }

  private var hiddenUnits: Int { operation == .empty ? 0 : depth - 1 }

  /// One quotient for each sigmoid by the polynomial and each tanh; one for a softplus, and one for its
  /// slope.
  var divisions: Int {
    switch hidden {
    case .sigmoid(let method): method == .polynomial ? hiddenUnits : 0
    case .tanh: hiddenUnits
    case .softplus: operation == .train ? 2 * hiddenUnits : hiddenUnits
    case .relu, .leakyReLU, .identity: 0
    }
  }
}

/// What the calls read and write.
extension Workload {
  /// Bytes of samples for each step: x, and y if the operation needs it. They are only read.
  private var sampleBytes: Double {
    let input = isShared ? 4 / Double(size.paths) : 4
    return switch operation {
    case .train, .cost, .fit, .descend: input + 4
    case .predict, .sigmoid: input
    case .empty: 0
    }
  }

  /// Bytes of parameters and outputs for each step. Parameters go in, and those of training out
  /// again, once a call; a cache reads a line of outputs before it is written.
  private var bankBytes: (read: Double, updated: Double) {
    let parameters = 4 * Double(parameterCount) / Double(size.frames)
    return switch operation {
    case .train, .fit, .descend: (0, parameters)
    case .predict, .sigmoid: (parameters, 4)
    case .cost: (parameters, 4 / Double(size.frames))
    case .empty: (0, 0)
    }
  }

  /// What passes through the caches before a call's bank comes up again.
  fileprivate var bankReach: Double {
    let bytes = sampleBytes + bankBytes.read + bankBytes.updated
    return Double(steps) * bytes
  }

  /// What passes before a call's samples come up again.
  fileprivate var sampleReach: Double {
    let bank = Double(steps) * (bankBytes.read + bankBytes.updated)
    return max(bankReach, Double(steps * size.ring) * sampleBytes + bank)
  }

  /// The bytes of a step that come from the level that holds the samples, and from the nearer one
  /// that holds the bank, where both pass.
  fileprivate func seconds(
    _ samples: Machine.Level, _ bank: Machine.Level
  ) -> [(name: String, seconds: Double)] {
    let (far, near) = (samples.bandwidth(threads: threads), bank.bandwidth(threads: threads))
    let all =
      (sampleBytes + bankBytes.read) / near.readBytesPerSecond
      + bankBytes.updated / near.updateBytesPerSecond
    return [(bank.name, all), (samples.name, sampleBytes / far.readBytesPerSecond)]
  }

  fileprivate func level(
    holding reach: Double, on machine: Machine
  ) -> Machine.Level {
    let last = machine.levels[machine.levels.count - 1]
    return machine.levels.first { level in
      // The first two levels belong to one core each.
      let owners = ["L1", "L2"].contains(level.name) ? Double(threads) : 1
      return Double(level.bytes ?? .max) * owners >= reach
    } ?? last
  }
}

extension Machine {
  /// The shortest times for the bytes of one step of a workload, of the levels that they come from.
  func levels(under workload: Workload) -> [(name: String, seconds: Double)] {
    workload.seconds(
      workload.level(holding: workload.sampleReach, on: self),
      workload.level(holding: workload.bankReach, on: self))
  }
}

extension Machine.Level {
  fileprivate func bandwidth(threads: Int) -> Machine.Bandwidth {
    bandwidths.first { $0.threads == threads } ?? bandwidths[0]
  }
}
