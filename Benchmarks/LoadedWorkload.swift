import CSinglePath
import Dispatch
import Foundation
import MachineProbes
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
  /// Whose turn it is, of the sets of frames.
  private var turn = 0
  /// How many paths of the first bank diverged in the last call.
  private(set) var diverged = 0

  /// Planes of one bank after the other, `planeStride` apart.
  let parameters: UnsafeMutableBufferPointer<Float>
  /// ŷ or the sums of costs, of one bank after the other.
  let outputs: UnsafeMutableBufferPointer<Float>
  let planeStride: Int
  let inputs: UnsafeMutableBufferPointer<Float>
  let targets: UnsafeMutableBufferPointer<Float>
  let weights: UnsafeMutableBufferPointer<Float>

  private let kernel: Kernel
  private let shape: PathShape
  private let frames: Int
  private let ring: Int
  private let banks: Int
  /// What the calls of each bank, or of each set of frames, are given.
  private var calls: [Arguments] = []
  private var callsOfC: [CCall] = []
  private let options: UnsafeMutableBufferPointer<sp_options>
  var referencePaths: [ReferencePath] = []

  /// - Parameter sample: some of the paths, of the first bank, or nil for all.
  init(_ workload: Workload, sample: Range<Int>? = nil) throws(SinglePathError) {
    let size = workload.size
    self.workload = workload
    paths = sample ?? 0..<size.paths
    frames = size.frames
    banks = sample == nil ? size.banks : 1
    ring = size.ring
    shape = try PathShape(
      depth: workload.depth, biases: workload.hasBiases, hidden: workload.hidden,
      output: workload.isLabelled ? .sigmoid : .identity,
      cost: workload.isLabelled ? .crossEntropy : .squaredError)
    switch workload.engine {
    case .kernel(let set): kernel = try Kernel(set)
    case .c, .reference: kernel = Kernel()
    }
    planeStride = (paths.count + 15) / 16 * 16
    func memory(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
      .aligned(count: count, onHugePages: workload.variant == .hugepages)
    }
    parameters = memory(banks * shape.parameterCount * planeStride)
    inputs = memory(ring * banks * frames * (workload.isShared ? 1 : paths.count))
    targets = memory(ring * banks * frames * paths.count)
    weights = memory(workload.variant == .weighted ? targets.count : 0)
    outputs = memory(banks * workload.outputRows * paths.count)
    options = .allocate(capacity: workload.variant == .weighted ? ring * banks : 0)
    fill()
    try prepareCalls()
    if workload.engine == .reference { referencePaths = paths.map(workload.referencePath) }
  }

  deinit {
    for memory in [parameters, inputs, targets, weights, outputs] { memory.deallocate() }
    options.deallocate()
  }

  private func fill() {
    let values = Values(workload)
    outputs.update(repeating: .nan)
    weights.update(repeating: 1)
    fillParameters()
    for t in 0..<ring * banks * frames {
      for (i, path) in paths.enumerated() {
        if !workload.isShared { inputs[t * paths.count + i] = values.input(t, path) }
        targets[t * paths.count + i] = values.target(t, path)
      }
      if workload.isShared { inputs[t] = values.input(t, 0) }
    }
  }

  private func fillParameters() {
    let values = Values(workload)
    parameters.update(repeating: 0)
    for row in 0..<banks * shape.parameterCount {
      let plane = row % shape.parameterCount
      for (i, path) in paths.enumerated() {
        parameters[row * planeStride + i] = values.parameter(plane, path)
      }
    }
  }

  // MARK: - Calls

  /// Calls are made ready, as a host in a hot loop has them: what is timed is the library.
  private func prepareCalls() throws(SinglePathError) {
    for index in 0..<ring * banks {
      let (bank, firstFrame) = (banks == 1 ? 0 : index, index * frames)
      if workload.isThroughC {
        let options = weights.isEmpty ? nil : options.baseAddress.map { $0 + index }
        options?.initialize(to: CCall.options(weights.from(firstFrame * paths.count), self))
        callsOfC.append(CCall(self, bank: bank, firstFrame: firstFrame, options))
      } else {
        calls.append(try arguments(bank: bank, firstFrame: firstFrame))
      }
    }
  }

  /// Makes so many calls.
  func call(times: Int) throws(SinglePathError) {
    if workload.operation == .empty {
      for _ in 0..<times { callNothing() }
      return
    }
    callsMade += times
    switch workload.engine {
    case .reference: for _ in 0..<times { callReference() }
    case .kernel, .c:
      if banks > 1 {
        for _ in 0..<times { callBanks() }
      } else {
        try callBank(times: times)
      }
    }
  }

  @inline(never)
  private func callNothing() { callsMade += 1 }

  private func callBank(times: Int) throws(SinglePathError) {
    // Accesses to what a class stores are checked, those to locals are not.
    let (calls, callsOfC, isThroughC) = (calls, callsOfC, workload.isThroughC)
    var (turn, diverged) = (turn, diverged)
    for _ in 0..<times {
      diverged =
        try isThroughC
        ? callsOfC[turn].run() : callKernel(calls[turn], threads: workload.threads)
      turn = turn + 1 == ring ? 0 : turn + 1
    }
    (self.turn, self.diverged) = (turn, diverged)
  }

  /// Calls all banks, on as many threads as the workload has.
  private func callBanks() {
    let (banks, threads) = (banks, workload.threads)
    if threads == 1 { return callBanks(0..<banks) }
    nonisolated(unsafe) let loaded = self
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      loaded.callBanks(banks * thread / threads..<banks * (thread + 1) / threads)
    }
  }

  private func callBanks(_ range: Range<Int>) {
    for bank in range {
      if workload.isThroughC {
        _ = callsOfC[bank].run()
        continue
      }
      do throws(SinglePathError) {
        _ = try callKernel(calls[bank], threads: 1)
      } catch {
        fatalError("the call of \(workload.name) is refused: \(error)")
      }
    }
  }

  /// What a call is given.
  private struct Arguments {
    let parameters: UnsafeParameters
    let samples: UnsafeSamples
    let inputs: UnsafeFrames
    let outputs: UnsafeMutableBufferPointer<Float>
  }

  private func arguments(bank: Int, firstFrame: Int) throws(SinglePathError) -> Arguments {
    let x =
      workload.isShared
      ? UnsafeFrames(shared: UnsafeBufferPointer(inputs.from(firstFrame)), frames: frames)
      : rows(of: inputs, from: firstFrame)
    return Arguments(
      parameters: UnsafeParameters(
        parameters.from(bank * shape.parameterCount * planeStride), shape: shape,
        count: paths.count, stride: planeStride),
      samples: try UnsafeSamples(
        inputs: x, targets: rows(of: targets, from: firstFrame), weights: weights(from: firstFrame)),
      inputs: x, outputs: outputs.from(bank * workload.outputRows * paths.count))
  }

  /// Returns how many paths diverged.
  private func callKernel(_ call: Arguments, threads: Int) throws(SinglePathError) -> Int {
    switch workload.operation {
    case .train:
      return try kernel.train(
        call.parameters, on: call.samples, rate: workload.rate, threads: threads
      ).divergedCount
    case .predict, .sigmoid:
      try kernel.predict(
        call.parameters, inputs: call.inputs, into: call.outputs, threads: threads)
    case .cost:
      try kernel.sumCosts(
        call.parameters, of: call.samples, into: call.outputs, threads: threads)
    case .fit:
      try kernel.fit(call.parameters, to: call.samples, into: call.outputs, threads: threads)
    case .descend: try descend(call)
    case .empty: break
    }
    return 0
  }

  /// Passes of a descent. η is held for a third of them, and falls to its hundredth in the others.
  static let epochsOfDescent = 4000

  private func descend(_ call: Arguments) throws(SinglePathError) {
    fillParameters()
    for epoch in 0..<Self.epochsOfDescent {
      let progress = Double(epoch) / Double(Self.epochsOfDescent)
      let rate = 0.4 * pow(0.01, max(0, progress - 1 / 3) * 1.5)
      _ = try kernel.train(call.parameters, on: call.samples, rate: Float(rate))
    }
  }

  /// The samples' weights, which are all 1.
  private func weights(from frame: Int) -> UnsafeFrames? {
    workload.variant == .weighted ? rows(of: weights, from: frame) : nil
  }

  private func rows(of memory: UnsafeMutableBufferPointer<Float>, from frame: Int) -> UnsafeFrames {
    UnsafeFrames(UnsafeBufferPointer(memory.from(frame * paths.count)), frames: frames)
  }
}

extension Workload {
  var isShared: Bool { variant == .shared || size.data != nil }

  /// Rows of outputs, one value a path.
  var outputRows: Int {
    switch operation {
    case .predict, .sigmoid: size.frames
    case .cost: 1
    case .fit: FitRow.count
    case .train, .descend, .empty: 0
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Memory that begins at a cache line, or at a huge page; the owner deallocates it.
  fileprivate static func aligned(count: Int, onHugePages: Bool) -> Self {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Swift.max(64, 4 * count), alignment: onHugePages ? 2 << 20 : 64)
    if onHugePages { mp_ask_for_huge_pages(memory.baseAddress, memory.count) }
    return Self(rebasing: memory.bindMemory(to: Float.self)[..<count])
  }

  /// The elements from a place on.
  fileprivate func from(_ index: Int) -> Self { Self(rebasing: self[Swift.min(index, count)...]) }

  func address(_ index: Int) -> UnsafeMutablePointer<Float>? {
    baseAddress.map { $0 + index }
  }
}
