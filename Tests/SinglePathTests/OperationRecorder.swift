/// How many operations of each kind a computation rounds.
struct OperationCount: Equatable {
  var additions = 0
  var multiplications = 0
  var fused = 0
  var divisions = 0

  var total: Int { additions + multiplications + fused + divisions }

  static func + (a: Self, b: Self) -> Self {
    Self(
      additions: a.additions + b.additions, multiplications: a.multiplications + b.multiplications,
      fused: a.fused + b.fused, divisions: a.divisions + b.divisions)
  }

  static func * (n: Int, a: Self) -> Self {
    Self(
      additions: n * a.additions, multiplications: n * a.multiplications, fused: n * a.fused,
      divisions: n * a.divisions)
  }
}

/// Counts the operations of `CountingLanes` and `ErrorBounded` that round.
///
/// What rounds nothing does not count: adding zero, doubling, multiplying by a power of two. What is written
/// twice on the same values is one operation, as the compiler has it.
final class OperationRecorder: @unchecked Sendable {
  // Only the task that records has it.
  @TaskLocal fileprivate static var current: OperationRecorder?

  private(set) var count = OperationCount()
  private var seen: Set<Operation> = []

  private struct Operation: Hashable {
    let kind: WritableKeyPath<OperationCount, Int>
    let operands: [Float]
  }

  private func record(_ kind: WritableKeyPath<OperationCount, Int>, _ operands: [Double]) {
    let operation = Operation(kind: kind, operands: operands.map(Float.init))
    if seen.insert(operation).inserted { count[keyPath: kind] += 1 }
  }

  // MARK: - Operations

  /// a + b.
  static func add(_ a: Double, _ b: Double) {
    guard let current, a != 0, b != 0, a != b else { return }
    current.record(\.additions, [min(a, b), max(a, b)])
  }

  /// a·b.
  static func multiply(_ a: Double, _ b: Double) {
    guard let current, !scales(a), !scales(b) else { return }
    current.record(\.multiplications, [min(a, b), max(a, b)])
  }

  /// a·b + c.
  static func fuse(_ a: Double, _ b: Double, _ c: Double) {
    guard let current, c != 0 || !scales(a) && !scales(b) else { return }
    current.record(\.fused, [min(a, b), max(a, b), c])
  }

  /// a / b.
  static func divide(_ a: Double, by b: Double) {
    guard let current, !scales(b) else { return }
    current.record(\.divisions, [a, b])
  }

  /// Whether a product with this is exact.
  private static func scales(_ factor: Double) -> Bool { factor.significand == 1 }
}

/// What the kernel's functions on `CountingLanes`, and `ErrorBounded`, round.
func counted(_ body: () throws -> Void) rethrows -> OperationCount {
  let recorder = OperationRecorder()
  try OperationRecorder.$current.withValue(recorder) { try body() }
  return recorder.count
}
