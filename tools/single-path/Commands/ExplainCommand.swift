import CommandLineSupport
import SinglePath
import SinglePathReference

private let defaultRate: Float = 0.1

private let explainOptions = [
  Option("--weights", "w1,w2,…", "θ⁽¹⁾, θ⁽²⁾, …: 1 to 8 numbers; how many is the depth"),
  Option("--biases", "b1,b2,…", "b⁽¹⁾, b⁽²⁾, …: as many (default: a path without biases)"),
  Option("--x", "X", "the input"),
  Option("--y", "Y", "the target"),
  Option("--hidden", "NAME", "σ: \(words(Activation.self)) (default: sigmoid)"),
  Option("--output", "NAME", "g: \(words(Output.self)) (default: identity)"),
  Option("--cost", "NAME", "J: \(Arguments.costs), κ = 1 if not given (default: squared-error)"),
  Option("--rate", "η", "learning rate (default: \(defaultRate))"),
  Option("--help", nil, "show this"),
]

private let explainHelp = help(
  usage: "single-path explain --weights w1,w2,… [--biases b1,b2,…] --x X --y Y [options]",
  about: """
    Prints one training step of one path, equation by equation, as the scalar reference computes it
    in double precision and as the kernel does in single precision, with the product of (16) layer by
    layer, and the central difference beside each gradient.
    """,
  options: explainOptions)

/// The command `explain`.
func runExplain(_ words: [String]) throws {
  let arguments = try Arguments(words, command: "single-path explain", options: explainOptions)
  if arguments.askForHelp { return try StandardOutput.print(explainHelp) }
  guard let weights = try arguments.numbers("--weights") else {
    throw Failure.usage("--weights is missing; give 1 to 8 numbers, such as --weights 0.5,-1,2")
  }
  guard PathShape.depths.contains(weights.count) else {
    throw Failure.usage("--weights has \(weights.count) numbers; a path has 1 to 8")
  }
  let biases = try arguments.numbers("--biases")
  guard biases == nil || biases?.count == weights.count else {
    throw Failure.usage(
      "--biases has \(counted(biases?.count ?? 0, "number")), "
        + "but --weights has \(weights.count); give as many")
  }
  guard let x = try arguments.number("--x") else {
    throw Failure.usage("--x is missing; give the input")
  }
  guard let y = try arguments.number("--y") else {
    throw Failure.usage("--y is missing; give the target")
  }
  let cost = try arguments.cost("--cost")
  guard cost != .crossEntropy || (0...1).contains(y) else {
    throw Failure.usage("--y is \(y); cross-entropy needs a target from 0 to 1")
  }
  let explanation = try Explanation(
    weights: weights, biases: biases,
    hidden: try arguments.hidden("--hidden"),
    output: try arguments.output("--output"), cost: cost,
    x: x, y: y,
    rate: try arguments.positiveNumber("--rate", default: defaultRate))
  try StandardOutput.print(explanation.text)
}

/// All the words of a choice.
private func words<Value: RawRepresentable & CaseIterable>(_ choice: Value.Type) -> String
where Value.RawValue == String {
  choice.allCases.map(\.rawValue).joined(separator: ", ")
}
