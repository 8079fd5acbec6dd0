import CommandLineSupport
import Foundation
import SinglePath

/// How the parameters of a curve are found.
enum FitMethod: String, CaseIterable {
  case leastSquares = "least-squares"
  /// Stochastic gradient descent (17).
  case descent
}

/// How curves are fitted.
struct FitSettings {
  var method = FitMethod.leastSquares
  /// L, the number of weights of a path: with 2, the four-parameter logistic curve.
  var depth = 2
  var hasBiases = true
  /// How sigmoids are computed, wherever they are.
  var sigmoid = SigmoidMethod.polynomial
  var hidden: HiddenActivation = .sigmoid
  var output = OutputActivation.identity
  var cost = CostFunction.squaredError
  /// Times that each sample is trained on.
  var epochs = 20_000
  /// η of the first epochs, per sample of a batch; nil for what suits the hidden units.
  var chosenRate: Float?
  /// Samples of a series whose gradients are averaged for one update.
  var batch = 1
  var freeze: [FrozenParameter] = []
  var seed: UInt64 = 1
  var threads = 1
  /// Paths trained for each series, of which the best is kept.
  var starts = 12
  var logX = false
  /// Whether the words of growth curves are wanted.
  var growth = false
  /// Whether parameters stand in the table and in the rows of a file.
  var showsParameters = false
  /// Whether reports leave out times and the machine, so that two runs give the same bytes.
  var isReproducible = false

  /// η of an epoch: held at first, then lowered evenly on a logarithmic scale.
  ///
  /// Per-sample descent with a constant rate ends up circling the least squares optimum, at a
  /// distance that shrinks with the rate.
  func rate(epoch: Int) -> Float {
    let (held, lowest) = (0.3, 0.02)
    let progress = Double(epoch) / Double(epochs)
    return rate * Float(pow(lowest, max(0, progress - held) / (1 - held)))
  }

  /// η of the first epochs. A rectifier that is driven to 0 for all samples never comes back, so units
  /// without an upper end get a gentle one.
  var rate: Float {
    get {
      if let chosenRate { return chosenRate }
      return switch hidden {
      case .sigmoid, .tanh: 0.4
      case .relu, .leakyReLU, .softplus, .identity: 0.05
      }
    }
    set { chosenRate = newValue }
  }

  /// Where x = 0 is put if its logarithm is fitted.
  var limitPlace: Scaling.LimitPlace { method == .descent ? .near : .far }

  /// Parameters of every path that keep their value.
  func frozen(_ shape: PathShape) -> FrozenParameters {
    let masks = freeze.map { $0.mask(depth: shape.depth) }
    return masks.isEmpty ? .none : .shared(masks.reduce([]) { $0.union($1) })
  }

  func shape() throws -> PathShape {
    try PathShape(
      depth: depth, biases: hasBiases, hidden: hidden.computed(by: sigmoid),
      output: output.computed(by: sigmoid), cost: cost)
  }
}

/// A parameter that is not trained.
struct FrozenParameter: Equatable {
  let isBias: Bool
  /// l of θ⁽ˡ⁾ or b⁽ˡ⁾.
  let layer: Int
  /// What it stays at, in scaled units; nil for what it starts with.
  let value: Float?

  /// As in `--freeze`.
  var name: String {
    "\(isBias ? "b" : "w")\(layer)" + (value.map { "=\($0)" } ?? "")
  }

  /// Its place among θ⁽¹⁾ … θ⁽ᴸ⁾, b⁽¹⁾ … b⁽ᴸ⁾.
  func index(depth: Int) -> Int { isBias ? depth + layer - 1 : layer - 1 }

  /// What it is in a fit by least squares, which has no start of its own to leave it at: 1 as a weight, 0 as a
  /// bias, if no value is given.
  var heldValue: Float { value ?? (isBias ? 0 : 1) }

  /// The same parameter with that value.
  var held: FrozenParameter { FrozenParameter(isBias: isBias, layer: layer, value: heldValue) }

  func mask(depth: Int) -> ParameterMask {
    isBias ? .bias(layer, depth: depth) : .weight(layer)
  }
}

extension Arguments {
  /// Parameters such as `w1` or `b3=0`, separated by commas.
  func frozenParameters(
    _ name: String, depth: Int, hasBiases: Bool
  ) throws(Failure) -> [FrozenParameter] {
    guard let text = text(name) else { return [] }
    var frozen: [FrozenParameter] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count > 1 ? Float(sides[1]) : nil
      guard let kind = part.first, kind == "w" || (kind == "b" && hasBiases),
        let layer = Int(sides[0].dropFirst()), 1...depth ~= layer,
        sides.count == 1 || value?.isFinite == true
      else {
        throw .usage(
          "\(name) has '\(part)'; give w1 to w\(depth)"
            + (hasBiases ? " or b1 to b\(depth)" : "")
            + ", each with or without a value, as in w1=2")
      }
      let parameter = FrozenParameter(isBias: kind == "b", layer: layer, value: value)
      guard !frozen.contains(where: { $0.isBias == parameter.isBias && $0.layer == layer }) else {
        throw .usage("\(name) has '\(sides[0])' twice; give each parameter once")
      }
      frozen.append(parameter)
    }
    return frozen
  }

  /// A number of frames, or `all`.
  func batch(_ name: String) throws(Failure) -> Int {
    if text(name) == "all" { return .max }
    guard has(name), Int(text(name) ?? "") == nil else {
      return try wholeNumber(name, in: 1...1_000_000_000, default: 1)
    }
    throw .usage("\(name) is '\(text(name) ?? "")'; give a whole number from 1, or 'all'")
  }
}
