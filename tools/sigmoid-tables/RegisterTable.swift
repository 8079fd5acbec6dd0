/// Segments whose polynomials are picked by a register permute: σ(x) = ½ + x · P(x²).
///
/// P(x²) = tanh(x/2) / (2x) is even and smooth, so the sign needs no care and σ(0) is ½ exactly.
/// With t = x² + c the top bits of t are the segment: the exponent and the first bits of the
/// significand number geometrically spaced segments, fine where σ bends, coarse in the tails. t is
/// also the polynomials' variable, so nothing is subtracted.
struct RegisterTable {
  let segments: Int
  let degree: Int
  let clamp: Float
  private let grid: Grid
  /// `coefficients[k][i]` multiplies tᵏ in the segment i = (bits of t >> shift) mod segments.
  private let coefficients: [[Float]]

  /// How t is cut into segments.
  private struct Grid {
    let offset: Float
    let shift: UInt32
    /// Where the segments meet, from c to the largest t.
    let edges: [Double]

    /// 2^`steps` segments an octave, from the smallest c that leaves at most `segments` of them.
    init(steps: UInt32, segments: Int, clamp: Float) {
      shift = 23 - steps
      var bits = (0x1p-6 as Float).bitPattern
      var last = bits
      repeat {
        bits += 1 << shift
        last = Float(bitPattern: bits).addingProduct(clamp, clamp).bitPattern
      } while Int(last >> shift) - Int(bits >> shift) + 1 > segments
      offset = Float(bitPattern: bits)
      // A largest t that itself opens a segment needs that segment, so the whole of it.
      let lastEdge = last & (1 << shift - 1) == 0 ? last + 1 << shift : last
      let inner = stride(from: bits, to: lastEdge, by: 1 << shift)
      edges = (inner + [lastEdge]).map { Double(Float(bitPattern: $0)) }
    }
  }

  init(segments: Int, degree: Int, clamp: Float) {
    let candidates = (0...5).map { Grid(steps: $0, segments: segments, clamp: clamp) }
      .map { ($0, Self.fits(of: $0, degree: degree, clamp: clamp)) }
    // Judged in float: a grid with a large c can be best for real numbers and cancel badly.
    let worst = candidates.map { $0.1.reduce(0) { max($0, $1.roundedError) } }
    let best = worst.indices.reduce(0) { worst[$1] < worst[$0] ? $1 : $0 }
    let (grid, fits) = candidates[best]
    let hardest = fits.reduce(0) { max($0, $1.inherentError) }
    var coefficients = [[Float]](
      repeating: [Float](repeating: 0, count: segments), count: degree + 1)
    for fit in fits {
      // The hardest segment decides the table's bound.
      let rounded = fit.rounded(fit.inherentError == hardest ? .thorough : .near)
      let middle = Float((fit.range.lowerBound + fit.range.upperBound) / 2)
      let i = Int(middle.bitPattern >> grid.shift) % segments
      for (k, coefficient) in rounded.enumerated() {
        coefficients[k][i] = coefficient
      }
    }
    self.segments = segments
    self.degree = degree
    self.clamp = clamp
    self.grid = grid
    self.coefficients = coefficients
  }

  private static func fits(of grid: Grid, degree: Int, clamp: Float) -> [SegmentFit] {
    // Beyond the clamp the answer is constant: the last segment aims at the middle between σ there
    // and σ's limit, and is wrong by half the difference on either side.
    let tail = 1 - Sigmoid.precise(Double(clamp)).high
    return zip(grid.edges, grid.edges.dropFirst()).map { low, high in
      SegmentFit(
        range: low...high, offset: Double(grid.offset), degree: degree,
        lift: high == grid.edges.last ? tail / 2 : 0)
    }
  }

  /// The recipe, operation for operation.
  func value(_ x: Float) -> Float {
    let clamped = max(-clamp, min(clamp, x))
    let t = grid.offset.addingProduct(clamped, clamped)
    let i = Int(t.bitPattern >> grid.shift) % segments
    var p = coefficients[degree][i]
    for k in (0..<degree).reversed() { p = coefficients[k][i].addingProduct(p, t) }
    return (0.5 as Float).addingProduct(clamped, p)
  }
}

extension RegisterTable {
  var table: Table {
    let last = Float(grid.edges[grid.edges.count - 1])
    return Table(
      rows: coefficients.enumerated().map { k, row in
        ("c\(k), the coefficients of t^\(k), by segment", row.map { .float($0) })
      },
      constants: [
        ("clamp", "X, the arguments are clamped to -X...X", .float(clamp)),
        ("offset", "c of t = x^2 + c", .float(grid.offset)),
        ("shift", "Bits of t below the segment's number", .q15(Int16(grid.shift))),
      ],
      description: [
        "Formula: sigma(x) = 1/2 + x P(t), t = x^2 + c, P of degree \(degree) in t by segment.",
        "Domain: x clamped to -X...X, X = \(hexadecimal(Double(clamp))).",
        "Step: \(1 << (23 - grid.shift)) segments an octave of t, from c = "
          + "\(hexadecimal(Double(grid.offset))) to \(hexadecimal(Double(last))).",
        "Rounding: minimax by Remez, then the best in float evaluation of the floats near it.",
        "Recipe, every operation rounded once, in float:",
        "  x = max(-X, min(X, x)); t = fma(x, x, c); i = (bits(t) >> shift) mod \(segments);",
        "  p = c\(degree)[i]; for k = \(degree - 1)...0: p = fma(p, t, ck[i]); y = fma(x, p, 0.5).",
        "NaN: min and max must pass it on.",
      ],
      evaluate: { Double(value(Float($0))) },
      domain: -Double(clamp)...Double(clamp),
      edges: grid.edges.dropLast().map { ($0 - Double(grid.offset)).squareRoot() })
  }
}
