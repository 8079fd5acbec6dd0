import CSinglePath
import SinglePathC

/// One call of the C face on the memory of a workload.
struct CCall {
  private let operation: Workload.Operation
  private let shape: sp_shape
  private let count: Int
  private let frames: Int
  private let rate: Float
  private let planeStride: Int
  private let inputStride: Int
  private let inputStep: Int
  private let parameters: UnsafeMutablePointer<Float>?
  private let inputs: UnsafePointer<Float>?
  private let targets: UnsafePointer<Float>?
  private let outputs: UnsafeMutablePointer<Float>?
  private let options: UnsafePointer<sp_options>?

  /// - Parameters:
  ///   - firstFrame: the first of the call, of the rows of samples.
  ///   - options: of the call, which must outlive it; nil for none.
  init(
    _ loaded: LoadedWorkload, bank: Int, firstFrame: Int,
    _ options: UnsafeMutablePointer<sp_options>?
  ) {
    let workload = loaded.workload
    (operation, shape, frames) = (workload.operation, workload.cShape, workload.size.frames)
    (count, planeStride, rate) = (loaded.paths.count, loaded.planeStride, workload.rate)
    (inputStride, inputStep) = workload.isShared ? (1, 0) : (count, 1)
    parameters = loaded.parameters.address(bank * workload.parameterCount * planeStride)
    let row = firstFrame * count
    inputs = UnsafePointer(loaded.inputs.address(workload.isShared ? firstFrame : row))
    targets = UnsafePointer(loaded.targets.address(row))
    outputs = loaded.outputs.address(bank * workload.outputRows * count)
    self.options = UnsafePointer(options)
  }

  /// Options of samples that have a weight each.
  static func options(
    _ weights: UnsafeMutableBufferPointer<Float>, _ loaded: LoadedWorkload
  ) -> sp_options {
    var options = sp_options()
    options.weights = UnsafePointer(weights.baseAddress)
    options.weight_stride = loaded.paths.count
    options.weight_step = 1
    return options
  }

  /// Returns how many paths diverged.
  @inline(__always)
  func run() -> Int {
    var rate = rate
    var diverged = 0
    let status =
      switch operation {
      case .train:
        sp_train(
          shape, count, frames, parameters, planeStride, inputs, inputStride, inputStep, targets,
          count, &rate, 0, nil, &diverged, options)
      case .predict, .sigmoid:
        sp_predict(
          shape, count, frames, parameters, planeStride, inputs, inputStride, inputStep, outputs,
          count)
      case .cost:
        sp_cost(
          shape, count, frames, parameters, planeStride, inputs, inputStride, inputStep, targets,
          count, outputs, options)
      case .fit:
        sp_fit(
          shape, count, frames, parameters, planeStride, inputs, inputStride, inputStep, targets,
          count, nil, outputs, count, nil, options)
      case .descend, .empty: sp_status(SP_OK)
      }
    guard status == sp_status(SP_OK) else {
      fatalError("\(operation) through C: \(String(cString: sp_status_string(status)))")
    }
    return diverged
  }
}

extension Workload {
  /// The same, called through the Swift face.
  var throughSwift: Workload {
    guard case .c(let set) = engine else { return self }
    var workload = self
    workload.engine = .kernel(set)
    return workload
  }

  /// The shape in the codes of the C header.
  fileprivate var cShape: sp_shape {
    var shape = sp_shape()
    shape.depth = Int32(depth)
    shape.has_biases = hasBiases ? 1 : 0
    shape.sigmoid = Int32(hidden.sigmoidMethod == .table ? SP_SIGMOID_TABLE : SP_SIGMOID_POLYNOMIAL)
    let code =
      switch hidden {
      case .sigmoid: SP_HIDDEN_SIGMOID
      case .tanh: SP_HIDDEN_TANH
      case .relu: SP_HIDDEN_RELU
      case .leakyReLU: SP_HIDDEN_LEAKY_RELU
      case .softplus: SP_HIDDEN_SOFTPLUS
      case .identity: SP_HIDDEN_IDENTITY
      }
    shape.hidden = Int32(code)
    return shape
  }
}
