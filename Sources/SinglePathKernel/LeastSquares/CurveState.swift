/// What a curve's fit carries from pass to pass.
@usableFromInline
struct CurveState<L: Lanes>: BitwiseCopyable {
  /// The best point so far and its cost, Σ r².
  @usableFromInline var kept: CurvePoint<L>
  @usableFromInline var cost: L

  /// λ, and the factor by which a rejection raises it.
  @usableFromInline var damping: L
  @usableFromInline var growth: L
  /// Rejections in a row.
  @usableFromInline var rejections: L
  /// How much the cost should fall with the trial.
  @usableFromInline var predicted: L

  /// At the best point: the curvature of the cost in b₁ and w₁, v and w₂ eliminated, and its negative
  /// gradient, both for columns without their factor w₂.
  @usableFromInline var curvature: CurveCurvature<L>
  @usableFromInline var gradientZ: L
  @usableFromInline var gradientX: L
  /// How v and w₂ follow a step in b₁ and w₁.
  @usableFromInline var followV: CurveFollow<L>
  @usableFromInline var followW: CurveFollow<L>

  /// The last step in b₁ and w₁, and how many times as long the trial's way is: 1, or a leap.
  @usableFromInline var lastB: L
  @usableFromInline var lastW: L
  @usableFromInline var reach: L

  /// What became of the lanes that have ended.
  @usableFromInline var verdict: L

  /// Before the first pass.
  @_alwaysEmitIntoClient @inline(__always)
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
@usableFromInline
struct CurveTrial<L: Lanes>: BitwiseCopyable {
  @usableFromInline var point: CurvePoint<L>
  @usableFromInline var active: Mask<L>
  @usableFromInline var passes: L

  @_alwaysEmitIntoClient @inline(__always)
  init(point: CurvePoint<L>, active: Mask<L>, passes: L) {
    self.point = point
    self.active = active
    self.passes = passes
  }

  /// Whether a lane at work has come near enough to its end for second derivatives.
  @_alwaysEmitIntoClient @inline(__always)
  var isLate: Bool {
    (active .& (passes .>= L(repeating: CurveStep<L>.gaussNewtonPasses))).isAnySet
  }
}

/// A symmetric matrix of b₁ and w₁.
@usableFromInline
struct CurveCurvature<L: Lanes>: BitwiseCopyable {
  @usableFromInline var zz: L
  @usableFromInline var zx: L
  @usableFromInline var xx: L

  @_alwaysEmitIntoClient @inline(__always)
  init(zz: L, zx: L, xx: L) {
    self.zz = zz
    self.zx = zx
    self.xx = xx
  }

  @_alwaysEmitIntoClient @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(
      zz: mask.choose(zz, other.zz), zx: mask.choose(zx, other.zx), xx: mask.choose(xx, other.xx))
  }
}

/// One number for b₁ and one for w₁.
@usableFromInline
struct CurveFollow<L: Lanes>: BitwiseCopyable {
  @usableFromInline var z: L
  @usableFromInline var x: L

  @_alwaysEmitIntoClient @inline(__always)
  init(z: L, x: L) {
    self.z = z
    self.x = x
  }

  @_alwaysEmitIntoClient @inline(__always)
  func chosen(by mask: Mask<L>, otherwise other: Self) -> Self {
    Self(z: mask.choose(z, other.z), x: mask.choose(x, other.x))
  }
}
