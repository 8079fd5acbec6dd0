import CommandLineSupport
import MachineProbes
import SinglePath
import Testing

@testable import benchmarks

@Suite("The workloads of the benchmarks")
struct WorkloadTests {
  @Test("Every row has a name of its own")
  func names() {
    let names = Catalogue.all.map(\.name)
    #expect(Set(names).count == names.count)
    let set = Kernel().instructionSet.rawValue
    #expect(names.contains("train/L2/depth3/nobias/polynomial/\(set)"))
    #expect(names.contains("train/stream/depth3/nobias/polynomial/\(set)/threads2"))
    for size in ["small64x1", "small64x64", "L2", "stream", "live", "tiles"] {
      #expect(names.contains("c/train/\(size)/depth3/nobias/polynomial/\(set)"))
    }
  }

  @Test("A training step of depth 3 needs 25 multiplications and fused multiply-adds")
  func fmaOperations() {
    func count(_ operation: Workload.Operation, _ depth: Int) -> Int {
      Workload(operation: operation, depth: depth, engine: Catalogue.best).fmaOperations
    }
    #expect(count(.train, 1) == 3)
    #expect(count(.train, 3) == 25)
    #expect(count(.predict, 3) == 15)
    #expect(count(.cost, 3) == 17)
    #expect(Workload(engine: Catalogue.best).with(.table).fmaOperations == 23)
  }

  @Test("The bound is the slowest of ports, divider and bandwidth")
  func bounds() {
    #expect(bound(fma: 1, divide: 10, memory: 1e9).name == "ports")
    #expect(bound(fma: 1, divide: 0.01, memory: 1e9).name == "divider")
    #expect(bound(fma: 1, divide: 10, memory: 1e-9).name == "bandwidth of memory")
    // Two divisions for each vector, a hundred seconds each.
    let lanes = Double(Workload(engine: Catalogue.best).width)
    #expect(bound(fma: 1, divide: 0.01, memory: 1e9).seconds == 200 / lanes)
  }

  private func bound(fma: Double, divide: Double, memory: Double) -> Bound {
    let machine = Machine(
      model: "", cores: 1, clockHertz: 1, instructionSets: [],
      widths: [4, 8, 16].map {
        Machine.Width(lanes: $0, fmaPerSecond: fma, divisionsPerSecond: divide)
      },
      levels: [
        Machine.Level(
          name: "memory", bytes: nil,
          bandwidths: [
            Machine.Bandwidth(
              threads: 1, readBytesPerSecond: memory, updateBytesPerSecond: memory)
          ])
      ])
    return Bound(of: Workload(engine: Catalogue.best), on: machine)
  }
}

@Suite("The proof that timed calls did their work")
struct ProofTests {
  static let workloads: [Workload] = {
    let size = Size(name: "test", paths: 70, frames: 5, ring: 3)
    let tiles = Size(name: "tiles", paths: 70, frames: 5, banks: 3)
    let operations: [Workload.Operation] = [.train, .predict, .cost]
    let variants: [Workload.Variant?] = [
      nil, .shared, .missing, .saturated, .diverging, .hugepages, .threads2,
    ]
    return operations.flatMap { operation in
      [1, 3, 8].flatMap { depth in
        [size, tiles].flatMap { size in
          [Catalogue.best, Catalogue.bestThroughC].map {
            Workload(
              operation: operation, size: size, depth: depth, hasBiases: depth == 3, engine: $0)
          }
        }
      }
    }
      + HiddenActivation.allCases.map {
        Workload(size: size, hidden: $0, engine: Catalogue.bestThroughC)
      }
      + [Workload.Variant.shared, .diverging, .weighted].map {
        Workload(size: size, engine: Catalogue.bestThroughC, variant: $0).with(.table)
      }
      + variants.flatMap { variant in
        SigmoidMethod.allCases.map {
          Workload(size: size, engine: Catalogue.best, variant: variant).with($0)
        }
      }
  }()

  @Test("It accepts what the kernel did", arguments: workloads)
  func accepts(workload: Workload) throws {
    for calls in [1, 7] {
      let loaded = try LoadedWorkload(workload)
      try loaded.call(times: calls)
      try Proof(loaded).check()
    }
  }

  @Test("It refuses one wrong bit of the first and of the last path", arguments: workloads)
  func refuses(workload: Workload) throws {
    for path in [0, 69] {
      let loaded = try LoadedWorkload(workload)
      try loaded.call(times: 3)
      let results = workload.operation == .train ? loaded.parameters : loaded.outputs
      results[path] = Float(bitPattern: results[path].bitPattern ^ 1)
      #expect(throws: Failure.self) { try Proof(loaded).check() }
    }
  }

  @Test("It refuses calls that were not made", arguments: workloads.prefix(2))
  func refusesNothingDone(workload: Workload) throws {
    #expect(throws: Failure.self) { try Proof(try LoadedWorkload(workload)).check() }
  }
}

@Suite("The count of allocations")
struct AllocationTests {
  @Test("A request for memory is counted", .enabled(if: mp_allocations() >= 0))
  func counted() {
    let before = mp_allocations()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 64)
    let after = mp_allocations()
    memory.deallocate()
    #expect(after > before)
  }
}
