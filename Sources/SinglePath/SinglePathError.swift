/// Why a call was refused. Nothing has been read or written then.
public enum SinglePathError: Error, Hashable, Sendable {
  /// The depth is not in 1…8.
  case depth(Int)
  /// A count, a number of frames, a stride or a number of threads is out of its range.
  case size(_ what: String, Int, least: Int)
  /// The elements named do not fit into the address space.
  case overflow(_ what: String)
  /// A pointer is missing where there are elements to read or write.
  case missing(_ what: String)
  /// A pointer does not have its element's alignment.
  case misaligned(_ what: String)
  /// Inputs and targets do not have the same number of frames.
  case frames(inputs: Int, targets: Int)
  /// Sample weights do not have as many frames as inputs and targets.
  case weights(frames: Int, weights: Int)
  /// Targets are one a path; these are shared by all paths.
  case sharedTargets
  /// Memory that is written overlaps other memory of the call.
  case overlap(_ what: String, _ other: String)
  /// An argument has not as many elements as the call needs.
  case elements(_ what: String, Int, needed: Int)
  /// A learning rate is not finite and positive; the path, if each has its own.
  case learningRate(Float, path: Int?)
  /// A threshold or a limit is not above 0, or not finite.
  case setting(_ what: String, Float)
  /// A tolerance is not 0 or more and below 1.
  case tolerance(Float)
  /// A watch is asked to review a bank of another shape or size than that it was made for.
  case otherBank
  /// This machine does not have the instruction set.
  case instructionSet(InstructionSet)
  /// A series has as many inputs as targets; this one has not.
  case series(Int, inputs: Int, targets: Int)
  /// A series has as many weights as inputs; this one has not.
  case seriesWeights(Int, inputs: Int, weights: Int)
  /// The system has no memory of that size.
  case memory(bytes: Int)
}

extension SinglePathError: CustomStringConvertible {
  /// One line that names the argument and what would be right.
  public var description: String {
    switch self {
    case .depth(let depth):
      "depth is \(depth); it must be 1 to 8"
    case .size(let what, let value, let least):
      "\(what) is \(value); it must be \(least) or more"
    case .overflow(let what):
      "\(what) would reach beyond the address space"
    case .missing(let what):
      "\(what) has no memory: the pointer is nil"
    case .misaligned(let what):
      "\(what) begins at an address that is not aligned for its elements"
    case .frames(let inputs, let targets):
      "there are \(inputs) frames of inputs but \(targets) frames of targets"
    case .weights(let frames, let weights):
      "there are \(frames) frames of samples but \(weights) frames of sample weights"
    case .sharedTargets:
      "the targets are shared by all paths; there must be one a path"
    case .overlap(let what, let other):
      "the memory of \(what) overlaps that of \(other)"
    case .elements(let what, let count, let needed):
      "\(what) have \(count) values; the call needs \(needed)"
    case .learningRate(let rate, nil):
      "the learning rate is \(rate); it must be finite and above 0"
    case .learningRate(let rate, let path?):
      "the learning rate of path \(path) is \(rate); it must be finite and above 0"
    case .setting(let what, let value):
      "\(what) is \(value); it must be finite and above 0"
    case .tolerance(let value):
      "the tolerance is \(value); it must be 0 or more and below 1"
    case .otherBank:
      "the bank has another shape or number of paths than the one that is watched"
    case .instructionSet(let set):
      "this machine does not have \(set.rawValue); it has "
        + InstructionSet.available.map(\.rawValue).joined(separator: ", ")
    case .series(let index, let inputs, let targets):
      "series \(index) has \(inputs) inputs but \(targets) targets"
    case .seriesWeights(let index, let inputs, let weights):
      "series \(index) has \(inputs) inputs but \(weights) weights"
    case .memory(let bytes):
      "the system has no \(bytes) bytes of memory"
    }
  }
}
