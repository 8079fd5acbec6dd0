/// (6): a⁽ˡ⁺¹⁾ = f(z⁽ˡ⁺¹⁾) of every hidden layer of a chunk, up to a⁽ᴸ⁾.
///
/// Out of line, and one function for every depth: a layer of a chunk takes hundreds of cycles.
///
/// - Parameters:
///   - byTable: whether to take the function's table, if it has one.
///   - activations: where a⁽²⁾…a⁽ᴸ⁾ go.
@inline(never)
func forwardPass<Code: InstructionSetTarget, L: Lanes, Unit: ActivationFunction, Bias: BiasKind>(
  _: Code.Type, _: L.Type, _: Unit.Type, _: Bias.Type, depth: Int, byTable: Bool, _ x: Row,
  _ parameters: Planes, to activations: Planes, vectors: Int
) {
  let path = Path<L, Unit, Bias, AnyDepth>(depth: depth)
  for l in 1..<depth {
    let a = path.activation(l, x, activations)
    @inline(__always)
    func layer<Function: ActivationFunction>(_: Function.Type) {
      Function.forEach(
        vectors, of: { v in path.preactivation(a, layer: l, parameters, v) as L }
      ) { value, v in
        activations[l &- 1].store(value, v)
      }
    }
    if Unit.hasTable && byTable { layer(Unit.ByTable.self) } else { layer(Unit.self) }
  }
}
