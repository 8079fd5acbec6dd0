import Foundation
import SeededRandom
import Testing

@testable import SinglePathKernel

/// Where the machine has no fused multiply-add it is emulated by double precision, and these tests
/// are of the emulation.
@Suite("The multiply-add rounds once", .printsSeed)
struct MultiplyAddTests {
  /// Three floats whose a·b + c is hard to round.
  enum Draw: CaseIterable {
    /// Any bits: NaN, infinities, subnormals, all exponents.
    case any
    /// Exponents so near each other that every bit of the three counts.
    case near
    /// a·b nearly half the last bit of c: a double has no room for what tells them apart.
    case halfway
    /// The same below the least normal float.
    case subnormal
    /// a·b nearly −c, so that most bits cancel.
    case cancelling

    func draw(_ random: inout SplitMix64) -> (Float, Float, Float) {
      func float(_ exponents: ClosedRange<UInt32>) -> Float {
        let drawn = UInt32.random(in: 0...UInt32.max, using: &random)
        return Float(
          bitPattern: drawn & 0x8000_0000 | .random(in: exponents, using: &random) << 23
            | drawn & 0x7F_FFFF)
      }
      switch self {
      case .any: return (float(0...255), float(0...255), float(0...255))
      case .near: return (float(115...135), float(115...135), float(105...145))
      case .halfway, .subnormal:
        // (1 + ε)(1 − ε) = 1 − ε²
        let ε = Float(sign: .plus, exponent: -.random(in: 18...23, using: &random), significand: 1)
        let (scale, c): (Float, Float) =
          self == .halfway ? (0x1p-12, float(127...127)) : (0x1p-75, float(0...0))
        return ((1 + ε) * scale, (Bool.random(using: &random) ? 1 - ε : ε - 1) * scale, c)
      case .cancelling:
        let (a, b) = (float(100...150), float(100...150))
        let ε = [0, 0x1p-23, 0x1p-12][Int.random(in: 0...2, using: &random)] as Float
        return (a, b, -(a * b) * (1 + ε))
      }
    }
  }

  @Test(arguments: Draw.allCases)
  func asTheSystemsDoes(draw: Draw) {
    var random = SplitMix64()
    var onceOnly = 0
    for _ in 0..<20_000 {
      var (a, b, c) = (SIMD16<Float>(), SIMD16<Float>(), SIMD16<Float>())
      for lane in 0..<16 { (a[lane], b[lane], c[lane]) = draw.draw(&random) }
      let sixteen = SIMD16<Float>.fusedMultiplyAdd(a, b, c)
      let eight = SIMD8<Float>.fusedMultiplyAdd(a.lowHalf, b.lowHalf, c.lowHalf)
      let four = SIMD4<Float>.fusedMultiplyAdd(
        a.lowHalf.highHalf, b.lowHalf.highHalf, c.lowHalf.highHalf)
      for lane in 0..<16 {
        let expected = fma(a[lane], b[lane], c[lane])
        func matches(_ result: Float) -> Bool {
          result.bitPattern == expected.bitPattern || result.isNaN && expected.isNaN
        }
        #expect(matches(sixteen[lane]), "16 lanes: \(a[lane]) · \(b[lane]) + \(c[lane])")
        if lane < 8 {
          #expect(matches(eight[lane]), "8 lanes: \(a[lane]) · \(b[lane]) + \(c[lane])")
        }
        if 4..<8 ~= lane {
          #expect(matches(four[lane - 4]), "4 lanes: \(a[lane]) · \(b[lane]) + \(c[lane])")
        }
        let twice = Float(Double(a[lane]) * Double(b[lane]) + Double(c[lane]))
        if twice.bitPattern != expected.bitPattern, !twice.isNaN { onceOnly += 1 }
      }
    }
    // The numbers drawn tell one rounding from two.
    if draw == .halfway || draw == .subnormal { #expect(onceOnly > 100, "\(onceOnly)") }
  }
}
