import SinglePathShims

/// The scratch memory of a fit of any path, behind what every fit has: the state of one vector's fit, its
/// normal equations, a chunk of samples on their way through the path, and as many samples as fit.
///
/// Parameters are counted as `Planes` counts those of paths with biases, whether a shape has biases or not:
/// plane l − 1 is θ⁽ˡ⁾ and plane L + l − 1 is b⁽ˡ⁾.
struct PathWorkspace<L: Lanes> {
  /// The memory as every fit has it.
  let common: FitWorkspace<L>
  let depth: Int
  /// Parameters that the fit may change, of some path at least.
  let freeCount: Int

  @inline(__always)
  init(_ memory: UnsafeMutableRawPointer, isWeighted: Bool, depth: Int, freeCount: Int) {
    self.depth = depth
    self.freeCount = freeCount
    let places =
      Self.firstSystem &+ 2 &* Self.systemPlaces(freeCount)
      &+ Self.chunkSamples(depth) &* Self.samplePlaces(depth)
    common = FitWorkspace(memory, isWeighted: isWeighted, firstSample: places &* L.width)
    // A vector must fit at every depth.
    assert(common.capacity > 0)
  }

  @inline(__always)
  func vectors(_ place: Int) -> UnsafeMutablePointer<L> { common.place(place, as: L.self) }

  // MARK: - The state of a vector's fit

  @inline(__always)
  var scale: UnsafeMutablePointer<CurveScale<L>> { common.scale }
  @inline(__always)
  var state: UnsafeMutablePointer<PathState<L>> { common.place(23, as: PathState<L>.self) }
  @inline(__always)
  var best: UnsafeMutablePointer<PathBest<L>> { common.place(37, as: PathBest<L>.self) }
  /// A row of ones.
  @inline(__always)
  var ones: UnsafeMutablePointer<Float> { common.place(41) }
  /// The places of the free parameters, in order; and of each parameter its number among them, or 16.
  @inline(__always)
  var free: UnsafeMutablePointer<UInt8> { common.place(42, as: UInt8.self) }
  @inline(__always)
  var numbers: UnsafeMutablePointer<UInt8> { common.place(43, as: UInt8.self) }
  /// What the places of the lattice explain that a fit begins at, and their numbers.
  @inline(__always)
  var explained: UnsafeMutablePointer<L> { vectors(44) }
  @inline(__always)
  var starts: UnsafeMutablePointer<L> { vectors(47) }

  /// Of the normalised samples: the parameters with the least cost of an attempt, those of a trial, the best
  /// of all attempts, and the host's.
  @inline(__always)
  var kept: UnsafeMutablePointer<L> { vectors(50) }
  @inline(__always)
  var trial: UnsafeMutablePointer<L> { vectors(66) }
  @inline(__always)
  var bestParameters: UnsafeMutablePointer<L> { vectors(82) }
  @inline(__always)
  var given: UnsafeMutablePointer<L> { vectors(98) }
  /// The diagonal of the metric in which a step's size is limited.
  @inline(__always)
  var metric: UnsafeMutablePointer<L> { vectors(114) }
  /// What a tail reads and writes.
  @inline(__always)
  var hostPlanes: Planes { Planes(common.place(130), planeStride: L.width, step: 0) }
  /// For each layer the centre of its activations, where θ⁽ˡ⁾ turns the line: of the sums kept, of those of
  /// the trial, and of the best attempt.
  @inline(__always)
  var centres: UnsafeMutablePointer<L> { vectors(146) }
  @inline(__always)
  var trialCentres: UnsafeMutablePointer<L> { vectors(154) }
  @inline(__always)
  var bestCentres: UnsafeMutablePointer<L> { vectors(162) }

  // MARK: - The normal equations

  @inline(__always)
  static var firstSystem: Int { 170 }
  /// H, lower triangle row by row, g, Σ w J and Σ w c.
  @inline(__always)
  static func systemPlaces(_ count: Int) -> Int { count &* (count &+ 1) / 2 &+ count &+ 2 }

  /// Those with the least cost of an attempt.
  @inline(__always)
  var normal: PathNormal<L> { PathNormal(vectors(Self.firstSystem), count: freeCount) }
  /// Those of the trial; between passes a factor.
  @inline(__always)
  var sums: PathNormal<L> {
    PathNormal(
      vectors(Self.firstSystem &+ Self.systemPlaces(freeCount)), count: freeCount)
  }

  // MARK: - A chunk of samples

  /// Places of a sample: a⁽²⁾…a⁽ᴸ⁾, the row of the Jacobian, and four rows.
  @inline(__always)
  static func samplePlaces(_ depth: Int) -> Int { 3 &* depth &+ 3 }
  @inline(__always)
  static func chunkSamples(_ depth: Int) -> Int { min(16, 120 / samplePlaces(depth)) }
  @inline(__always)
  var chunkSamples: Int { Self.chunkSamples(depth) }

  @inline(__always)
  func chunkPlanes(_ first: Int) -> Planes {
    let place = Self.firstSystem &+ 2 &* Self.systemPlaces(freeCount) &+ first
    return Planes(
      common.place(place), planeStride: L.width, step: Self.samplePlaces(depth) &* L.width)
  }
  @inline(__always)
  var activations: Planes { chunkPlanes(0) }
  /// ∂z⁽ᴸ⁺¹⁾/∂p of every parameter.
  @inline(__always)
  var jacobian: Planes { chunkPlanes(depth &- 1) }
  /// δ⁽ᴸ⁺¹⁾ with which the Jacobian begins: 1, or 0 for a missing sample.
  @inline(__always)
  var signals: Row { chunkPlanes(3 &* depth &- 1)[0] }
  /// z⁽ᴸ⁺¹⁾, then w ∂J/∂z.
  @inline(__always)
  var errors: Row { chunkPlanes(3 &* depth &- 1)[1] }
  /// ŷ, then w times the curvature of J.
  @inline(__always)
  var curvatures: Row { chunkPlanes(3 &* depth &- 1)[2] }
  /// g′(z⁽ᴸ⁺¹⁾).
  @inline(__always)
  var slopes: Row { chunkPlanes(3 &* depth &- 1)[3] }
}

/// What a fit carries from pass to pass.
struct PathState<L: Lanes>: BitwiseCopyable {
  /// Σ w J at the parameters kept.
  var cost: L
  /// λ, and the factor by which a rejection raises it.
  var damping: L
  var growth: L
  /// Rejections in a row.
  var rejections: L
  /// How much the cost should fall with the trial.
  var predicted: L
  var passes: L
  var verdict: L
  /// Lanes at work, and those of them that make their last trial.
  var active: Mask<L>
  var isEnding: Mask<L>
  /// How much the trial before was to gain, of lanes that are ending.
  var lastGain: L
  /// Lanes whose samples can be fitted.
  var canBeFitted: Mask<L>

  /// Before the first pass.
  @inline(__always)
  mutating func begin(_ active: Mask<L>) {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    cost = L(repeating: .infinity)
    damping = one
    growth = one + one
    rejections = zero
    predicted = one
    passes = zero
    verdict = zero
    lastGain = zero
    self.active = active
    isEnding = Mask(false)
  }
}

/// The best attempt of a fit.
struct PathBest<L: Lanes>: BitwiseCopyable {
  var cost: L
  var verdict: L
  /// Of all attempts.
  var passes: L
  /// 0 where the given parameters are finite that matter.
  var check: L
}
