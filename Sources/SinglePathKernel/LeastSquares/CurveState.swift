/// What a curve's fit carries from pass to pass.
struct CurveState<L: Lanes>: BitwiseCopyable {
  /// The best point so far and its cost, Σ r².
  var kept: CurvePoint<L>
  var cost: L

  /// λ, and the factor by which a rejection raises it.
  var damping: L
  var growth: L
  /// Rejections in a row.
  var rejections: L
  /// How much the cost should fall with the trial.
  var predicted: L

  /// At the best point: the curvature of the cost in b₁ and w₁, v and w₂ eliminated, and its negative
  /// gradient, both for columns without their factor w₂.
  var curvature: CurveCurvature<L>
  var gradientZ: L
  var gradientX: L
  /// How v and w₂ follow a step in b₁ and w₁.
  var followV: CurveFollow<L>
  var followW: CurveFollow<L>

  /// The last step in b₁ and w₁, and how many times as long the trial's way is: 1, or a leap.
  var lastB: L
  var lastW: L
  var reach: L

  /// What became of the lanes that have ended.
  var verdict: L

  /// Before the first pass.
  @inline(__always)
  init(at point: CurvePoint<L>) {
    let (zero, one) = (L(repeating: 0), L(repeating: 1))
    let none = CurveFollow(z: zero, x: zero)
    kept = point
    cost = L(repeating: .infinity)
    damping = one
    growth = one + one
    rejections = zero
    predicted = one
    curvature = CurveCurvature(zz: one, zx: zero, xx: one)
    gradientZ = zero
    gradientX = zero
    followV = none
    followW = none
    lastB = zero
    lastW = zero
    reach = one
    verdict = zero
  }
}

/// What a pass needs: its point, which lanes are at work, and how many passes they have behind them.
struct CurveTrial<L: Lanes>: BitwiseCopyable {
  var point: CurvePoint<L>
  var active: Mask<L>
  var passes: L

  @inline(__always)
  init(point: CurvePoint<L>, active: Mask<L>, passes: L) {
    self.point = point
    self.active = active
    self.passes = passes
  }

  /// Whether a lane at work has come near enough to its end for second derivatives.
  @inline(__always)
  var isLate: Bool {
    (active .& (passes .>= L(repeating: CurveStep<L>.gaussNewtonPasses))).isAnySet
  }
}

/// A symmetric matrix of b₁ and w₁.
struct CurveCurvature<L: Lanes>: BitwiseCopyable {
  var zz: L
  var zx: L
  var xx: L

  @inline(__always)
  init(zz: L, zx: L, xx: L) {
    self.zz = zz
    self.zx = zx
    self.xx = xx
  }

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      zz: mask.choose(zz, other.zz), zx: mask.choose(zx, other.zx), xx: mask.choose(xx, other.xx))
  }
}

/// One number for b₁ and one for w₁.
struct CurveFollow<L: Lanes>: BitwiseCopyable {
  var z: L
  var x: L

  @inline(__always)
  init(z: L, x: L) {
    self.z = z
    self.x = x
  }

  @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(z: mask.choose(z, other.z), x: mask.choose(x, other.x))
  }
}
