// sigma(x) = 1 / (1 + exp(-x)). Generated, not to be edited; made by
//   sigmoid-tables --form register --segments 32 --degree 3 --domain -13.4:13.4 --swift --name RegisterTable --output Tests/SigmoidTablesTests/Generated/RegisterTable.swift
// Formula: sigma(x) = 1/2 + x P(t), t = x^2 + c, P of degree 3 in t by segment.
// Domain: x clamped to -X...X, X = 0x1.acccccp+3.
// Step: 8 segments an octave of t, from c = 0x1.8p+3 to 0x1.7f1eb6p+7.
// Rounding: minimax by Remez, then the best in float evaluation of the floats near it.
// Recipe, every operation rounded once, in float:
//   x = max(-X, min(X, x)); t = fma(x, x, c); i = (bits(t) >> shift) mod 32;
//   p = c3[i]; for k = 2...0: p = fma(p, t, ck[i]); y = fma(x, p, 0.5).
// NaN: min and max must pass it on.
// Bound: |error| <= 0x1p-20 (9.54e-7).
// Measured: 0x1.fa75f6cfp-21 (9.44e-7) at x = 0x1.09945p+1, 8637851 arguments.
// Monotone: no, largest drop 0x1.54p-21 (6.34e-7) at x = -0x1.fffffcp+0.
// Range: 0x1.790b22p-21 ... 0x1.ffffe8p-1.
// Digest: FNV-1a 64 of the values f95a5bd040117e41.

/// Table of σ for the register form; the recipe stands above.
@usableFromInline
enum RegisterTable {
  /// X, the arguments are clamped to -X...X.
  @inlinable static var clamp: Float { 0x1.acccccp+3 }

  /// c of t = x^2 + c.
  @inlinable static var offset: Float { 0x1.8p+3 }

  /// Bits of t below the segment's number.
  @inlinable static var shift: UInt32 { 20 }

  /// The rows one after the other, each as its comment says.
  // swift-format-ignore
  @usableFromInline static let values: InlineArray<128, Float> = [
    // c0, the coefficients of t^0, by segment.
    0x1.511978p-2, 0x1.2e6064p-2, 0x1.132434p-2, 0x1.fa665ep-3, 0x1.d6463cp-3, 0x1.b80036p-3,
    0x1.9e3fc8p-3, 0x1.881052p-3, 0x1.6c66p-3, 0x1.4e0f8cp-3, 0x1.35b84ap-3, 0x1.21b638p-3,
    0x1.10f008p-3, 0x1.02a486p-3, 0x1.ec9564p-4, 0x1.d6fd36p-4, 0x1.bb99ap-4, 0x1.9cea88p-4,
    0x1.83ba5cp-4, 0x1.6ed912p-4, 0x1.16a384p+0, 0x1.f5373ep-1, 0x1.c582fcp-1, 0x1.9e42bcp-1,
    0x1.6f9d2ep-1, 0x1.3fab82p-1, 0x1.1b64fap-1, 0x1.fe0c88p-2, 0x1.d07d98p-2, 0x1.ab1ec8p-2,
    0x1.8beb8ep-2, 0x1.717b8ep-2,
    // c1, the coefficients of t^1, by segment.
    -0x1.b3dd3ap-7, -0x1.56e56p-7, -0x1.1551dap-7, -0x1.caa3dp-8, -0x1.823a62p-8, -0x1.4a3bap-8,
    -0x1.1e040ap-8, -0x1.f4f046p-9, -0x1.a2c9a8p-9, -0x1.5192d6p-9, -0x1.16f94ap-9, -0x1.d66aaep-10,
    -0x1.932d56p-10, -0x1.5e4cfap-10, -0x1.33e3acp-10, -0x1.114ac4p-10, -0x1.d1439ep-11,
    -0x1.7f23acp-11, -0x1.428264p-11, -0x1.14d226p-11, -0x1.257fep-3, -0x1.e38bp-4, -0x1.91a65p-4,
    -0x1.52c306p-4, -0x1.0d7f9ap-4, -0x1.9a9fc8p-5, -0x1.4345ccp-5, -0x1.053446p-5, -0x1.af14dap-6,
    -0x1.69f47p-6, -0x1.346104p-6, -0x1.0a0466p-6,
    // c2, the coefficients of t^2, by segment.
    0x1.147878p-12, 0x1.82e9c8p-13, 0x1.199b8p-13, 0x1.a728c8p-14, 0x1.465e12p-14, 0x1.014da6p-14,
    0x1.9d5a98p-15, 0x1.5166ap-15, 0x1.000f6ap-15, 0x1.6f1b34p-16, 0x1.110414p-16, 0x1.a2587cp-17,
    0x1.4879dap-17, 0x1.07439cp-17, 0x1.ad6afp-18, 0x1.637f76p-18, 0x1.12fd82p-18, 0x1.935e7cp-19,
    0x1.3208d4p-19, 0x1.debabap-20, 0x1.0b298cp-7, 0x1.9704c4p-8, 0x1.39467ep-8, 0x1.ec2e5cp-9,
    0x1.630224p-9, 0x1.e0c044p-10, 0x1.54771p-10, 0x1.f3cf02p-11, 0x1.79b93p-11, 0x1.2474f6p-11,
    0x1.ce3904p-12, 0x1.73b3cap-12,
    // c3, the coefficients of t^3, by segment.
    -0x1.0738aep-19, -0x1.48acd8p-20, -0x1.afc8b6p-21, -0x1.278496p-21, -0x1.a27acp-22,
    -0x1.30dfcp-22, -0x1.c72496p-23, -0x1.5aedfp-23, -0x1.df04c6p-24, -0x1.324f18p-24,
    -0x1.9b19ecp-25, -0x1.1ee236p-25, -0x1.9d911ap-26, -0x1.324e9cp-26, -0x1.d05862p-27,
    -0x1.670916p-27, -0x1.f9755cp-28, -0x1.4ae156p-28, -0x1.c5542p-29, -0x1.439228p-29,
    -0x1.634e22p-13, -0x1.f5b16ap-14, -0x1.66961p-14, -0x1.06de46p-14, -0x1.5891p-15,
    -0x1.a006f2p-16, -0x1.09c464p-16, -0x1.634c4ap-17, -0x1.ecee2ap-18, -0x1.60a9c2p-18,
    -0x1.02fccep-18, -0x1.84ffe8p-19,
  ]
}
