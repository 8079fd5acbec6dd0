import SinglePathShims

/// The stored fields of a fit, at the head of its scratch memory.
struct FitMemory<Model: FitModel>: BitwiseCopyable {
  typealias L = Model.L
  var tail: TailCopies<L>
  /// The tail's parameters.
  var planes: Model.PerParameter
  var scale: SampleStandardization<L>
  var state: FitState<L>
  var best: FitBest<L>
  var errors: Model.PerParameter
  var model: Model.Memory
}

/// Copies of what a tail reads and writes, or of a value that all paths share.
struct TailCopies<L: Lanes>: BitwiseCopyable {
  var inputs: L
  var targets: L
  var weights: L
  var outputs: L
  /// One number a lane of 32, 16 and 8 bits.
  var lengths: L
  var frozen: L
  var verdicts: L
}

/// The best of all attempts.
struct FitBest<L: Lanes>: BitwiseCopyable {
  var cost: L
  var verdict: L
  /// Sum over all attempts.
  var passes: L
}

/// The scratch memory of a fit: the stored fields, the model's arrays, whose lengths depend on the shape, and as
/// many samples as fit.
struct FitWorkspace<Model: FitModel> {
  typealias L = Model.L

  let head: UnsafeMutablePointer<FitMemory<Model>>
  let samples: UnsafeMutablePointer<Float>
  let end: UnsafeMutablePointer<Float>

  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, _ call: UnsafePointer<sp_call>) {
    head = memory.assumingMemoryBound(to: FitMemory<Model>.self)
    let arrays = (head + 1).floats
    samples = arrays + Model.arrayVectors(call) &* L.width
    end = (memory + Model.workspaceBytes).assumingMemoryBound(to: Float.self)
  }

  /// The model's arrays.
  @inline(__always)
  var arrays: UnsafeMutablePointer<L> {
    UnsafeMutableRawPointer(head + 1).assumingMemoryBound(to: L.self)
  }

  @inline(__always)
  var model: UnsafeMutablePointer<Model.Memory> { address(of: &head.pointee.model) }
  @inline(__always)
  var scale: UnsafeMutablePointer<SampleStandardization<L>> { address(of: &head.pointee.scale) }
  @inline(__always)
  var state: UnsafeMutablePointer<FitState<L>> { address(of: &head.pointee.state) }
  @inline(__always)
  var errors: UnsafeMutablePointer<L> { vectors(in: &head.pointee.errors) }
  @inline(__always)
  var tailPlanes: Planes {
    Planes(address(of: &head.pointee.planes).floats, planeStride: L.width, step: 0)
  }
}

/// Fixed numbers of values, side by side.
struct Four<Value: BitwiseCopyable>: BitwiseCopyable {
  var values: (Value, Value, Value, Value)
}
struct Eight<Value: BitwiseCopyable>: BitwiseCopyable {
  var values: (Four<Value>, Four<Value>)
}
struct Sixteen<Value: BitwiseCopyable>: BitwiseCopyable {
  var values: (Eight<Value>, Eight<Value>)
}

/// The address of a stored field of the scratch memory, which stays in its place.
@inline(__always)
func address<Field>(of field: UnsafeMutablePointer<Field>) -> UnsafeMutablePointer<Field> { field }

/// The same for an array of vectors.
@inline(__always)
func vectors<Array, L: Lanes>(in array: UnsafeMutablePointer<Array>) -> UnsafeMutablePointer<L> {
  UnsafeMutableRawPointer(array).assumingMemoryBound(to: L.self)
}

extension UnsafeMutablePointer {
  /// The same memory, float by float.
  @inline(__always)
  var floats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Float.self)
  }

  /// The same memory, element by element.
  @inline(__always)
  func elements<Value>(_: Value.Type) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: Value.self)
  }
}
