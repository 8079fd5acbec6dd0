import SinglePathShims

/// The scratch memory of a fit of any path, behind what every fit has: the state of one vector's fit, its
/// normal equations, a chunk of samples on their way through the path, and as many samples as fit.
///
/// Parameters are counted as `Planes` counts those of paths with biases, whether a shape has biases or not:
/// plane l − 1 is θ⁽ˡ⁾ and plane L + l − 1 is b⁽ˡ⁾.
@usableFromInline
struct PathWorkspace<L: Lanes> {
  /// The memory as every fit has it.
  @usableFromInline let common: FitWorkspace<L>
  @usableFromInline let depth: Int
  /// Parameters that the fit may change, of some path at least.
  @usableFromInline let freeCount: Int

  @_alwaysEmitIntoClient @inline(__always)
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

  @_alwaysEmitIntoClient @inline(__always)
  func vectors(_ place: Int) -> UnsafeMutablePointer<L> { common.place(place, as: L.self) }

  // MARK: - The state of a vector's fit

  @_alwaysEmitIntoClient @inline(__always)
  var scale: UnsafeMutablePointer<CurveScale<L>> { common.scale }
  @_alwaysEmitIntoClient @inline(__always)
  var state: UnsafeMutablePointer<PathState<L>> { common.place(23, as: PathState<L>.self) }
  @_alwaysEmitIntoClient @inline(__always)
  var best: UnsafeMutablePointer<PathBest<L>> { common.place(37, as: PathBest<L>.self) }
  /// A row of ones.
  @_alwaysEmitIntoClient @inline(__always)
  var ones: UnsafeMutablePointer<Float> { common.place(41) }
  /// The places of the free parameters, in order; and of each parameter its number among them, or 16.
  @_alwaysEmitIntoClient @inline(__always)
  var free: UnsafeMutablePointer<UInt8> { common.place(42, as: UInt8.self) }
  @_alwaysEmitIntoClient @inline(__always)
  var numbers: UnsafeMutablePointer<UInt8> { common.place(43, as: UInt8.self) }
  /// What the places of the lattice explain that a fit begins at, and their numbers.
  @_alwaysEmitIntoClient @inline(__always)
  var explained: UnsafeMutablePointer<L> { vectors(44) }
  @_alwaysEmitIntoClient @inline(__always)
  var starts: UnsafeMutablePointer<L> { vectors(47) }

  /// Of the normalised samples: the parameters with the least cost of an attempt, those of a trial, the best
  /// of all attempts, and the host's.
  @_alwaysEmitIntoClient @inline(__always)
  var kept: UnsafeMutablePointer<L> { vectors(50) }
  @_alwaysEmitIntoClient @inline(__always)
  var trial: UnsafeMutablePointer<L> { vectors(66) }
  @_alwaysEmitIntoClient @inline(__always)
  var bestParameters: UnsafeMutablePointer<L> { vectors(82) }
  @_alwaysEmitIntoClient @inline(__always)
  var given: UnsafeMutablePointer<L> { vectors(98) }
  /// The diagonal of the metric in which a step's size is limited.
  @_alwaysEmitIntoClient @inline(__always)
  var metric: UnsafeMutablePointer<L> { vectors(114) }
  /// What a tail reads and writes.
  @_alwaysEmitIntoClient @inline(__always)
  var hostPlanes: Planes { Planes(common.place(130), planeStride: L.width, step: 0) }
  /// For each layer the centre of its activations, where θ⁽ˡ⁾ turns the line: of the sums kept, of those of
  /// the trial, and of the best attempt.
  @_alwaysEmitIntoClient @inline(__always)
  var centres: UnsafeMutablePointer<L> { vectors(146) }
  @_alwaysEmitIntoClient @inline(__always)
  var trialCentres: UnsafeMutablePointer<L> { vectors(154) }
  @_alwaysEmitIntoClient @inline(__always)
  var bestCentres: UnsafeMutablePointer<L> { vectors(162) }

  // MARK: - The normal equations

