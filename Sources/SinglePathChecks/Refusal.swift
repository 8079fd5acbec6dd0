/// Why a call is refused, with what a message needs. Arguments are named as in "the parameters".
///
/// Every case that names an argument carries it, so that no case can be hashed: hashing would ask the
/// system for random bytes.
public enum Refusal: Error {
  /// The depth is not 1 to 8, or one of the shape's choices does not exist.
  case shape(depth: Int)
  /// A number of paths or frames is too small.
  case size(StaticString, Int, least: Int)
  /// Rows of an argument are too near to each other.
  case stride(StaticString, Int, least: Int)
  /// The step of an argument is neither 0 nor 1.
  case step(StaticString, Int)
  /// A pointer is missing where there are elements to read or write.
  case missing(StaticString)
  /// A pointer does not have its element's alignment.
  case misaligned(StaticString)
  /// An argument would reach beyond the address space.
  case overflow(StaticString)
  /// The first is written and overlaps the second.
  case overlap(StaticString, StaticString)
  /// A learning rate is not finite and above 0; the path, if each has its own.
  case rate(Float, path: Int?)
  /// A setting is not above 0, or not finite where it must be.
  case setting(StaticString, Float)
  /// A flag is neither 0 nor 1.
  case flag(StaticString, Int)
  /// A reserved field of a struct is not 0.
  case reserved(StaticString)
  /// A tolerance is not 0 or more and below 1.
  case tolerance(Float)
  /// Bounds are not finite and in order, or too far apart.
  case range
}
