import SinglePathShims

/// The machine code that a call runs.
struct MachineCode {
  let kernel: sp_kernel
  let description: StaticString

  /// The best that this machine has.
  static var best: MachineCode {
    #if arch(x86_64)
      if sp_has_avx512() {
        return MachineCode(
          kernel: sp_kernel_avx512, description: "SinglePath for x86-64-v4 (AVX-512), 16 lanes")
      }
      if sp_has_avx2() {
        return MachineCode(
          kernel: sp_kernel_avx2, description: "SinglePath for x86-64-v3 (AVX2), 8 lanes")
      }
      return MachineCode(
        kernel: sp_kernel_baseline, description: "SinglePath for x86-64 (SSE2), 4 lanes, slow")
    #elseif arch(arm64)
      return MachineCode(
        kernel: sp_kernel_baseline, description: "SinglePath for arm64 (NEON), 4 lanes")
    #else
      return MachineCode(
        kernel: sp_kernel_baseline, description: "SinglePath without vector instructions")
    #endif
  }
}
