import CSinglePath
import SinglePathChecks
import SinglePathShims

// What single_path.h says about the library and its shapes.

@c @implementation
public func sp_version() -> Int32 { SP_VERSION }

@c @implementation
public func sp_build_description() -> UnsafePointer<CChar>! {
  #if arch(x86_64)
    switch Int(sp_best_instructions()) {
    case SP_INSTRUCTIONS_AVX512: text("SinglePath for x86-64-v4 (AVX-512), 16 lanes")
    case SP_INSTRUCTIONS_AVX2: text("SinglePath for x86-64-v3 (AVX2), 8 lanes")
    default: text("SinglePath for x86-64 (SSE2), 4 lanes, slow")
    }
  #elseif arch(arm64)
    text("SinglePath for arm64 (NEON), 4 lanes")
  #else
    text("SinglePath without vector instructions")
  #endif
}

@c @implementation
public func sp_status_string(_ status: sp_status) -> UnsafePointer<CChar>! {
  switch Int(status) {
  case SP_OK: text("no error")
  case SP_ERROR_SHAPE:
    text("the depth is not 1 to 8, or a choice of the shape does not exist")
  case SP_ERROR_SIZE: text("a number of paths or frames is negative")
  case SP_ERROR_STRIDE: text("a stride is too small, or a step is not 0 or 1")
  case SP_ERROR_NULL: text("a pointer is NULL where there are elements to read or write")
  case SP_ERROR_MISALIGNED: text("a pointer is not aligned for its elements")
  case SP_ERROR_OVERFLOW: text("an array would reach beyond the address space")
  case SP_ERROR_OVERLAP: text("memory that is written overlaps other memory of the call")
  case SP_ERROR_RATE: text("a learning rate is not finite and above 0")
  case SP_ERROR_RANGE: text("the bounds are not finite and in order, or too far apart")
  case SP_ERROR_SETTING:
    text("a threshold, a limit, a flag or a rule is out of its range, or a reserved field is not 0")
  default: text("no status of this library")
  }
}

/// The characters of a literal, which end with a zero.
private func text(_ literal: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
}

@c @implementation
public func sp_parameter_count(_ shape: sp_shape) -> Int {
  (try? sp_call(SP_TRAIN, shape, paths: 0, frames: 0).parameterCount) ?? 0
}
