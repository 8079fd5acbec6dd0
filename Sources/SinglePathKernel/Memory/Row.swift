import SinglePathShims

/// One value a path, of a run of vectors: vector v at `first + v * step`. A step of 0 is one vector
/// for all, of a value that the paths share.
struct Row {
  let first: UnsafeMutablePointer<Float>
  let step: Int
  /// How many elements ahead of a vector lies what will be read soon.
  let prefetchDistance: Int

  @inline(__always)
  init(_ first: UnsafeMutablePointer<Float>, step: Int, prefetchDistance: Int = 0) {
    self.first = first
    self.step = step
    self.prefetchDistance = prefetchDistance
  }

  /// A row that is read only.
  @inline(__always)
  init(_ first: UnsafePointer<Float>, step: Int, prefetchDistance: Int = 0) {
    self.init(UnsafeMutablePointer(mutating: first), step: step, prefetchDistance: prefetchDistance)
  }

  @inline(__always)
  func load<L: Lanes>(_ v: Int) -> L { L.load(first + v &* step) }

  @inline(__always)
  func store<L: Lanes>(_ value: L, _ v: Int) { value.store(first + v &* step) }

  /// Asks for the lines of memory of 64 bytes that hold the vector ahead.
  @inline(__always)
  func prefetch<L: Lanes>(_ v: Int, _: L.Type) {
    let vector = first + (v &* step &+ prefetchDistance)
    for line in 0..<max(1, L.width / 16) { sp_prefetch(vector + 16 &* line) }
  }

  /// The same row from vector v on.
  @inline(__always)
  func advanced(by v: Int) -> Row {
    Row(first + v &* step, step: step, prefetchDistance: prefetchDistance)
  }
}

/// Several values a path, of a run of vectors: plane p of vector v at
/// `base + p * planeStride + v * step`.
///
/// Of parameters, plane l − 1 holds θ⁽ˡ⁾ and plane L + l − 1 holds b⁽ˡ⁾; of activations, plane l − 2
/// holds a⁽ˡ⁾.
struct Planes {
  let base: UnsafeMutablePointer<Float>
  let planeStride: Int
  let step: Int

  @inline(__always)
  init(_ base: UnsafeMutablePointer<Float>, planeStride: Int, step: Int) {
    self.base = base
    self.planeStride = planeStride
    self.step = step
  }

  @inline(__always)
  subscript(p: Int) -> Row { Row(base + p &* planeStride, step: step) }

  /// The same planes from vector v on.
  @inline(__always)
  func advanced(by v: Int) -> Planes {
    Planes(base + v &* step, planeStride: planeStride, step: step)
  }
}
