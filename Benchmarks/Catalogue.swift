import SinglePath

/// Every row there is on this machine.
enum Catalogue {
  static let best = Workload.Engine.kernel(Kernel().instructionSet)
  /// The best of the machine through the calls of the C header, which take no other.
  static let bestThroughC = Workload.Engine.c(Kernel().instructionSet)
  private static let engines = InstructionSet.available.map(Workload.Engine.kernel)

  /// The rows in the order of the table.
  static var all: [Workload] {
    var seen: Set<Workload> = []
    let groups = [
      [Workload(operation: .empty, engine: best)],
      sigmoid, depths, tables, activations, instructionSets, variants, large, small, sizes,
      throughC, fits, reference,
    ]
    return groups.joined().filter { seen.insert($0).inserted }
  }

  private static var sigmoid: [Workload] {
    engines.map { Workload(operation: .sigmoid, depth: 2, engine: $0) }
  }

  private static var depths: [Workload] {
    [Workload.Operation.train, .predict, .cost].flatMap { operation in
      [false, true].flatMap { hasBiases in
        PathShape.depths.map {
          Workload(operation: operation, depth: $0, hasBiases: hasBiases, engine: best)
        }
      }
    }
  }

  /// The other form of the sigmoid.
  private static var tables: [Workload] {
    let shapes = PathShape.depths.map { Workload(depth: $0, engine: best) }
    let operations = [Workload.Operation.predict, .cost].map {
      Workload(operation: $0, engine: best)
    }
    let sizes = [Size.stream, .live, .tiles, .small, .smallest].map {
      Workload(size: $0, engine: best)
    }
    let variants = [Workload.Variant.saturated, .diverging].map {
      Workload(engine: best, variant: $0)
    }
    let sets = engines.flatMap { engine in
      [Workload(engine: engine), Workload(operation: .sigmoid, depth: 2, engine: engine)]
    }
    return (shapes + operations + sizes + variants + sets).map { $0.with(.table) }
  }

  /// The other hidden units.
  private static var activations: [Workload] {
    HiddenActivation.allCases.flatMap { hidden in
      engines.map { Workload(hidden: hidden, engine: $0) }
        + [Workload(operation: .predict, hidden: hidden, engine: best)]
    }
  }

  private static var instructionSets: [Workload] {
    engines.flatMap { engine in
      [Workload.Operation.train, .predict, .cost].flatMap { operation in
        [false, true].map { Workload(operation: operation, hasBiases: $0, engine: engine) }
      }
    }
  }

  private static var variants: [Workload] {
    [Workload.Variant.shared, .missing, .saturated, .diverging, .weighted, .threads2].flatMap {
      variant in
      engines.map { Workload(engine: $0, variant: variant) }
    }
  }

  private static var large: [Workload] {
    [Size.stream, .live, .tiles].flatMap { size in
      let calls =
        [nil, .shared, .hugepages, .threads2].map {
          Workload(size: size, engine: best, variant: $0)
        }
        + [Workload.Operation.predict, .cost].map {
          Workload(operation: $0, size: size, engine: best)
        }
      return calls + engines.map { Workload(size: size, engine: $0) }
    }
  }

  private static var small: [Workload] {
    [Size.small, .smallest].flatMap { size in
      engines.map { Workload(size: size, engine: $0) }
        + [Workload.Operation.predict, .cost].map {
          Workload(operation: $0, size: size, engine: best)
        }
    }
  }

  /// One path to a million, and counts that are no multiple of anything.
  private static var sizes: [Workload] {
    let steps = [1, 4, 16, 256, 1024, 16384, 65536].map { Size.plain($0, 64) }
    let all = steps + [.plain(1 << 18, 32), .plain(4097, 64), .plain(4111, 64)]
    return all.flatMap { size in engines.map { Workload(size: size, engine: $0) } }
  }

  private static var throughC: [Workload] {
    let sizes = [Size.l2, .stream, .live, .tiles, .small, .smallest]
    let training = sizes.map { Workload(size: $0, engine: bestThroughC) }
    let others = [Size.l2, .small, .smallest].flatMap { size in
      [Workload.Operation.predict, .cost].map {
        Workload(operation: $0, size: size, engine: bestThroughC)
      }
    }
    let fit = Workload(
      operation: .fit, size: .assay25, depth: 2, hasBiases: true, engine: bestThroughC)
    return training + others + [Workload(engine: bestThroughC, variant: .weighted), fit]
  }

  /// Curves by least squares, and by descent.
  private static var fits: [Workload] {
    let logistic = [Size.assay25, .dose8, .long100, .noise25].flatMap { size in
      engines.map { Workload(operation: .fit, size: size, depth: 2, hasBiases: true, engine: $0) }
    }
    let others = engines.flatMap { engine in
      [(Size.assay25Deep, 3), (.platt200, 1)].map { size, depth in
        Workload(operation: .fit, size: size, depth: depth, hasBiases: true, engine: engine)
      }
    }
    let threads = Workload(
      operation: .fit, size: .assay25, depth: 2, hasBiases: true, engine: best, variant: .threads2)
    let descent = Workload(
      operation: .descend, size: .assay25Descended, depth: 2, hasBiases: true, engine: best)
    return logistic + others + [threads, descent]
  }

  private static var reference: [Workload] {
    [Workload.Operation.train, .predict, .cost].map {
      Workload(operation: $0, size: .plain(16, 64), engine: .reference)
    }
  }
}

extension Workload {
  /// The same with sigmoids by another method.
  func with(_ method: SigmoidMethod) -> Workload {
    var workload = self
    workload.hidden = .sigmoid(method)
    return workload
  }
}
