import SinglePathKernel
import SinglePathShims

/// Sixteen lanes.
private enum AVX512: MachineCode {
  typealias Vector = SIMD16<Float>

  @inline(never)
  static func train<Links: LinkKind>(
    _ links: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) -> Int {
    trainAll(links, call, memory)
  }

  @inline(never)
  static func train<Links: LinkKind>(_ links: Links.Type, _ frame: Frame) {
    trainFrame(links, frame)
  }

  @inline(never)
  static func predict<Links: LinkKind>(
    _ links: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    predictAll(links, call, memory)
  }

  @inline(never)
  static func sumCosts<Links: LinkKind>(
    _ links: Links.Type, _ call: sp_call, _ memory: UnsafeMutableRawPointer
  ) {
    sumAllCosts(links, call, memory)
  }
}

@c @implementation
public func sp_kernel_avx512(
  _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
) -> Int {
  AVX512.run(call.pointee, memory)
}
