import SinglePath
import Testing

@Suite("A bank checks the lengths of what it is lent")
struct LengthTests {
  private let values = [Float](repeating: 1, count: 400)

  /// Calls a bank of a hundred paths, and checks the error and that nothing changed.
  private func expect(
    _ argument: Argument, _ count: Int, _ message: String, frames: Int = 2,
    _ body: (inout PathBank, [Float]) throws -> Void
  ) throws {
    var bank = try PathBank(shape: PathShape(depth: 1, biases: false), count: 100)
    let error = #expect(throws: SinglePathError.self) { try body(&bank, values) }
    guard case .tooShort(argument, count: count, needed: _, _) = error else {
      Issue.record("\(String(describing: error)) of \(argument)")
      return
    }
    #expect(error?.description == message)
    #expect(bank.copyParameters() == [Float](repeating: 0, count: 100))
  }

  @Test func samples() throws {
    try expect(
      .inputs, 400,
      "the inputs hold 400 values; 64 frames × 100 paths with stride 100 need 6,400"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 64), targets: .perPath(values.span, frames: 64)),
        rate: 1)
    }
    try expect(.inputs, 3, "the inputs hold 3 values; 4 frames with stride 1 need 4") {
      bank, values in
      try bank.train(
        on: Samples(
          inputs: .shared(values.span.extracting(first: 3), frames: 4),
          targets: .perPath(values.span, frames: 4)), rate: 1)
    }
    try expect(
      .targets, 400, "the targets hold 400 values; 4 frames × 100 paths with stride 101 need 403"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4),
          targets: .perPath(values.span, frames: 4, stride: 101)), rate: 1)
    }
    try expect(
      .weights, 1, "the sample weights hold 1 value; 4 frames with stride 1 need 4"
    ) { bank, values in
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4),
          weights: .shared(values.span.extracting(first: 1), frames: 4)), rate: 1)
    }
    try expect(.lengths, 99, "the lengths hold 99 values; 100 paths need 100") { bank, values in
      let lengths = [UInt32](repeating: 1, count: 99)
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4),
          lengths: lengths.span), rate: 1)
    }
  }

  @Test func ratesAndOptions() throws {
    func train(
      _ bank: inout PathBank, _ values: [Float], rates: Int = 100, verdicts: Int = 100,
      options: TrainingOptions = TrainingOptions()
    ) throws {
      var found = [Verdict](repeating: .dead, count: verdicts)
      var span = found.mutableSpan
      defer { #expect(found.allSatisfy { $0 == .dead }) }
      try bank.train(
        on: Samples(
          inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4)),
        rates: values.span.extracting(first: rates), options: options, verdicts: &span)
    }
    try expect(.rates, 99, "the learning rates hold 99 values; 100 paths need 100") {
      try train(&$0, $1, rates: 99)
    }
    try expect(.verdicts, 0, "the verdicts hold 0 values; 100 paths need 100") {
      try train(&$0, $1, verdicts: 0)
    }
    var options = TrainingOptions()
    options.frozen = .perPath([.weight(1)])
    try expect(.frozen, 1, "the masks of frozen parameters hold 1 value; 100 paths need 100") {
      try train(&$0, $1, options: options)
    }
    options.frozen = .none
    options.bounds = .perPath(lower: [1, 2], upper: values)
    try expect(.lowerBounds, 2, "the lower bounds hold 2 values; 100 paths need 100") {
      try train(&$0, $1, options: options)
    }
    options.bounds = .shared(lower: [0], upper: [])
    try expect(.upperBounds, 0, "the upper bounds hold 0 values; 1 path needs 1") {
      try train(&$0, $1, options: options)
    }
  }

  @Test func results() throws {
    let samples = try Samples(
      inputs: .perPath(values.span, frames: 4), targets: .perPath(values.span, frames: 4))
    var room = [Float](repeating: 7, count: 399)
    try expect(
      .outputs, 399, "the outputs hold 399 values; 4 frames × 100 paths with stride 100 need 400"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.predict(.perPath(values.span, frames: 4), into: &span)
    }
    try expect(
      .examination, 399,
      "the examination holds 399 values; 4 rows × 100 paths with stride 100 need 400"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.examine(on: samples, into: &span)
    }
    try expect(
      .examination, 399,
      "the examination holds 399 values; 5 rows × 100 paths with stride 120 need 580"
    ) { bank, values in
      var span = room.mutableSpan
      try bank.examine(on: samples, into: &span, gradients: true, stride: 120)
    }
    room = [7]
    try expect(.costs, 1, "the costs hold 1 value; 100 paths need 100") { bank, values in
      var span = room.mutableSpan
      try bank.sumCosts(of: samples, into: &span)
    }
    #expect(room == [7])
  }
}
