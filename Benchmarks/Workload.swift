import SinglePath

/// One thing to measure, as its row is named.
struct Workload: Hashable {
  enum Operation: String {
    case train, predict, cost
    /// Least squares, from starts that are drawn from the samples.
    case fit
    /// The same curves by training, pass after pass, from a start with the right trend.
    case descend
    /// Prediction with depth 2 and both weights 1: one sigmoid and little else.
    case sigmoid
    /// An empty call: what the harness itself costs.
    case empty
  }

  enum Engine: Hashable {
    /// The Swift face.
    case kernel(InstructionSet)
    /// The calls of `single_path.h`, which run on the best instruction set of the machine.
    case c(InstructionSet)
    /// The plain scalar reference, in double precision.
    case reference
  }

  /// What makes the samples or the call other than ordinary.
  enum Variant: String {
    /// One x a frame for all paths.
    case shared
    /// A quarter of the targets is NaN.
    case missing
    /// Weights and inputs that drive every sigmoid to one of its ends.
    case saturated
    /// A learning rate with which every path diverges.
    case diverging
    /// A weight for each sample; the general kernel, which takes every shape and option.
    case weighted
    /// The bank and the samples on pages of 2 MiB, where the system has them.
    case hugepages
    /// Two threads, each with half of the paths.
    case threads2
  }

  var operation = Operation.train
  var size = Size.l2
  var depth = 3
  var hasBiases = false
  var hidden: HiddenActivation = .sigmoid
  var engine: Engine
  var variant: Variant?

  var name: String {
    guard operation != .empty else { return "empty" }
    let (form, set) =
      switch engine {
      case .kernel(let set), .c(let set): (hidden.form, set.rawValue)
      case .reference: ("libm", "reference")
      }
    let parts = [
      isThroughC ? "c" : nil,
      operation.rawValue, size.name, "depth\(depth)", hasBiases ? "bias" : "nobias", form, set,
      variant?.rawValue,
    ]
    return parts.compactMap { $0 }.joined(separator: "/")
  }

  /// Whether the calls are those of the C face.
  var isThroughC: Bool {
    if case .c = engine { true } else { false }
  }

  var threads: Int { variant == .threads2 ? 2 : 1 }

  /// Lanes of one vector.
  var width: Int {
    switch engine {
    case .kernel(.avx512), .c(.avx512): 16
    case .kernel(.avx2), .c(.avx2): 8
    case .kernel(.baseline), .kernel(.neon), .c(.baseline), .c(.neon): 4
    case .reference: 1
    }
  }

  var parameterCount: Int { hasBiases ? 2 * depth : depth }

  /// Path-steps of one call.
  var steps: Int { operation == .empty ? 1 : size.paths * size.frames * size.banks }

  /// η of training.
  var rate: Float { variant == .diverging ? 1e30 : 0.1 }

  /// Whether the calls find curves of samples, from the same place each time.
  var findsCurves: Bool { operation == .fit || operation == .descend }
  /// Whether targets are the labels 0 and 1.
  var isLabelled: Bool { size.data == .platt200 }
}

/// How many paths and frames a call has, and how much memory the calls walk through.
struct Size: Hashable {
  var name: String
  var paths: Int
  var frames: Int
  /// Calls take turns with so many sets of frames.
  var ring = 1
  /// Banks that are called one after the other, each with frames of its own, and counted as one call.
  /// Two threads have half of the banks each, as a host's own threads would.
  var banks = 1
  /// What the samples are, if they are curves to be fitted.
  var data: FitData?

  static let l2 = Size(name: "L2", paths: 4096, frames: 64)
  static let stream = Size(name: "stream", paths: 1 << 20, frames: 32)
  /// A new frame each call.
  static let live = Size(name: "live", paths: 1 << 20, frames: 1, ring: 32)
  /// A stream of tiles of the size L2, each with paths of its own.
  static let tiles = Size(name: "tiles", paths: 4096, frames: 64, banks: 64)
  static let small = Size(name: "small64x64", paths: 64, frames: 64)
  /// Little but the call itself.
  static let smallest = Size(name: "small64x1", paths: 64, frames: 1)

  /// A size that is named after its numbers.
  static func plain(_ paths: Int, _ frames: Int) -> Size {
    Size(name: "\(paths)x\(frames)", paths: paths, frames: frames)
  }
}

extension HiddenActivation {
  /// As in the name of a row: the method of a sigmoid, else the function.
  fileprivate var form: String {
    sigmoidMethod?.rawValue ?? name
  }
}
