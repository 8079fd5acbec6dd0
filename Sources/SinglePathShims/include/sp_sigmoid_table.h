/*
 * sigma(x) = 1 / (1 + exp(-x)). Generated, not to be edited; made by
 *   sigmoid-tables --form register --segments 32 --degree 3 --domain -13.4:13.4 --c --name sp_sigmoid_table --output Sources/SinglePathShims/include/sp_sigmoid_table.h
 * Formula: sigma(x) = 1/2 + x P(t), t = x^2 + c, P of degree 3 in t by segment.
 * Domain: x clamped to -X...X, X = 0x1.acccccp+3.
 * Step: 8 segments an octave of t, from c = 0x1.8p+3 to 0x1.7f1eb6p+7.
 * Rounding: minimax by Remez, then the best in float evaluation of the floats near it.
 * Recipe, every operation rounded once, in float:
 *   x = max(-X, min(X, x)); t = fma(x, x, c); i = (bits(t) >> shift) mod 32;
 *   p = c3[i]; for k = 2...0: p = fma(p, t, ck[i]); y = fma(x, p, 0.5).
 * NaN: min and max must pass it on.
 * Bound: |error| <= 0x1p-20 (9.54e-7).
 * Measured: 0x1.ff736d9ap-21 (9.53e-7) at x = 0x1.1eb33ep+1, 12437852 arguments.
 * Monotone: no, largest drop 0x1.54p-21 (6.34e-7) at x = -0x1.fffffcp+0.
 * Range: 0x1.7d20c6p-21 ... 0x1.ffffe8p-1.
 * Digest: FNV-1a 64 of the values 77694154cd929bb5.
 */
#ifndef SP_SIGMOID_TABLE_H
#define SP_SIGMOID_TABLE_H
#include <stdint.h>

/* X, the arguments are clamped to -X...X. */
static const float sp_sigmoid_table_clamp = 0x1.acccccp+3f;
/* c of t = x^2 + c. */
static const float sp_sigmoid_table_offset = 0x1.8p+3f;
/* Bits of t below the segment's number. */
static const uint32_t sp_sigmoid_table_shift = 20;

/* The rows one after the other, each as its comment says. */
static const float sp_sigmoid_table_values[128] = {
  /* c0, the coefficients of t^0, by segment. */
  0x1.51197ap-2f, 0x1.2e605ep-2f, 0x1.132432p-2f, 0x1.fa6662p-3f, 0x1.d64644p-3f, 0x1.b80036p-3f,
  0x1.9e3fcep-3f, 0x1.881056p-3f, 0x1.6c66p-3f, 0x1.4e0f88p-3f, 0x1.35b84ep-3f, 0x1.21b638p-3f,
  0x1.10f006p-3f, 0x1.02a484p-3f, 0x1.ec955cp-4f, 0x1.d6fd36p-4f, 0x1.bb999ep-4f, 0x1.9cea88p-4f,
  0x1.83ba6p-4f, 0x1.6ed914p-4f, 0x1.16a382p+0f, 0x1.f5373ap-1f, 0x1.c582f2p-1f, 0x1.9e42bap-1f,
  0x1.6f9d2ep-1f, 0x1.3fab86p-1f, 0x1.1b64f6p-1f, 0x1.fe0c8ep-2f, 0x1.d07dap-2f, 0x1.ab1ec6p-2f,
  0x1.8beb9p-2f, 0x1.717b94p-2f,
  /* c1, the coefficients of t^1, by segment. */
  -0x1.b3dd3ep-7f, -0x1.56e55cp-7f, -0x1.1551dap-7f, -0x1.caa3d2p-8f, -0x1.823a6ap-8f,
  -0x1.4a3b9ep-8f, -0x1.1e040cp-8f, -0x1.f4f04ep-9f, -0x1.a2c9acp-9f, -0x1.5192d4p-9f,
  -0x1.16f94cp-9f, -0x1.d66aacp-10f, -0x1.932d5p-10f, -0x1.5e4cf8p-10f, -0x1.33e3a8p-10f,
  -0x1.114ac6p-10f, -0x1.d1439ap-11f, -0x1.7f23aep-11f, -0x1.428268p-11f, -0x1.14d226p-11f,
  -0x1.257fdcp-3f, -0x1.e38afep-4f, -0x1.91a646p-4f, -0x1.52c304p-4f, -0x1.0d7f98p-4f,
  -0x1.9a9fccp-5f, -0x1.4345ccp-5f, -0x1.05344ap-5f, -0x1.af14ep-6f, -0x1.69f46cp-6f,
  -0x1.346104p-6f, -0x1.0a046ap-6f,
  /* c2, the coefficients of t^2, by segment. */
  0x1.14787ap-12f, 0x1.82e9ccp-13f, 0x1.199b82p-13f, 0x1.a728c6p-14f, 0x1.465e16p-14f,
  0x1.014da2p-14f, 0x1.9d5a94p-15f, 0x1.5166a4p-15f, 0x1.000f6ep-15f, 0x1.6f1b36p-16f,
  0x1.110412p-16f, 0x1.a25876p-17f, 0x1.4879d4p-17f, 0x1.07439ep-17f, 0x1.ad6af2p-18f,
  0x1.637f7cp-18f, 0x1.12fd8p-18f, 0x1.935e8p-19f, 0x1.3208d6p-19f, 0x1.debab4p-20f, 0x1.0b2988p-7f,
  0x1.9704c6p-8f, 0x1.394678p-8f, 0x1.ec2e58p-9f, 0x1.63021cp-9f, 0x1.e0c046p-10f, 0x1.547716p-10f,
  0x1.f3cf0ap-11f, 0x1.79b93p-11f, 0x1.2474f2p-11f, 0x1.ce39p-12f, 0x1.73b3ccp-12f,
  /* c3, the coefficients of t^3, by segment. */
  -0x1.0738aep-19f, -0x1.48acep-20f, -0x1.afc8b6p-21f, -0x1.278492p-21f, -0x1.a27ac2p-22f,
  -0x1.30dfb8p-22f, -0x1.c72494p-23f, -0x1.5aedf2p-23f, -0x1.df04ccp-24f, -0x1.324f18p-24f,
  -0x1.9b19e6p-25f, -0x1.1ee22ep-25f, -0x1.9d9112p-26f, -0x1.324ea2p-26f, -0x1.d05866p-27f,
  -0x1.67091ep-27f, -0x1.f97558p-28f, -0x1.4ae158p-28f, -0x1.c55424p-29f, -0x1.439222p-29f,
  -0x1.634e1ep-13f, -0x1.f5b172p-14f, -0x1.66960ap-14f, -0x1.06de42p-14f, -0x1.5890fp-15f,
  -0x1.a006f6p-16f, -0x1.09c46ap-16f, -0x1.634c5p-17f, -0x1.ecee26p-18f, -0x1.60a9cp-18f,
  -0x1.02fcccp-18f, -0x1.84ffe6p-19f,
};
#endif
