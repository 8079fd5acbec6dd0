import SinglePathChecks

extension SinglePathError {
  /// What a host in Swift is told about a refused call.
  init(_ refusal: Refusal) {
    switch refusal {
    case .shape(let depth): self = .depth(depth)
    case .size(let what, let value, let least): self = .size("\(what)", value, least: least)
    case .stride(let what, let value, let least):
      self = .size("the stride of \(what)", value, least: least)
    case .missing(let what): self = .missing("\(what)")
    case .overflow(let what): self = .overflow("\(what)")
    case .overlap(let what, let other): self = .overlap("\(what)", "\(other)")
    case .rate(let rate, let path): self = .learningRate(rate, path: path)
    case .setting(let what, let value): self = .setting("\(what)", value)
    case .tolerance(let value): self = .tolerance(value)
    case .misaligned(let what): self = .misaligned("\(what)")
    case .step, .range, .flag, .reserved:
      preconditionFailure("the types of Swift leave nothing to refuse here")
    }
  }
}
