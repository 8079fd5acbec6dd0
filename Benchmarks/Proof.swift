import CommandLineSupport
import SinglePath
import SinglePathReference

/// Proves that the timed calls did their work.
///
/// A few paths are made again as they were, and called through the Swift face. One call must bring them
/// within the kernel's error of the reference; as many calls as were timed must bring them to the same
/// bits as the timed paths, whichever face those were called through.
struct Proof {
  private let timed: LoadedWorkload
  private let workload: Workload

  init(_ timed: LoadedWorkload) {
    self.timed = timed
    workload = timed.workload
  }

  /// - Throws: `Failure.result` that names the row and the first path that is wrong.
  func check() throws {
    guard timed.callsMade > 0 else { throw Failure.result("\(workload.name): nothing was called") }
    guard workload.operation != .empty, workload.engine != .reference else { return }
    for sample in samples { try check(sample) }
  }

  /// The first, the middle and the last paths, which need not fill a vector.
  private var samples: [Range<Int>] {
    let (count, width) = (workload.size.paths, 16)
    if count <= 3 * width { return [0..<count] }
    return [0, count / 2, count - width].map { $0..<$0 + width }
  }

  private func check(_ sample: Range<Int>) throws {
    let again = try LoadedWorkload(workload.throughSwift, sample: sample)
    try again.call(times: 1)
    // Every call finds the curves anew; how good they are, `FitQuality` says.
    if workload.findsCurves {
      for i in 0..<sample.count { try compareBits(again, i) }
      return
    }
    for i in sample.indices { try compareWithReference(again, i - sample.lowerBound) }
    try again.call(times: timed.callsMade - 1)
    for i in 0..<sample.count { try compareBits(again, i) }
  }

  private func compareBits(_ again: LoadedWorkload, _ i: Int) throws {
    let path = again.paths.lowerBound + i
    for plane in 0..<workload.parameterCount {
      let (a, b) = (plane * timed.planeStride + path, plane * again.planeStride + i)
      guard timed.parameters[a].bitPattern == again.parameters[b].bitPattern else {
        throw wrong(path, timed.parameters[a], Double(again.parameters[b]), "parameter \(plane)")
      }
    }
    for row in 0..<workload.outputRows {
      let (a, b) = (row * timed.paths.count + path, row * again.paths.count + i)
      guard timed.outputs[a].bitPattern == again.outputs[b].bitPattern else {
        throw wrong(path, timed.outputs[a], Double(again.outputs[b]), "output \(row)")
      }
    }
  }

  // MARK: - The reference

  private func compareWithReference(_ again: LoadedWorkload, _ i: Int) throws {
    let path = again.paths.lowerBound + i
    let expected =
      workload.operation == .train ? trained(again, i) : evaluated(again, i)
    for (row, value) in expected.enumerated() {
      let got =
        workload.operation == .train
        ? again.parameters[row * again.planeStride + i] : again.outputs[row * again.paths.count + i]
      guard abs(Double(got) - value.expected) <= value.error else {
        throw wrong(path, got, value.expected, "row \(row), the error allowed is \(value.error)")
      }
    }
    guard workload.variant != .diverging || again.diverged == again.paths.count else {
      throw Failure.result("\(workload.name): \(again.diverged) of \(again.paths.count) diverged")
    }
  }

  private typealias Value = (expected: Double, error: Double)

  /// Each step rounds a parameter and adds η ≤ 1 times a gradient, at most depth factors of which
  /// carry a hidden unit's error, or the roundings of one that has none.
  private func trained(_ again: LoadedWorkload, _ i: Int) -> [Value] {
    let before = workload.referencePath(again.paths.lowerBound + i)
    var path = before
    for (x, y) in samples(again, i) { path.train(x: x, y: y, rate: Double(workload.rate)) }
    if workload.variant == .diverging { path = before }
    let all = Array(path.weights) + Array(path.biases ?? Numbered([], from: 1))
    let scale = all.reduce(1) { max($0, abs($1)) }
    let error =
      workload.variant == .diverging
      ? 0 : Double(workload.size.frames * workload.depth) * unitError * scale
    return all.map { ($0, error) }
  }

  private func evaluated(_ again: LoadedWorkload, _ i: Int) -> [Value] {
    let path = workload.referencePath(again.paths.lowerBound + i)
    var cost: Value = (0, 0)
    var predictions: [Value] = []
    for (x, y) in samples(again, i) {
      let prediction = (expected: path.predict(x), error: predictionError(path, x))
      predictions.append(prediction)
      guard !y.isNaN else { continue }
      // (7): J moves by the prediction's error times ŷ − y; three roundings, then that of the sum.
      let J = path.cost(x: x, y: y)
      cost.expected += J
      cost.error += prediction.error * (abs(prediction.expected - y) + prediction.error)
      cost.error += 0x1p-22 * J + 0x1p-24 * cost.expected
    }
    return workload.operation == .cost ? [cost] : predictions
  }

  /// The error of a hidden unit; two roundings are allowed to one that has hardly any.
  private var unitError: Double { max(workload.hidden.maximumError, 0x1p-23) }

  /// The error of ŷ: each layer rounds z, passes on the error before it, with a slope of at most 1 (σ′ at
  /// most ¼), and adds the hidden unit's own.
  private func predictionError(_ path: ReferencePath, _ x: Double) -> Double {
    let trace = path.forward(x)
    var error = 0.0
    for l in 1...path.depth {
      let size = abs(path.weights[l] * trace.a[l]) + abs(path.biases?[l] ?? 0)
      error = error * abs(path.weights[l]) + 0x1p-23 * size
      guard l < path.depth else { break }
      error = workload.hidden.sigmoidMethod != nil ? error / 4 : error
      error += unitError * max(1, abs(trace.a[l + 1]))
    }
    return error
  }

  private func samples(_ again: LoadedWorkload, _ i: Int) -> [(x: Double, y: Double)] {
    let count = again.paths.count
    return (0..<workload.size.frames).map { t in
      let x = again.inputs[workload.isShared ? t : t * count + i]
      return (Double(x), Double(again.targets[t * count + i]))
    }
  }

  private func wrong(_ path: Int, _ got: Float, _ expected: Double, _ place: String) -> Failure {
    .result("\(workload.name): path \(path) has \(got) instead of \(expected) in \(place)")
  }
}
