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

  private func holdsASample<Model: FitModel>(_ call: sp_call, _: Model.Type) {
    var call = call
    withUnsafeTemporaryAllocation(byteCount: Int(SP_FIT_WORKSPACE_BYTES), alignment: 64) { memory in
      guard let base = memory.baseAddress else { return }
      let workspace = FitWorkspace<Model>(base, &call)
      let block = Block<Model.L>(from: 0, count: 1, vectors: 1)
      let samples = SamplePanels<Model.Code, Model.L>(&call, workspace, block)
      #expect(samples.capacity >= 1, "depth \(call.depth) by \(Model.L.width) lanes")
    }
  }

  private func everyFitHoldsASample<Code: InstructionSetTarget, L: Lanes>(
    _: Code.Type, curves: L.Type
  ) {
    var weight: Float = 1
    withUnsafePointer(to: &weight) { weight in
      for weights in [nil, weight] {
        for (depth, biases) in shapes {
          var call = sp_call()
          call.depth = UInt8(depth)
          call.has_biases = biases ? 1 : 0
          call.weights = weights
          holdsASample(call, ChainModel<Code>.self)
          holdsASample(call, LogisticModel<Code, L>.self)
        }
      }
    }
  }

  @Test func everyFitHoldsASample() {
    everyFitHoldsASample(Target<SIMD4<Float>, SIMD4<Float>>.self, curves: SIMD4<Float>.self)
    everyFitHoldsASample(
      Target<Pair<SIMD8<Float>>, SIMD8<Float>>.self, curves: Pair<SIMD8<Float>>.self)
    everyFitHoldsASample(
      Target<Pair<SIMD16<Float>>, SIMD16<Float>>.self, curves: SIMD16<Float>.self)
  }
}

/// The vectors of an instruction set.
private enum Target<Vector: Lanes, Single: Lanes>: InstructionSetTarget {
  static var hasConstantDepths: Bool { false }
}
