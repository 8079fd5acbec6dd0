import CSinglePath
import SinglePathChecks

/// The status of a call whose arguments are checked, and which then runs, in a closure.
func status(of body: () throws(Refusal) -> Void) -> sp_status {
  do throws(Refusal) {
    try body()
    return sp_status(SP_OK)
  } catch {
    return sp_status(truncatingIfNeeded: error.status)
  }
}

extension Refusal {
  fileprivate var status: Int {
    switch self {
    case .shape: SP_ERROR_SHAPE
    case .size: SP_ERROR_SIZE
    case .stride, .step: SP_ERROR_STRIDE
    case .missing: SP_ERROR_NULL
    case .misaligned: SP_ERROR_MISALIGNED
    case .overflow: SP_ERROR_OVERFLOW
    case .overlap: SP_ERROR_OVERLAP
    case .rate: SP_ERROR_RATE
    case .range: SP_ERROR_RANGE
    case .setting, .tolerance, .flag, .reserved: SP_ERROR_SETTING
    }
  }
}
