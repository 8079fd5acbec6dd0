/*
 * sigma(x) = 1 / (1 + exp(-x)). Generated, not to be edited; made by
 *   sigmoid-tables --form memory --nodes 256 --degree 3 --c --name sigmoid_memory_256 --output tools/sigmoid-tables/generated/memory_256_degree_3.h
 * Formula: sigma(x + d) by Taylor's series of degree 3 from the nearest node x.
 * Domain: x clamped to LO...HI = -0x1p+4...0x1p+4.
 * Step: h = 0x1p-3, 256 cells.
 * Rounding: nodes rounded correctly to float (Ziv's test).
 * Recipe, every operation rounded once, in float, with M = 0x1.8p+23:
 *   x = max(LO, min(HI, x)); n = fma(x, 1/h, M); i = bits(n) - bits(M) - LO/h;
 *   d = fma(n - M, -h, x); a = T[i]; a1 = fma(-a, a, a);
 *   y = fma(d * a1, fma(d, fma(d, 1/6 - a1, 0.5 - a), 1), a).
 * NaN has no index: look for it first.
 * Bound: |error| <= 0x1.1p-23 (1.27e-7).
 * Measured: 0x1.0456af04p-23 (1.22e-7) at x = 0x1.200474p-1, 12534856 arguments.
 * Monotone: no, largest drop 0x1p-24 (5.97e-8) at x = 0x1.2a0052p+3.
 * Range: 0x1.e355b8p-24 ... 0x1.fffffcp-1.
 * Digest: FNV-1a 64 of the values 4371a2c1aa4f2a02.
 */
#ifndef SIGMOID_MEMORY_256_H
#define SIGMOID_MEMORY_256_H
#include <stdint.h>

/* LO, the first node and least argument. */
static const float sigmoid_memory_256_low = -0x1p+4f;
/* HI, the last node and greatest argument. */
static const float sigmoid_memory_256_high = 0x1p+4f;
/* h, from node to node. */
static const float sigmoid_memory_256_step = 0x1p-3f;

