import SinglePath
import SinglePathShims
import Testing

@testable import SinglePathKernel

@Suite("The scratch memory of a call")
struct WorkspaceTests {
  static let bytes = Int(SP_WORKSPACE_BYTES)
  static let operations = [SP_TRAIN, SP_PREDICT, SP_COST, SP_EXAMINE]

  /// Calls of every shape, of the derivation or with rules, which need the most.
  private func forEachCall(_ body: (_ call: UnsafePointer<sp_call>, String) -> Void) {
    var bound: Float = 0
    withUnsafePointer(to: &bound) { bound in
      for (depth, biases) in shapes {
        for operation in Self.operations {
          for hasRules in [false, true] {
            var call = sp_call()
            call.operation = UInt8(operation)
            call.depth = UInt8(depth)
            call.has_biases = biases ? 1 : 0
            call.batch = hasRules ? 2 : 1
            call.wants_gradient = hasRules ? 1 : 0
            call.lower = hasRules ? bound : nil
            call.upper = call.lower
            body(&call, "operation \(operation), depth \(depth), \(biases), rules \(hasRules)")
          }
        }
      }
    }
  }

  private func holdsAVector<L: Lanes>(_: L.Type) {
    withUnsafeTemporaryAllocation(byteCount: Self.bytes, alignment: 64) { memory in
      guard let base = memory.baseAddress else { return }
      forEachCall { call, name in
        for hasRows in [false, true] {
          let workspace = Workspace<L>(base, of: call, hasRows: hasRows)
          #expect(workspace.chunkVectors >= 1, "\(name), \(L.width) lanes")
          #expect(workspace.blockVectors >= 1, "\(name), \(L.width) lanes")
          let slots =
            workspace.firstOfBlock + workspace.blockVectors * workspace.slotsOfBlockVector
          #expect(slots * 4 * L.width <= Self.bytes, "\(name), \(L.width) lanes")
        }
      }
    }
  }

  /// Of each instruction set, what it trains and evaluates on.
  @Test func everyCallHoldsAVector() {
    holdsAVector(SIMD4<Float>.self)
    holdsAVector(Pair<SIMD8<Float>>.self)
    holdsAVector(Pair<SIMD16<Float>>.self)
  }

  private func holdsASample<Code: InstructionSetTarget, L: Lanes>(_: Code.Type, curves: L.Type) {
    withUnsafeTemporaryAllocation(byteCount: Self.bytes, alignment: 64) { memory in
      guard let base = memory.baseAddress else { return }
      var weight: Float = 1
      withUnsafePointer(to: &weight) { weight in
        for isWeighted in [false, true] {
          var call = sp_call()
          call.weights = isWeighted ? weight : nil
          let workspace = CurveFit<Code, L>(&call, base).workspace
          #expect(workspace.capacity >= 1, "a curve by \(L.width) lanes, weights \(isWeighted)")
        }
      }
      // Vectors with more lanes leave these fits to others, see `InstructionSetTarget.fitPaths`.
      guard Code.Single.width <= 8 else { return }
      for depth in PathShape.depths {
        let workspace = PathWorkspace<Code.Single>(
          base, isWeighted: true, depth: depth, freeCount: 2 * depth)
        #expect(workspace.common.capacity >= 1, "depth \(depth) by \(Code.Single.width) lanes")
      }
    }
  }

  @Test func everyFitHoldsASample() {
    holdsASample(Target<SIMD4<Float>, SIMD4<Float>>.self, curves: SIMD4<Float>.self)
    holdsASample(
      Target<Pair<SIMD8<Float>>, SIMD8<Float>>.self, curves: Pair<SIMD8<Float>>.self)
    holdsASample(Target<Pair<SIMD16<Float>>, SIMD16<Float>>.self, curves: SIMD16<Float>.self)
  }
}

/// The vectors of an instruction set.
private enum Target<Vector: Lanes, Single: Lanes>: InstructionSetTarget {
  static var hasConstantDepths: Bool { false }
  static func fitPaths(_: UnsafePointer<sp_call>, _: UnsafeMutableRawPointer) -> Int { 0 }
}
