import SinglePath
import SinglePathReference

/// A workload with its memory filled, ready to be called.
///
/// All values come from their place alone, so that a few of the paths can be made again and called as
/// often, to prove what the timed calls did.
final class LoadedWorkload {
  let workload: Workload
  /// The paths of the workload that are here: all, or a sample.
  let paths: Range<Int>
  private(set) var callsMade = 0
  /// How many paths diverged in the last call.
  private(set) var diverged = 0

  /// Planes of one bank after the other, `planeStride` apart.
  let parameters: UnsafeMutableBufferPointer<Float>
  /// ŷ or the sums of costs, of one bank after the other.
  let outputs: UnsafeMutableBufferPointer<Float>
  let planeStride: Int
  let inputs: UnsafeMutableBufferPointer<Float>
  let targets: UnsafeMutableBufferPointer<Float>
  private let weights: UnsafeMutableBufferPointer<Float>

  private let kernel: Kernel
  private let shape: PathShape
  private let frames: Int
  private let ring: Int
  private let banks: Int
  var referencePaths: [ReferencePath] = []

  /// - Parameter sample: some of the paths, of the first bank, or nil for all.
  init(_ workload: Workload, sample: Range<Int>? = nil) throws(SinglePathError) {
    let size = workload.size
    self.workload = workload
    paths = sample ?? 0..<size.paths
    frames = size.frames
    banks = sample == nil ? size.banks : 1
    // A bank's turn comes when its frames' turn comes.
    ring = sample == nil || size.banks == 1 ? size.ring : 1
    shape = try PathShape(
      depth: workload.depth, biases: workload.hasBiases, sigmoid: workload.sigmoid,
      hidden: workload.hidden)
    switch workload.engine {
    case .kernel(let set): kernel = try Kernel(set)
    case .reference: kernel = Kernel()
    }
    planeStride = (paths.count + 15) / 16 * 16
    parameters = .aligned(count: banks * shape.parameterCount * planeStride)
    inputs = .aligned(count: ring * frames * (workload.isShared ? 1 : paths.count))
    targets = .aligned(count: ring * frames * paths.count)
    weights = .aligned(count: workload.variant == .weighted ? targets.count : 0)
    outputs = .aligned(count: banks * workload.outputRows * paths.count)
    fill()
    if workload.engine == .reference { referencePaths = paths.map(workload.referencePath) }
  }

  deinit { for memory in [parameters, inputs, targets, weights, outputs] { memory.deallocate() } }

  private func fill() {
    let values = Values(workload)
    outputs.update(repeating: .nan)
    parameters.update(repeating: 0)
    weights.update(repeating: 1)
    for row in 0..<banks * shape.parameterCount {
      let plane = row % shape.parameterCount
      for (i, path) in paths.enumerated() {
        parameters[row * planeStride + i] = values.parameter(plane, path)
      }
    }
    for t in 0..<ring * frames {
      for (i, path) in paths.enumerated() {
        if !workload.isShared { inputs[t * paths.count + i] = values.input(t, path) }
        targets[t * paths.count + i] = values.target(t, path)
      }
      if workload.isShared { inputs[t] = values.input(t, 0) }
    }
  }

  // MARK: - Calls

  /// Makes so many calls.
  func call(times: Int) throws(SinglePathError) {
    for _ in 0..<times {
      let firstFrame = callsMade % ring * frames
      let bank = callsMade % banks
      callsMade += 1
      if workload.operation == .empty { continue }
      switch workload.engine {
      case .reference: callReference()
      case .kernel: try callKernel(bank: bank, firstFrame: firstFrame)
      }
    }
  }

  private func callKernel(bank: Int, firstFrame: Int) throws(SinglePathError) {
    let parameters = Parameters(
      self.parameters.address(bank * shape.parameterCount * planeStride), shape: shape,
      count: paths.count, stride: planeStride)
    let x =
      workload.isShared
      ? Frames(shared: inputs.address(firstFrame), frames: frames)
      : rows(of: inputs, from: firstFrame)
    let y = rows(of: targets, from: firstFrame)
    let outputs = self.outputs.address(bank * workload.outputRows * paths.count)
    let threads = workload.threads
    switch workload.operation {
    case .train:
      diverged = try kernel.train(
        parameters, inputs: x, targets: y, weights: weights(from: firstFrame),
        rate: .shared(workload.rate), threads: threads)
    case .predict, .sigmoid:
      try kernel.predict(
        parameters, inputs: x, into: outputs, stride: paths.count, threads: threads)
    case .cost:
      try kernel.costs(parameters, inputs: x, targets: y, into: outputs, threads: threads)
    case .empty: break
    }
  }

  /// The samples' weights, which are all 1.
  private func weights(from frame: Int) -> Frames? {
    workload.variant == .weighted ? rows(of: weights, from: frame) : nil
  }

  private func rows(of memory: UnsafeMutableBufferPointer<Float>, from frame: Int) -> Frames {
    Frames(
      UnsafePointer(memory.address(frame * paths.count)), frames: frames, stride: paths.count)
  }
}

extension Workload {
  var isShared: Bool { variant == .shared }

  /// Rows of outputs, one value a path.
  var outputRows: Int {
    switch operation {
    case .predict, .sigmoid: size.frames
    case .cost: 1
    case .train, .empty: 0
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Memory that begins at a cache line; the owner deallocates it.
  fileprivate static func aligned(count: Int) -> Self {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Swift.max(64, 4 * count), alignment: 64)
    return Self(rebasing: memory.bindMemory(to: Float.self)[..<count])
  }

  fileprivate func address(_ index: Int) -> UnsafeMutablePointer<Float>? {
    baseAddress.map { $0 + index }
  }
}
