// sigma(x) = 1 / (1 + exp(-x)). Generated, not to be edited; made by
//   sigmoid-tables --form memory --nodes 256 --degree 2 --type q15 --swift --name MemoryTableQ15 --output Tests/SigmoidTablesTests/Generated/MemoryTableQ15.swift
// Formula: sigma(x + d) by Taylor's series of degree 2 from the nearest node x.
// Domain: x an int16 in units of 2^-11, -16 <= x < 16; y an int16 in units of 2^-15.
// Step: h = 0x1p-3, 256 cells.
// Rounding: nodes rounded to the nearest integer (Ziv's test), at most 32767.
// Recipe, in int32, >> keeps the sign:
//   u = x + 32768; i = (u + (1 << (shift - 1))) >> shift; d = u - (i << shift);
//   a = T[i]; a1 = (a * (32768 - a) + 16384) >> 15;
//   b = 4096 + ((d * (16384 - a) + 8192) >> 14);
//   y = a + ((((d * a1 + 8) >> 4) * b + 262144) >> 19);
//   y = max(0, min(32767, y)).
// Bound: |error| <= 0x1.2p-15 (3.44e-5).
// Measured: 0x1.141a818366p-15 (3.30e-5) at x = -0x1.418p-2, 65536 arguments.
// Monotone: no, largest drop 0x1p-15 (3.06e-5) at x = -0x1.0ap+3.
// Range: 0x0p+0 ... 0x1.fffcp-1.
// Digest: FNV-1a 64 of the values 9e3239e8520f6907.

/// Table of σ for the memory form; the recipe stands above.
@usableFromInline
enum MemoryTableQ15 {
  /// A cell is 2^shift units of x wide.
  @inlinable static var shift: UInt32 { 8 }

  /// The rows one after the other, each as its comment says.
  // swift-format-ignore
  @usableFromInline static let values: InlineArray<257, Int16> = [
    // sigma(-16 + i h) * 2^15, i = 0...256.
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10,
    11, 12, 14, 16, 18, 21, 23, 26, 30, 34, 38, 43, 49, 56, 63, 72, 81, 92, 104, 118, 133, 151, 171,
    194, 219, 248, 281, 318, 360, 407, 461, 521, 589, 666, 753, 851, 961, 1084, 1223, 1379, 1554,
    1750, 1969, 2213, 2486, 2789, 3124, 3496, 3906, 4357, 4851, 5391, 5978, 6613, 7297, 8031, 8813,
    9641, 10513, 11424, 12371, 13348, 14347, 15361, 16384, 17407, 18421, 19420, 20397, 21344, 22255,
    23127, 23955, 24737, 25471, 26155, 26790, 27377, 27917, 28411, 28862, 29272, 29644, 29979,
    30282, 30555, 30799, 31018, 31214, 31389, 31545, 31684, 31807, 31917, 32015, 32102, 32179,
    32247, 32307, 32361, 32408, 32450, 32487, 32520, 32549, 32574, 32597, 32617, 32635, 32650,
    32664, 32676, 32687, 32696, 32705, 32712, 32719, 32725, 32730, 32734, 32738, 32742, 32745,
    32747, 32750, 32752, 32754, 32756, 32757, 32758, 32759, 32760, 32761, 32762, 32763, 32763,
    32764, 32764, 32765, 32765, 32766, 32766, 32766, 32766, 32767, 32767, 32767, 32767, 32767,
    32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767,
    32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767,
    32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767, 32767,
    32767, 32767, 32767, 32767, 32767,
  ]
}
