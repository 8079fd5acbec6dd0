import CSinglePath
import SinglePathC

/// One call of the C face on the memory of a workload.
struct CCall {
  private let workload: Workload
  private let shape: sp_shape
  private let count: Int
  private let planeStride: Int
  private let parameters: UnsafeMutablePointer<Float>?
  private let inputs: UnsafePointer<Float>?
  private let targets: UnsafePointer<Float>?
  private let outputs: UnsafeMutablePointer<Float>?
  private var options = sp_options()

  /// - Parameter firstFrame: the first of the call, of the rows of samples.
  init(_ loaded: LoadedWorkload, bank: Int, firstFrame: Int) {
    workload = loaded.workload
    count = loaded.paths.count
    planeStride = loaded.planeStride
    shape = workload.cShape
    parameters = loaded.parameters.address(bank * workload.parameterCount * planeStride)
    let row = firstFrame * count
    inputs = UnsafePointer(loaded.inputs.address(workload.isShared ? firstFrame : row))
    targets = UnsafePointer(loaded.targets.address(row))
    outputs = loaded.outputs.address(bank * workload.outputRows * count)
    if workload.variant == .weighted {
      options.weights = UnsafePointer(loaded.weights.address(row))
      options.weight_stride = count
      options.weight_step = 1
    }
  }

  /// Returns how many paths diverged.
  func run() -> Int {
    let (stride, step) = workload.isShared ? (1, 0) : (count, 1)
    var rate = workload.rate
    var diverged = 0
    let status = withUnsafePointer(to: options) { options in
      let options = workload.variant == .weighted ? options : nil
      return switch workload.operation {
      case .train:
        sp_train(
          shape, count, workload.size.frames, parameters, planeStride, inputs, stride, step,
          targets,
          count, &rate, 0, nil, &diverged, options)
      case .predict, .sigmoid:
        sp_predict(
          shape, count, workload.size.frames, parameters, planeStride, inputs, stride, step,
          outputs,
          count)
      case .cost:
        sp_cost(
          shape, count, workload.size.frames, parameters, planeStride, inputs, stride, step,
          targets,
          count, outputs, options)
      case .fit, .descend, .empty: sp_status(SP_OK)
      }
    }
    guard status == sp_status(SP_OK) else {
      fatalError("\(workload.name): \(String(cString: sp_status_string(status)))")
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
