import SinglePathShims

/// One frame of a block, with every kind of missing sample made a target of NaN.
@usableFromInline
struct GeneralFrame {
  @usableFromInline let x: Row
  @usableFromInline let y: Row
  /// Nil where the samples have none; of a missing sample it means nothing.
  @usableFromInline let weights: Row?

  @inlinable @inline(__always)
  init(x: Row, y: Row, weights: Row?) {
    self.x = x
    self.y = y
    self.weights = weights
  }
}

/// The samples of a block's paths: inputs, and for all but prediction targets, weights and lengths.
@usableFromInline
struct GeneralSamples<Code: MachineCode> {
  @usableFromInline typealias L = Code.Vector

  @usableFromInline let call: sp_call
  @usableFromInline let block: Block<L>
  @usableFromInline let scratch: GeneralWorkspace<L>
  @usableFromInline let lengths: UnsafePointer<UInt32>?

  @inlinable @inline(__always)
  init(_ call: sp_call, _ block: Block<L>, _ scratch: GeneralWorkspace<L>) {
    self.call = call
    self.block = block
    self.scratch = scratch
    lengths = call.lengths.map { block.values($0, copy: scratch.lengths) }
  }

  @inlinable @inline(__always)
  func inputs(_ t: Int) -> Row {
    block.row(call.inputs + t &* call.input_stride, step: call.input_step, copy: scratch.inputs)
  }

  @inlinable @inline(__always)
  func frame(_ t: Int) -> GeneralFrame {
    let x = inputs(t)
    var y = block.row(call.targets + t &* call.target_stride, copy: scratch.targets)
    var weights: Row?
    if let host = call.weights {
      let row = block.row(
        host + t &* call.weight_stride, step: call.weight_step, copy: scratch.weights)
      weights = row
      for v in 0..<block.vectors {
        let present = (y.load(v) as L).wherePositive(
          row.load(v), otherwise: L(repeating: .nan))
        scratch.presentTargets.store(present, v)
      }
      y = scratch.presentTargets
    }
    if let lengths {
      let number = UInt32(clamping: t)
      for v in 0..<block.vectors {
        let present = (y.load(v) as L).whereWithin(lengths + v &* L.width, number)
        scratch.presentTargets.store(present, v)
      }
      y = scratch.presentTargets
    }
    return GeneralFrame(x: x, y: y, weights: weights)
  }
}
