import SinglePath
import Testing

/// Every instruction set of this machine.
let kernels = InstructionSet.available

/// Whether this machine runs the lanes of AVX-512 in vectors of AVX2, or of another architecture.
let hasWideKernel = kernels.contains { $0 == .avx2 || $0 == .neon }

/// Every depth, without biases and with.
let shapes = PathShape.depths.flatMap { [($0, false), ($0, true)] }

/// Every method of the sigmoid on every instruction set.
let methodsAndKernels = SigmoidMethod.allCases.flatMap { method in kernels.map { (method, $0) } }

/// Some shapes of the general kind, and the derivation's.
let someShapes: [PathShape] = {
  do {
    return [
      try PathShape(depth: 3, biases: false),
      try PathShape(depth: 3, biases: true, hidden: .tanh, output: .sigmoid, cost: .crossEntropy),
      try PathShape(
        depth: 2, biases: false, hidden: .softplus, output: .tanh, cost: .huber(threshold: 0.5)),
      try PathShape(depth: 8, biases: true, hidden: .leakyReLU, output: .softplus),
      try PathShape(depth: 1, biases: true, hidden: .identity, cost: .crossEntropy),
    ]
  } catch { fatalError("\(error)") }
}()

let someShapesAndKernels = someShapes.flatMap { shape in kernels.map { (shape, $0) } }

/// Calls of two kinds: plain ones of the derivation's shapes, and some shapes with every option.
struct CallKind: Sendable, CustomTestStringConvertible {
  let shape: PathShape
  let hasEveryOption: Bool

  /// A bank of this kind.
  func fixture(count: Int, frames: Int) -> BankFixture {
    hasEveryOption
      ? .withEveryOption(shape, count: count, frames: frames)
      : BankFixture(shape, count: count, frames: frames)
  }

  var testDescription: String {
    "\(shape.hidden), depth \(shape.depth)\(hasEveryOption ? ", every option" : "")"
  }

  static let plain: [CallKind] = {
    do {
      return try [(3, false), (3, true), (1, true), (5, true), (8, true)].map { depth, biases in
        CallKind(
          shape: try PathShape(depth: depth, biases: biases), hasEveryOption: false)
      }
    } catch { fatalError("\(error)") }
  }()

  static let withEveryOption = someShapes.map { CallKind(shape: $0, hasEveryOption: true) }

  static let all = plain + withEveryOption
}

let callKindsAndKernels = CallKind.all.flatMap { kind in kernels.map { (kind, $0) } }
