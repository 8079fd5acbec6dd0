import SinglePathShims

// This folder is compiled once for each instruction set, as a module of its own: see Package.swift, which
// links the other modules' folders to it and gives each a define and a machine.

#if KERNEL_AVX512
  /// Sixteen lanes.
  private enum Machine: InstructionSetTarget {
    typealias Vector = Pair<SIMD16<Float>>
    typealias Single = SIMD16<Float>
    static var hasConstantDepths: Bool { true }
  }

  @c @implementation
  public func sp_kernel_avx512(
    _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
  ) -> Int {
    dispatch(call, memory, on: Machine.self)
  }
#elseif KERNEL_WIDE
  /// The lanes of AVX-512 in vectors of AVX2: what depends on the width is the same, so that a machine
  /// without AVX-512 can test it.
  private enum Machine: InstructionSetTarget {
    typealias Vector = Pair<SIMD16<Float>>
    typealias Single = SIMD16<Float>
    static var hasConstantDepths: Bool { true }
  }

  /// An entry like `sp_kernel_avx512`.
  public func runWideKernel(
    _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
  ) -> Int {
    dispatch(call, memory, on: Machine.self)
  }
#elseif KERNEL_AVX2
  /// Eight lanes.
  private enum Machine: InstructionSetTarget {
    typealias Vector = Pair<SIMD8<Float>>
    typealias Single = SIMD8<Float>
    static var hasConstantDepths: Bool { true }
  }

  @c @implementation
  public func sp_kernel_avx2(
    _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
  ) -> Int {
    dispatch(call, memory, on: Machine.self)
  }
#else
  /// Four lanes, which every machine has: SSE2 or NEON.
  private enum Machine: InstructionSetTarget {
    typealias Vector = SIMD4<Float>
    typealias Single = SIMD4<Float>
    #if arch(x86_64)
      static var hasConstantDepths: Bool { false }
    #else
      static var hasConstantDepths: Bool { true }
    #endif
  }

  @c @implementation
  public func sp_kernel_baseline(
    _ call: UnsafePointer<sp_call>!, _ memory: UnsafeMutableRawPointer!
  ) -> Int {
    dispatch(call, memory, on: Machine.self)
  }
#endif
