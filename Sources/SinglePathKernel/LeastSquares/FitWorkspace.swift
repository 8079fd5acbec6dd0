import SinglePathShims

/// The scratch memory of a fit, cut into places of one vector: what a tail reads and writes,
/// the state of a group's fit, and as many samples as fit.
struct FitWorkspace<L: Lanes> {
  let base: UnsafeMutablePointer<Float>
  /// Vectors of a sample: x, y and perhaps its weight.
  let sampleVectors: Int
  /// Where the samples begin, in elements from the base.
  let firstSample: Int

  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, isWeighted: Bool, firstSample: Int) {
    base = memory.assumingMemoryBound(to: Float.self)
    sampleVectors = isWeighted ? 3 : 2
    self.firstSample = firstSample
  }

  @inline(__always)
  func place(_ index: Int) -> UnsafeMutablePointer<Float> { base + index &* L.width }

  @inline(__always)
  func place<Value>(_ index: Int, as _: Value.Type) -> UnsafeMutablePointer<Value> {
    UnsafeMutableRawPointer(place(index)).assumingMemoryBound(to: Value.self)
  }

  @inline(__always)
  var inputs: UnsafeMutablePointer<Float> { place(0) }
  @inline(__always)
  var targets: UnsafeMutablePointer<Float> { place(1) }
  @inline(__always)
  var weights: UnsafeMutablePointer<Float> { place(2) }
  @inline(__always)
  var lengths: UnsafeMutablePointer<UInt32> { place(3, as: UInt32.self) }
  @inline(__always)
  var verdicts: UnsafeMutablePointer<UInt8> { place(4, as: UInt8.self) }
  @inline(__always)
  var outputs: UnsafeMutablePointer<Float> { place(5) }
  @inline(__always)
  var frozen: UnsafeMutablePointer<UInt16> { place(6, as: UInt16.self) }
  /// Four planes of a tail.
  @inline(__always)
  var hostPlanes: Planes { Planes(place(33), planeStride: L.width, step: 0) }

  @inline(__always)
  var scale: UnsafeMutablePointer<CurveScale<L>> { place(7, as: CurveScale<L>.self) }
  @inline(__always)
  var starts: UnsafeMutablePointer<CurvePoint<L>> { place(23, as: CurvePoint<L>.self) }
  @inline(__always)
  var best: UnsafeMutablePointer<CurveResult<L>> { place(61, as: CurveResult<L>.self) }
  @inline(__always)
  var state: UnsafeMutablePointer<CurveState<L>> { place(38, as: CurveState<L>.self) }
  @inline(__always)
  var trial: UnsafeMutablePointer<CurveTrial<L>> { place(79, as: CurveTrial<L>.self) }
  @inline(__always)
  var sums: UnsafeMutablePointer<CurveSums<L>> { place(86, as: CurveSums<L>.self) }
  /// The same for each vector of the machine in `L`.
  @inline(__always)
  var partSums: UnsafeMutablePointer<Float> { place(103) }
  /// What a pass puts down between its two loops.
  @inline(__always)
  var scratch: UnsafeMutablePointer<Float> { place(Self.curvePlaces) }
  /// For the starts; what else lies there is not in use then.
  @inline(__always)
  var judgements: UnsafeMutablePointer<CurveJudgement<L>> { place(38, as: CurveJudgement<L>.self) }

  /// Whether the table of shapes is made: not 0.
  @inline(__always)
  var hasTable: UnsafeMutablePointer<Float> { place(37) }

  /// The first place behind those of a curve's fit.
  @inline(__always)
  static var curvePlaces: Int { 120 }

  @inline(__always)
  var samples: UnsafeMutablePointer<Float> { base + firstSample }
  /// How many samples fit.
  @inline(__always)
  var capacity: Int {
    (Int(SP_WORKSPACE_BYTES) / 4 &- firstSample) / (L.width &* sampleVectors)
  }
  @inline(__always)
  var end: UnsafeMutablePointer<Float> { base + Int(SP_WORKSPACE_BYTES) / 4 }
}
