import SinglePathShims

/// An instruction set for which the kernel is instantiated.
///
/// Functions that stay out of line are generic over it. Each type that conforms is private to a module that
/// is compiled for its instruction set, and is part of the names of the functions instantiated for it: no
/// linker can merge them with those of another module and hand AVX code to a baseline caller.
protocol InstructionSetTarget {
  /// What training and evaluation work on: where that is faster, two machine vectors side by side.
  associatedtype Vector: Lanes
  /// One machine vector.
  associatedtype Single: Lanes
  /// Whether training has a function for each depth: not where an emulated multiply-add fills them with
  /// code and takes nearly all of their time.
  static var hasConstantDepths: Bool { get }
}
