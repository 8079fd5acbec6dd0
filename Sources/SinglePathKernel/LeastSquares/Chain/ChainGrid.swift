/// Places of the hidden units to start from, for x in −1…1: slopes k and midpoints m of the first,
/// f(k (x − m)); three ways of the second to take what comes, all of it, its upper or its lower end; the others
/// pass on what comes.
enum ChainGrid {
  @inline(__always)
  static var firstUnits: Int { 15 }

  @inline(__always)
  static func count(depth: Int) -> Int { depth == 2 ? firstUnits : 3 &* firstUnits }

  /// How many of them a fit begins at.
  @inline(__always)
  static func starts(depth: Int) -> Int { depth == 2 ? 2 : 3 }

  /// The starts that a place can become: without a second unit the best two, else the best of each of its
  /// ways, since neighbours lead into the same valley.
  @inline(__always)
  static func ranks(of index: Int, depth: Int) -> Range<Int> {
    let way = index / firstUnits
    return depth == 2 ? 0..<2 : way..<way &+ 1
  }

  @inline(__always)
  static func unit(
    _ index: Int, layer l: Int, _ hidden: ActivationCode, hasBias: Bool
  ) -> (weight: Float, bias: Float) {
    if l == 1 { return first(index % firstUnits, hidden, hasBias: hasBias) }
    return next(l == 2 ? index / firstUnits : 0, hidden)
  }

  @inline(__always)
  static func first(
    _ index: Int, _ hidden: ActivationCode, hasBias: Bool
  ) -> (weight: Float, bias: Float) {
    let step = index % 5
    let slope = Self.slope(index / 5, hidden)
    // −0.8 … 0.8; without a bias the slopes differ instead.
    let midpoint = 0.4 * Float(step &- 2)
    if hasBias { return (slope, -slope * midpoint) }
    return (slope * (step < 2 ? Float(step &- 2) : 0.4 * Float(step &- 1)), 0)
  }

  @inline(__always)
  static func slope(_ row: Int, _ hidden: ActivationCode) -> Float {
    switch hidden {
    case .sigmoid: row == 0 ? 1.5 : row == 1 ? 3 : 8
    case .tanh: row == 0 ? 0.75 : row == 1 ? 1.5 : 4
    default: row == 0 ? 1 : row == 1 ? -1 : 4
    }
  }

  @inline(__always)
  static func next(_ way: Int, _ hidden: ActivationCode) -> (weight: Float, bias: Float) {
    switch hidden {
    case .sigmoid: way == 0 ? (4, -2) : way == 1 ? (8, -7) : (8, -1)
    // tanh(z / 2) = 2 σ(z) − 1 carries the sigmoid's over.
    case .tanh: way == 0 ? (1, 0) : way == 1 ? (2, -1.5) : (2, 1.5)
    default: way == 0 ? (1, 0) : way == 1 ? (1, -0.5) : (-1, 0.5)
    }
  }
}
