import SinglePathChecks

extension SinglePathError {
  /// What a host in Swift is told about a refused call.
  init(_ refusal: Refusal) {
    switch refusal {
    case .shape(let depth): self = .depth(depth)
    case .size(let name, let value, let least):
      self = .size(Argument("\(name)"), value, allowed: least...Int.max)
    case .stride(let name, let value, let least):
      self = .stride(Argument("\(name)"), value, least: least)
    case .missing(let name): self = .missing(Argument("\(name)"))
    case .overflow(let name): self = .overflow(Argument("\(name)"))
    case .overlap(let name, let other):
      self = .overlap(Argument("\(name)"), Argument("\(other)"))
    case .rate(let rate, let path): self = .learningRate(rate, path: path)
    case .setting(let name, let value): self = .setting(Argument("\(name)"), value)
    case .tolerance(let value): self = .tolerance(value)
    case .misaligned(let name): self = .misaligned(Argument("\(name)"))
    case .step, .range, .flag, .reserved:
      preconditionFailure("the types of Swift leave nothing to refuse here")
    }
  }
}
