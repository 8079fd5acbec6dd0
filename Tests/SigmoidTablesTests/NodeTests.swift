import Testing

/// σ(k/16) rounded correctly to `Float` and `Double`: k and both bit patterns.
///
/// Made with mpmath 1.3.0 at 300 bits: `1/(1+exp(-mpf(k)/16))`, then rounded to 24 and 53 bits.
private let exactNodes: [(k: Int, float: UInt32, double: UInt64)] = [
  (-256, 0x33f1_aadc, 0x3e7e_355b_81e5_bc48),
  (-255, 0x3400_a077, 0x3e80_140e_dc37_8bb3),
  (-251, 0x3425_28fc, 0x3e84_a51f_7af6_faf5),
  (-240, 0x34a4_3ae2, 0x3e94_875c_38cc_6b4a),
  (-211, 0x35fb_81de, 0x3ebf_703b_c5f8_cdf0),
  (-197, 0x3696_d551, 0x3ed2_daaa_1a87_d3ee),
  (-160, 0x383e_6997, 0x3f07_cd32_e41d_d960),
  (-128, 0x39af_d1ef, 0x3f35_fa3d_d7d2_f7a6),
  (-99, 0x3b06_65c4, 0x3f60_ccb8_8df7_38b6),
  (-64, 0x3c93_57d1, 0x3f92_6afa_1e43_c2c3),
  (-37, 0x3db8_82ad, 0x3fb7_1055_9eaa_51aa),
  (-21, 0x3e59_2891, 0x3fcb_2512_119b_9872),
  (-16, 0x3e89_b2b1, 0x3fd1_3656_1454_ba86),
  (-8, 0x3ec1_4d03, 0x3fd8_29a0_5659_78df),
  (-5, 0x3ed8_5287, 0x3fdb_0a50_e13b_dcf7),
  (-1, 0x3ef8_00ab, 0x3fdf_0015_5333_6a71),
  (0, 0x3f00_0000, 0x3fe0_0000_0000_0000),
  (1, 0x3f03_ffab, 0x3fe0_7ff5_5666_4ac7),
  (2, 0x3f07_fd56, 0x3fe0_ffaa_ccbf_0187),
  (7, 0x3f1b_8fd0, 0x3fe3_71fa_082d_4f92),
  (16, 0x3f3b_26a8, 0x3fe7_64d4_f5d5_a2bd),
  (24, 0x3f51_4c90, 0x3fea_2991_f2a9_7914),
  (33, 0x3f63_1fd7, 0x3fec_63fa_e35c_07b5),
  (50, 0x3f75_39bd, 0x3fee_a737_a321_4358),
  (64, 0x3f7b_6541, 0x3fef_6ca8_2f0d_e1ea),
  (77, 0x3f7d_efa6, 0x3fef_bdf4_c741_7447),
  (96, 0x3f7f_5df4, 0x3fef_ebbe_888d_0580),
  (120, 0x3f7f_dbc6, 0x3fef_fb78_bd3a_a3b9),
  (128, 0x3f7f_ea06, 0x3fef_fd40_b845_05a1),
  (170, 0x3f7f_fe68, 0x3fef_ffcd_09e8_57d7),
  (200, 0x3f7f_ffc1, 0x3fef_fff8_2f46_98c9),
  (233, 0x3f7f_fff8, 0x3fef_ffff_01a2_b8b8),
  (250, 0x3f7f_fffd, 0x3fef_ffff_a818_1052),
  (255, 0x3f7f_fffe, 0x3fef_ffff_bfaf_c48f),
  (256, 0x3f7f_fffe, 0x3fef_ffff_c395_48fc),
]

@Suite("Node values are correctly rounded")
struct NodeTests {
  @Test("to the last bit where high-precision vectors say so")
  func vectors() {
    for node in exactNodes {
      #expect(Float(GeneratedTable.memory512.values[node.k + 256]).bitPattern == node.float)
      #expect(GeneratedTable.memoryDouble.values[2 * node.k + 512].bitPattern == node.double)
    }
  }

  @Test("within half a unit of libm's σ in float")
  func floatNodes() {
    for i in 0...512 {
      let exact = referenceSigmoid(Double(i - 256) / 16)
      let value = GeneratedTable.memory512.values[i]
      #expect(abs(value - exact) <= Double(Float(value).ulp) * 0.5000001)
    }
    for i in 0...256 {
      #expect(GeneratedTable.memory256.values[i] == GeneratedTable.memory512.values[2 * i])
    }
  }

  @Test("within two units of libm's σ in double")
  func doubleNodes() {
    for i in 0...1024 {
      let value = GeneratedTable.memoryDouble.values[i]
      #expect(abs(value - referenceSigmoid(Double(i - 512) / 32)) <= 2 * value.ulp)
    }
  }

  @Test("to the nearest integer in Q15, with the greatest held at 32767")
  func integerNodes() {
    for i in 0...256 {
      let exact = (referenceSigmoid(Double(i - 128) / 8) * 32768).rounded()
      #expect(GeneratedTable.memoryQ15.values[i] == min(32767, exact))
    }
  }
}
