/// Why a call was refused. Nothing has been read or written then.
public enum SinglePathError: Error, Hashable, Sendable {
  /// The depth is not in 1…8.
  case depth(Int)
  /// The sigmoids of a shape are computed by one method; these are two.
  case sigmoidMethods(hidden: SigmoidMethod, output: SigmoidMethod)
  /// A count, a number of frames or a number of threads is out of its range.
  case size(Argument, Int, allowed: ClosedRange<Int>)
  /// Rows of an argument are too near to each other.
  case stride(Argument, Int, least: Int)
  /// Memory holds fewer elements than the call would read or write.
  case tooShort(Argument, count: Int, needed: Int, Layout)
  /// Saved parameters are not as many as those of the bank.
  case parameterCount(Int, needed: Int)
  /// The elements named do not fit into the address space.
  case overflow(Argument)
  /// An argument is missing where there are elements to read or write.
  case missing(Argument)
  /// A pointer does not have its element's alignment.
  case misaligned(Argument)
  /// Inputs and targets do not have the same number of frames.
  case frames(inputs: Int, targets: Int)
  /// Sample weights do not have as many frames as inputs and targets.
  case weights(frames: Int, weights: Int)
  /// Targets are one a path; these are shared by all paths.
  case sharedTargets
  /// Memory that is written overlaps other memory of the call.
  case overlap(Argument, Argument)
  /// A learning rate is not finite and positive; the path, if each has its own.
  case learningRate(Float, path: Int?)
  /// A threshold or a limit is not above 0, or not finite.
  case setting(Argument, Float)
  /// A tolerance is not 0 or more and below 1.
  case tolerance(Float)
  /// A monitor is asked to review a bank of another shape or size than that it was made for.
  case otherBank
  /// This machine does not have the instruction set.
  case instructionSet(InstructionSet)
  /// A series has as many inputs as targets; this one has not.
  case series(Int, inputs: Int, targets: Int)
  /// A series has as many weights as inputs; this one has not.
  case seriesWeights(Int, inputs: Int, weights: Int)
  /// The system has no memory of that size.
  case memory(bytes: Int)

  /// The rows that a call would read or write of an argument.
  public struct Layout: Hashable, Sendable {
    /// Frames of samples, planes of parameters, rows of an examination; 1 for one element a path.
    public var rows: Int
    /// Elements of a row: the number of paths, or 1 if all paths share it.
    public var width: Int
    /// Elements from row to row.
    public var stride: Int

    public init(rows: Int, width: Int, stride: Int) {
      self.rows = rows
      self.width = width
      self.stride = stride
    }
  }
}

extension SinglePathError: CustomStringConvertible {
  /// One line that names the argument and what would be right.
  public var description: String {
    switch self {
    case .depth(let depth):
      "depth is \(depth); it must be 1 to 8"
    case .sigmoidMethods(let hidden, let output):
      "the sigmoids of the hidden units are computed by \(hidden), that of the output by \(output); "
        + "it must be the same method"
    case .size(let argument, let value, let allowed):
      "\(argument) is \(value); it must be \(words(allowed))"
    case .stride(let argument, let value, let least):
      "the stride of \(argument) is \(value); it must be \(least) or more"
    case .tooShort(let argument, let count, let needed, let layout):
      "\(argument) \(argument.name.hasSuffix("s") ? "hold" : "holds") \(counted(count)); "
        + "\(layout.description(of: argument)) \(grouped(needed))"
    case .parameterCount(let count, let needed):
      "there are \(grouped(count)) saved parameters; the bank has \(grouped(needed))"
    case .overflow(let argument):
      "\(argument) would reach beyond the address space"
    case .missing(let argument):
      "\(argument) are missing"
    case .misaligned(let argument):
      "the address of \(argument) is not aligned for its elements"
    case .frames(let inputs, let targets):
      "there are \(inputs) frames of inputs but \(targets) frames of targets"
    case .weights(let frames, let weights):
      "there are \(frames) frames of samples but \(weights) frames of sample weights"
    case .sharedTargets:
      "the targets are shared by all paths; there must be one a path"
    case .overlap(let argument, let other):
      "the memory of \(argument) overlaps that of \(other)"
    case .learningRate(let rate, nil):
      "the learning rate is \(rate); it must be finite and above 0"
    case .learningRate(let rate, let path?):
      "the learning rate of path \(path) is \(rate); it must be finite and above 0"
    case .setting(.gradientLimit, let value):
      "\(Argument.gradientLimit) is \(value); it must be above 0"
    case .setting(.absoluteTolerance, let value):
      "\(Argument.absoluteTolerance) is \(value); it must be finite and 0 or more"
    case .setting(let argument, let value):
      "\(argument) is \(value); it must be finite and above 0"
    case .tolerance(let value):
      "the relative tolerance is \(value); it must be 0 or more and below 1"
    case .otherBank:
      "the bank has another shape or number of paths than the one that is monitored"
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

extension SinglePathError.Layout {
  /// What needs the elements, up to the verb: "64 frames × 100 paths with stride 100 need".
  fileprivate func description(of argument: Argument) -> String {
    if rows == 1 { return width == 1 ? "1 path needs" : "\(grouped(width)) paths need" }
    let row =
      switch argument {
      case .parameters, .lowerBounds, .upperBounds: "planes"
      case .examination, .fitRows: "rows"
      default: "frames"
      }
    let size =
      width == 1 ? "\(grouped(rows)) \(row)" : "\(grouped(rows)) \(row) × \(grouped(width)) paths"
    return "\(size) with stride \(grouped(stride)) need"
  }
}

private func words(_ allowed: ClosedRange<Int>) -> String {
  if allowed.lowerBound == allowed.upperBound { return "\(allowed.lowerBound)" }
  return "\(allowed.lowerBound) "
    + (allowed.upperBound == .max ? "or more" : "to \(allowed.upperBound)")
}

private func counted(_ count: Int) -> String {
  count == 1 ? "1 value" : "\(grouped(count)) values"
}

/// A number, 0 or more, with a comma after each three digits.
private func grouped(_ number: Int) -> String {
  var digits = String(number)
  for place in stride(from: digits.count - 3, to: 0, by: -3) {
    digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
  }
  return digits
}