  @_alwaysEmitIntoClient @inline(__always)
  static var firstSystem: Int { 170 }
  /// H, lower triangle row by row, g, Σ w J and Σ w c.
  @_alwaysEmitIntoClient @inline(__always)
  static func systemPlaces(_ count: Int) -> Int { count &* (count &+ 1) / 2 &+ count &+ 2 }

  /// Those with the least cost of an attempt.
  @_alwaysEmitIntoClient @inline(__always)
  var normal: PathNormal<L> { PathNormal(vectors(Self.firstSystem), count: freeCount) }
  /// Those of the trial; between passes a factor.
  @_alwaysEmitIntoClient @inline(__always)
  var sums: PathNormal<L> {
    PathNormal(
      vectors(Self.firstSystem &+ Self.systemPlaces(freeCount)), count: freeCount)
  }

  // MARK: - A chunk of samples

  /// Places of a sample: a⁽²⁾…a⁽ᴸ⁾, the row of the Jacobian, and four rows.
  @_alwaysEmitIntoClient @inline(__always)
  static func samplePlaces(_ depth: Int) -> Int { 3 &* depth &+ 3 }
  @_alwaysEmitIntoClient @inline(__always)
  static func chunkSamples(_ depth: Int) -> Int { min(16, 120 / samplePlaces(depth)) }
  @_alwaysEmitIntoClient @inline(__always)
  var chunkSamples: Int { Self.chunkSamples(depth) }

  @_alwaysEmitIntoClient @inline(__always)
  func chunkPlanes(_ first: Int) -> Planes {
    let place = Self.firstSystem &+ 2 &* Self.systemPlaces(freeCount) &+ first
    return Planes(
      common.place(place), planeStride: L.width, step: Self.samplePlaces(depth) &* L.width)
  }
  @_alwaysEmitIntoClient @inline(__always)
  var activations: Planes { chunkPlanes(0) }
  /// ∂z⁽ᴸ⁺¹⁾/∂p of every parameter.
  @_alwaysEmitIntoClient @inline(__always)
  var jacobian: Planes { chunkPlanes(depth &- 1) }
  /// δ⁽ᴸ⁺¹⁾ with which the Jacobian begins: 1, or 0 for a missing sample.
  @_alwaysEmitIntoClient @inline(__always)
  var signals: Row { chunkPlanes(3 &* depth &- 1)[0] }
  /// z⁽ᴸ⁺¹⁾, then w ∂J/∂z.
  @_alwaysEmitIntoClient @inline(__always)
  var errors: Row { chunkPlanes(3 &* depth &- 1)[1] }
  /// ŷ, then w times the curvature of J.
  @_alwaysEmitIntoClient @inline(__always)
  var curvatures: Row { chunkPlanes(3 &* depth &- 1)[2] }
  /// g′(z⁽ᴸ⁺¹⁾).
  @_alwaysEmitIntoClient @inline(__always)
  var slopes: Row { chunkPlanes(3 &* depth &- 1)[3] }
}

/// What a fit carries from pass to pass.
@usableFromInline
struct PathState<L: Lanes>: BitwiseCopyable {
  /// Σ w J at the parameters kept.
  @usableFromInline var cost: L
  /// λ, and the factor by which a rejection raises it.
  @usableFromInline var damping: L
  @usableFromInline var growth: L
  /// Rejections in a row.
  @usableFromInline var rejections: L
  /// How much the cost should fall with the trial.
  @usableFromInline var predicted: L
  @usableFromInline var passes: L
  @usableFromInline var verdict: L
  /// Lanes at work, and those of them that make their last trial.
  @usableFromInline var active: Mask<L>
  @usableFromInline var isEnding: Mask<L>
  /// How much the trial before was to gain, of lanes that are ending.
  @usableFromInline var lastGain: L
  /// Lanes whose samples can be fitted.
  @usableFromInline var canBeFitted: Mask<L>

  /// Before the first pass.
  @_alwaysEmitIntoClient @inline(__always)
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
@usableFromInline
struct PathBest<L: Lanes>: BitwiseCopyable {
  @usableFromInline var cost: L
  @usableFromInline var verdict: L
  /// Of all attempts.
  @usableFromInline var passes: L
  /// 0 where the given parameters are finite that matter.
  @usableFromInline var check: L
}
