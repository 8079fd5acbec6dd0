/// The row of the Jacobian: the backward pass that begins with 1 in the place of the output's error signal
/// finds ∂z⁽ᴸ⁺¹⁾/∂θ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ a⁽ˡ⁾ and ∂z⁽ᴸ⁺¹⁾/∂b⁽ˡ⁾ = δ⁽ˡ⁺¹⁾, as in (9)–(11).
///
/// In the place of a⁽ˡ⁾ stands a⁽ˡ⁾ − c⁽ˡ⁾ with a centre c⁽ˡ⁾, which keeps the columns of θ⁽ˡ⁾ and b⁽ˡ⁾ apart:
/// the parameters of such a row are θ⁽ˡ⁾ and b⁽ˡ⁾ + c⁽ˡ⁾ θ⁽ˡ⁾.
struct JacobianSink<Vector: Lanes>: PlaneSink {
  let rows: Planes
  let depth: Int
  let centres: UnsafePointer<Vector>
  /// A mask for each lane of the parameters that stay as they are, whose entries are 0; nil if all are free.
  let frozen: UnsafePointer<UInt16>?

  @inline(__always)
  init(
    to rows: Planes, depth: Int, centres: UnsafePointer<Vector>, frozen: UnsafePointer<UInt16>?
  ) {
    self.rows = rows
    self.depth = depth
    self.centres = centres
    self.frozen = frozen
  }

  @inline(__always)
  func accept(_ update: Update<Vector>, _ p: Int, _ v: Int, _ pending: inout Void) {
    var entry = p < depth ? update.step * (update.input - centres[p]) : update.step
    if let frozen {
      let mask = Vector.mask(frozen, bit: Int32(truncatingIfNeeded: p))
      entry = entry.wherePresent(mask, otherwise: Vector(repeating: 0))
    }
    rows[p].store(entry, v)
  }

  @inline(__always)
  func advanced(by v: Int) -> Self {
    Self(to: rows.advanced(by: v), depth: depth, centres: centres, frozen: frozen)
  }
}
