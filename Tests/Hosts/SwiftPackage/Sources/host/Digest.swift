/// FNV-1a, 64 bits, over the bytes of each value, lowest first.
struct Digest {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  mutating func add(_ number: Float) {
    for shift in [0, 8, 16, 24] as [UInt32] {
      add(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }
}
