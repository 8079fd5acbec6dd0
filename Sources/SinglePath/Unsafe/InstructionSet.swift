import Dispatch
import SinglePathShims
import Synchronization

/// The machine code that a kernel runs. The results have the same bits with each.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// x86-64 without extensions; fused multiply-add is emulated, so this is slow and right.
  case baseline
  /// x86-64-v3: AVX2 and FMA, 8 lanes.
  case avx2
  /// x86-64-v4: AVX-512, 16 lanes.
  case avx512
  /// arm64, 4 lanes.
  case neon

  /// Whether this machine has it.
  public var isAvailable: Bool {
    #if arch(x86_64)
      switch self {
      case .baseline: true
      case .avx2: sp_best_instructions() >= SP_INSTRUCTIONS_AVX2
      case .avx512: sp_best_instructions() >= SP_INSTRUCTIONS_AVX512
      case .neon: false
      }
    #else
      self == .neon
    #endif
  }

  /// Those that this machine has, the fastest last.
  public static var available: [InstructionSet] { allCases.filter(\.isAvailable) }

  /// The fastest that this machine has.
  static var best: InstructionSet {
    #if arch(x86_64)
      switch Int(sp_best_instructions()) {
      case SP_INSTRUCTIONS_AVX512: .avx512
      case SP_INSTRUCTIONS_AVX2: .avx2
      default: .baseline
      }
    #else
      .neon
    #endif
  }

  /// Runs a checked call on this thread.
  func run(_ call: inout sp_call) -> Int {
    unsafe withUnsafePointer(to: &call) { unsafe sp_run(sp_kernel_for(code), $0) }
  }

  private var code: UInt8 {
    switch self {
    case .baseline, .neon: UInt8(SP_INSTRUCTIONS_BASELINE)
    case .avx2: UInt8(SP_INSTRUCTIONS_AVX2)
    case .avx512: UInt8(SP_INSTRUCTIONS_AVX512)
    }
  }

  /// Runs a checked call on several threads. They take ranges of its paths in turn, since neither cores
  /// nor paths are equally fast, and a thread may wake late.
  func run(_ call: sp_call, threads: Int) -> Int {
    let count = unsafe Int(call.count)
    // Ranges of whole cache lines, so that no two threads write into the same one of an aligned bank.
    let lines = (count + 63) / 64
    let workers = min(threads, lines)
    // Eight for each worker, unless they would be shorter than 1,024 paths.
    let ranges = max(workers, min(8 * workers, lines / 16))
    let next = Atomic(0)
    let diverged = Atomic(0)
    nonisolated(unsafe) let call = unsafe call
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let range = next.add(1, ordering: .relaxed).oldValue
        if range >= ranges { return }
        let first = lines * range / ranges * 64
        let end = min(count, lines * (range + 1) / ranges * 64)
        var part = unsafe call.restricted(to: first..<end)
        unsafe diverged.add(run(&part), ordering: .relaxed)
      }
    }
    return diverged.load(ordering: .relaxed)
  }
}
