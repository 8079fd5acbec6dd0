import SinglePathShims

/// One frame of a block, with every kind of missing sample made a target of NaN chunk by chunk.
struct SampleFrame {
  let x: Row
  let y: Row
  /// Nil where the samples have none; that of a missing sample means nothing.
  let weights: Row?
  /// The frame's number t.
  let number: UInt32

  @inline(__always)
  func advanced(by v: Int) -> Self {
    Self(
      x: x.advanced(by: v), y: y.advanced(by: v), weights: weights?.advanced(by: v),
      number: number)
  }
}

/// The samples of a block's paths: inputs, and for all but prediction targets, weights and lengths.
struct SampleRows<L: Lanes> {
  let call: UnsafePointer<sp_call>
  let block: Block<L>
  let workspace: Workspace<L>
  let lengths: UnsafePointer<UInt32>?

  @inline(__always)
  init(_ call: UnsafePointer<sp_call>, _ block: Block<L>, _ workspace: Workspace<L>) {
    self.call = call
    self.block = block
    self.workspace = workspace
    lengths = call.pointee.lengths.map { block.values($0, scratch: workspace.lengths) }
  }

  /// Whether samples are missing by their targets alone, and all count alike.
  @inline(__always)
  static func arePlain(_ call: UnsafePointer<sp_call>) -> Bool {
    call.pointee.weights == nil && call.pointee.lengths == nil
  }

  @inline(__always)
  func inputs(_ t: Int) -> Row {
    block.row(
      call.pointee.inputs + t &* call.pointee.input_stride, step: call.pointee.input_step,
      scratch: workspace.inputs, prefetchDistance: prefetchDistance(t, call.pointee.input_stride))
  }

  @inline(__always)
  func targets(_ t: Int) -> Row {
    block.row(
      call.pointee.targets + t &* call.pointee.target_stride, scratch: workspace.targets,
      prefetchDistance: prefetchDistance(t, call.pointee.target_stride))
  }

  @inline(__always)
  func frame(_ t: Int) -> SampleFrame {
    let weights = call.pointee.weights.map {
      block.row(
        $0 + t &* call.pointee.weight_stride, step: call.pointee.weight_step,
        scratch: workspace.weights,
        prefetchDistance: prefetchDistance(t, call.pointee.weight_stride))
    }
    return SampleFrame(
      x: inputs(t), y: targets(t), weights: weights, number: UInt32(clamping: t))
  }

  /// Where the samples lie that are read next: in the following row, or after the last one in the first
  /// row of the next block.
  @inline(__always)
  func prefetchDistance(_ t: Int, _ stride: Int) -> Int {
    t &+ 1 < Int(call.pointee.frames) ? stride : block.vectors &* L.width &- t &* stride
  }

  /// The targets of a chunk, NaN where a sample is missing for its weight or its path's length.
  ///
  /// - Parameter start: the chunk's first vector in the block.
  @inline(__always)
  func presentTargets(_ chunk: SampleFrame, from start: Int, vectors: Int) -> Row {
    if chunk.weights == nil && lengths == nil { return chunk.y }
    let present = workspace.presentTargets
    for v in 0..<vectors {
      var y: L = chunk.y.load(v)
      chunk.y.prefetch(v, L.self)
      if let weights = chunk.weights {
        weights.prefetch(v, L.self)
        y = y.wherePositive(weights.load(v), otherwise: L(repeating: .nan))
      }
      if let lengths {
        y = y.whereWithin(lengths + (start &+ v) &* L.width, chunk.number)
      }
      present.store(y, v)
    }
    return present
  }
}
