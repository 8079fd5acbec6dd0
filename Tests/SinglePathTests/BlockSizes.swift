import SinglePath
import SinglePathShims

@testable import SinglePathKernel

extension CallKind {
  /// How many paths fill a block of each operation, in order.
  func blockSizes(of set: InstructionSet) throws -> [Int] {
    switch set {
    case .baseline, .neon: try blockSizes(SIMD4<Float>.self)
    case .avx2: try blockSizes(Pair<SIMD8<Float>>.self)
    case .avx512: try blockSizes(Pair<SIMD16<Float>>.self)
    }
  }

  /// The same with these vectors.
  func blockSizes<L: Lanes>(_: L.Type) throws -> [Int] {
    let lent = try LentFixture(fixture(count: 1, frames: 1))
    var sizes: Set<Int> = []
    try withUnsafeTemporaryAllocation(byteCount: Int(SP_WORKSPACE_BYTES), alignment: 64) { memory in
      guard let memory = memory.baseAddress else { return }
      for operation in [SP_TRAIN, SP_PREDICT, SP_COST, SP_EXAMINE] {
        var call = try lent.call(operation)
        for hasRows in [false, true] {
          let workspace = Workspace<L>(memory, of: &call, hasRows: hasRows)
          sizes.insert(workspace.blockVectors * L.width)
        }
      }
    }
    return sizes.sorted()
  }
}
