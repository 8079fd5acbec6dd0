import SinglePath

/// A number from two workloads whose batches were interleaved, so that drift of the machine cancels.
struct Ratio {
  let title: String
  let first: Workload
  let second: Workload
  let unit: String
  /// From the seconds of a call of each.
  let value: (_ first: Double, _ second: Double) -> Double

  /// The time of a step of the first over that of the second.
  init(_ title: String, _ first: Workload, _ second: Workload) {
    self.init(title, first, second, unit: "×") { a, b in
      a / Double(first.steps) / (b / Double(second.steps))
    }
  }

  init(
    _ title: String, _ first: Workload, _ second: Workload, unit: String,
    value: @escaping (_ first: Double, _ second: Double) -> Double
  ) {
    self.title = title
    self.first = first
    self.second = second
    self.unit = unit
    self.value = value
  }

  /// One value for each pair of batches, of those pairs that were least disturbed.
  func measure(_ runner: Runner) throws -> MeasuredRatio {
    let measured = try runner.inTurns([first, second])
    let pairs = Array(zip(measured[0].batches, measured[1].batches))
    let kept = pairs.leastDisturbed(atLeast: runner.effort.leastBatches) {
      min($0.processorShare, $1.processorShare)
    }
    let spread = Spread(kept.map { value($0.secondsPerCall, $1.secondsPerCall) })
    return MeasuredRatio(
      title: title, unit: unit, median: spread.median, low: spread.low, high: spread.high)
  }
}

extension Ratio {
  /// The ratios there are on this machine.
  static func all(on machine: Machine) -> [Ratio] {
    shapes + samples + threads + counts + instructionSets + faces
      + [Catalogue.best, Catalogue.bestThroughC].map(callOverhead) + largeBanks
      + bandwidths(machine)
  }

  private static func best(_ change: (inout Workload) -> Void = { _ in }) -> Workload {
    var workload = Workload(engine: Catalogue.best)
    change(&workload)
    return workload
  }

  private static var shapes: [Ratio] {
    let deep = best { $0.depth = 8 }
    return [
      Ratio("time per layer, depth 8 against depth 3", deep, best(), unit: "×") { a, b in
        a / 8 / (b / 3)
      },
      Ratio("time, biases against none", best { $0.hasBiases = true }, best()),
      Ratio("speed, table against polynomial", best(), best().with(.table)),
    ]
  }

  private static var samples: [Ratio] {
    [
      Ratio("time, missing samples against complete", best { $0.variant = .missing }, best()),
      Ratio("time, saturated against ordinary", best { $0.variant = .saturated }, best()),
      Ratio("time, diverging against ordinary", best { $0.variant = .diverging }, best()),
      Ratio("time, shared inputs against one a path", best { $0.variant = .shared }, best()),
    ]
  }

  private static var threads: [Ratio] {
    [Size.l2, .stream, .live, .tiles].map { size in
      let two = best {
        $0.size = size
        $0.variant = .threads2
      }
      return Ratio("speed, 2 threads against 1, \(size.name)", best { $0.size = size }, two)
    }
  }

  private static var counts: [Ratio] {
    [4097, 4111].map { count in
      Ratio(
        "time per path, \(count) against 4096", best { $0.size = .plain(count, 64) }, best())
    }
  }

  private static var instructionSets: [Ratio] {
    let sets = InstructionSet.available
    return zip(sets, sets.dropFirst()).map { slow, fast in
      Ratio(
        "speed, \(fast.rawValue) against \(slow.rawValue)", best { $0.engine = .kernel(slow) },
        best { $0.engine = .kernel(fast) })
    }
  }

  /// Where the faces are compared: what a call costs shows in short ones.
  static let facesCompared = [Size.smallest, .small, .l2, .live]

  static func titleOfFaces(_ size: Size) -> String {
    "speed, C face against Swift face, \(size.name)"
  }

  /// What a host gets that calls the C header, of what one gets that calls the Swift face.
  private static var faces: [Ratio] {
    facesCompared.map { size in
      let swift = best { $0.size = size }
      let c = best {
        $0.size = size
        $0.engine = Catalogue.bestThroughC
      }
      return Ratio(titleOfFaces(size), swift, c)
    }
  }

  /// What a call of 64 paths and one frame takes beyond one frame's share of a longer call.
  private static func callOverhead(_ engine: Workload.Engine) -> Ratio {
    let (one, all) = (
      Workload(size: .smallest, engine: engine), Workload(size: .small, engine: engine)
    )
    let face = one.isThroughC ? "C face" : "Swift face"
    return Ratio(
      "call overhead of \(one.size.name) above its work, \(face)", one, all, unit: "ns"
    ) { one, all in
      1e9 * (one - (all - one) / Double(Size.small.frames - 1))
    }
  }

  private static var largeBanks: [Ratio] {
    [Size.stream, .live].flatMap { size in
      [Workload.Variant?.none, .hugepages].map { variant in
        let large = best {
          $0.size = size
          $0.variant = variant
        }
        let title = variant == nil ? size.name : "\(size.name) on huge pages"
        return Ratio("speed, \(title) against L2", best(), large)
      }
    }
  }

  private static func bandwidths(_ machine: Machine) -> [Ratio] {
    [Size.stream, .live].compactMap { size in
      let workload = best { $0.size = size }
      let levels = machine.levels(under: workload)
      guard let slowest = levels.max(by: { $0.seconds < $1.seconds }) else { return nil }
      return Ratio(
        "share of the bandwidth of \(slowest.name), \(size.name)", workload, workload, unit: "×"
      ) { a, b in
        slowest.seconds * Double(workload.steps) / ((a + b) / 2)
      }
    }
  }
}