/* The rows one after the other, each as its comment says. */
static const float sigmoid_memory_256_values[257] = {
  /* sigma(LO + i h), i = 0...256. */
  0x1.e355b8p-24f, 0x1.11d856p-23f, 0x1.364e9ep-23f, 0x1.5f9fbep-23f, 0x1.8e7134p-23f,
  0x1.c37e8p-23f, 0x1.ff9c2p-23f, 0x1.21dd6ep-22f, 0x1.4875c4p-22f, 0x1.7431a6p-22f, 0x1.a5c04p-22f,
  0x1.dde80cp-22f, 0x1.0ec4fap-21f, 0x1.32d26cp-21f, 0x1.5baccp-21f, 0x1.89f796p-21f,
  0x1.be6c58p-21f, 0x1.f9dd1cp-21f, 0x1.1e9bfcp-20f, 0x1.44c556p-20f, 0x1.700376p-20f,
  0x1.a1038ep-20f, 0x1.d889dep-20f, 0x1.0bba64p-19f, 0x1.2f6026p-19f, 0x1.57c4fcp-19f,
  0x1.858aaep-19f, 0x1.b9688ep-19f, 0x1.f42e5ap-19f, 0x1.1b63bap-18f, 0x1.411f4cp-18f,
  0x1.6be104p-18f, 0x1.9c541ep-18f, 0x1.d33aa6p-18f, 0x1.08b84p-17f, 0x1.2bf768p-17f,
  0x1.53e7f6p-17f, 0x1.8129dep-17f, 0x1.b47262p-17f, 0x1.ee8ee4p-17f, 0x1.18341p-16f,
  0x1.3d82e4p-16f, 0x1.67c95ap-16f, 0x1.97b0bep-16f, 0x1.cdf8e4p-16f, 0x1.05bd98p-15f,
  0x1.2896f8p-15f, 0x1.50142p-15f, 0x1.7cd32ep-15f, 0x1.af875p-15f, 0x1.e8fb8ap-15f,
  0x1.150af4p-14f, 0x1.39ed86p-14f, 0x1.63b92ap-14f, 0x1.93152ep-14f, 0x1.c8bf2ap-14f,
  0x1.02c6f6p-13f, 0x1.253a68p-13f, 0x1.4c43ccp-13f, 0x1.787f58p-13f, 0x1.aa9e06p-13f,
  0x1.e3685ap-13f, 0x1.11e0bep-12f, 0x1.365562p-12f, 0x1.5fa3dep-12f, 0x1.8e7152p-12f,
  0x1.c378cap-12f, 0x1.ff8e26p-12f, 0x1.21d0b2p-11f, 0x1.486126p-11f, 0x1.74125ap-11f,
  0x1.a59296p-11f, 0x1.dda738p-11f, 0x1.0e97dap-10f, 0x1.329482p-10f, 0x1.5b58cp-10f,
  0x1.8986a2p-10f, 0x1.bdd58cp-10f, 0x1.f914fap-10f, 0x1.1e17dp-9f, 0x1.441778p-9f, 0x1.6f1f84p-9f,
  0x1.9fd992p-9f, 0x1.d7054cp-9f, 0x1.0abd94p-8f, 0x1.2e17cap-8f, 0x1.561b2ep-8f, 0x1.836348p-8f,
  0x1.b69f68p-8f, 0x1.f09504p-8f, 0x1.19112ap-7f, 0x1.3e209ap-7f, 0x1.680528p-7f, 0x1.975c3ep-7f,
  0x1.ccd642p-7f, 0x1.049c3ep-6f, 0x1.26afa2p-6f, 0x1.4d2012p-6f, 0x1.787614p-6f, 0x1.a9490cp-6f,
  0x1.e04068p-6f, 0x1.0f0a54p-5f, 0x1.31c828p-5f, 0x1.58c85cp-5f, 0x1.848344p-5f, 0x1.b57ae6p-5f,
  0x1.ec3ad6p-5f, 0x1.14abd6p-4f, 0x1.36b712p-4f, 0x1.5c90dp-4f, 0x1.868d2ap-4f, 0x1.b50132p-4f,
  0x1.e84152p-4f, 0x1.104f8ep-3f, 0x1.2f335ep-3f, 0x1.50ee02p-3f, 0x1.759b84p-3f, 0x1.9d504p-3f,
  0x1.c81702p-3f, 0x1.f5ef22p-3f, 0x1.136562p-2f, 0x1.2d46bp-2f, 0x1.488562p-2f, 0x1.65033ap-2f,
  0x1.829a06p-2f, 0x1.a11c02p-2f, 0x1.c054cep-2f, 0x1.e00aa6p-2f, 0x1p-1f, 0x1.0ffaacp-1f,
  0x1.1fd59ap-1f, 0x1.2f72p-1f, 0x1.3eb2fep-1f, 0x1.4d7e62p-1f, 0x1.5bbd5p-1f, 0x1.695ca8p-1f,
  0x1.764d5p-1f, 0x1.828438p-1f, 0x1.8dfa4p-1f, 0x1.98abfp-1f, 0x1.a2992p-1f, 0x1.abc48p-1f,
  0x1.b43328p-1f, 0x1.bbec1cp-1f, 0x1.c2f7d6p-1f, 0x1.c95fdap-1f, 0x1.cf2e5ap-1f, 0x1.d46de6p-1f,
  0x1.d9291ep-1f, 0x1.dd6a86p-1f, 0x1.e13c52p-1f, 0x1.e4a852p-1f, 0x1.e7b7ccp-1f, 0x1.ea737ap-1f,
  0x1.ece37ep-1f, 0x1.ef0f5ap-1f, 0x1.f0fdfcp-1f, 0x1.f2b5b8p-1f, 0x1.f43c5p-1f, 0x1.f597p-1f,
  0x1.f6ca82p-1f, 0x1.f7db1ep-1f, 0x1.f8cca6p-1f, 0x1.f9a29p-1f, 0x1.fa5fecp-1f, 0x1.fb077ep-1f,
  0x1.fb9bbcp-1f, 0x1.fc1ed6p-1f, 0x1.fc92c2p-1f, 0x1.fcf93ap-1f, 0x1.fd53cap-1f, 0x1.fda3dp-1f,
  0x1.fdea84p-1f, 0x1.fe28fap-1f, 0x1.fe6026p-1f, 0x1.fe90ep-1f, 0x1.febbe8p-1f, 0x1.fee1e8p-1f,
  0x1.ff0376p-1f, 0x1.ff2116p-1f, 0x1.ff3b3cp-1f, 0x1.ff5254p-1f, 0x1.ff66b6p-1f, 0x1.ff78b4p-1f,
  0x1.ff8896p-1f, 0x1.ff969cp-1f, 0x1.ffa2fcp-1f, 0x1.ffade8p-1f, 0x1.ffb78cp-1f, 0x1.ffc00ep-1f,
  0x1.ffc79p-1f, 0x1.ffce32p-1f, 0x1.ffd40cp-1f, 0x1.ffd936p-1f, 0x1.ffddc4p-1f, 0x1.ffe1cap-1f,
  0x1.ffe556p-1f, 0x1.ffe878p-1f, 0x1.ffeb3cp-1f, 0x1.ffedacp-1f, 0x1.ffefd4p-1f, 0x1.fff1bap-1f,
  0x1.fff368p-1f, 0x1.fff4e2p-1f, 0x1.fff63p-1f, 0x1.fff758p-1f, 0x1.fff85cp-1f, 0x1.fff942p-1f,
  0x1.fffa0cp-1f, 0x1.fffacp-1f, 0x1.fffb5ep-1f, 0x1.fffbeap-1f, 0x1.fffc64p-1f, 0x1.fffcdp-1f,
  0x1.fffd3p-1f, 0x1.fffd84p-1f, 0x1.fffddp-1f, 0x1.fffe12p-1f, 0x1.fffe4cp-1f, 0x1.fffe7ep-1f,
  0x1.fffeacp-1f, 0x1.fffed4p-1f, 0x1.fffef8p-1f, 0x1.ffff16p-1f, 0x1.ffff32p-1f, 0x1.ffff4ap-1f,
  0x1.ffff6p-1f, 0x1.ffff72p-1f, 0x1.ffff82p-1f, 0x1.ffff92p-1f, 0x1.ffff9ep-1f, 0x1.ffffaap-1f,
  0x1.ffffb4p-1f, 0x1.ffffbep-1f, 0x1.ffffc4p-1f, 0x1.ffffccp-1f, 0x1.ffffd2p-1f, 0x1.ffffd8p-1f,
  0x1.ffffdcp-1f, 0x1.ffffep-1f, 0x1.ffffe4p-1f, 0x1.ffffe8p-1f, 0x1.ffffeap-1f, 0x1.ffffecp-1f,
  0x1.fffffp-1f, 0x1.fffff2p-1f, 0x1.fffff2p-1f, 0x1.fffff4p-1f, 0x1.fffff6p-1f, 0x1.fffff6p-1f,
  0x1.fffff8p-1f, 0x1.fffff8p-1f, 0x1.fffffap-1f, 0x1.fffffap-1f, 0x1.fffffcp-1f, 0x1.fffffcp-1f,
  0x1.fffffcp-1f,
};
#endif
