import Foundation
import SinglePath
import SinglePathReference

/// A line of the explanation: what, and up to two numbers for it.
private struct Line {
  let formula: String
  var first: String = ""
  var second: String = ""

  func text(widths: (Int, Int)) -> String {
    let text =
      "  " + formula.padded(to: widths.0) + first.padded(to: widths.1, right: true)
      + "  " + second.padded(to: widths.1, right: true)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}

extension Explanation {
  private var depth: Int { path.depth }

  /// The step, equation by equation.
  var text: String {
    let lines = sections.flatMap(\.lines)
    let widths = (
      (lines.map(\.formula.count).max() ?? 0) + 2,
      lines.flatMap { [$0.first.count, $0.second.count] }.max() ?? 0
    )
    let parts = sections.map { section in
      section.title + "\n"
        + section.lines.map { $0.text(widths: widths) }.joined(separator: "\n")
    }
    return ([heading] + parts + (diverged.map { [$0] } ?? [])).joined(separator: "\n\n")
  }

  private var heading: String {
    "One step of one path, depth L = \(depth), \(path.biases == nil ? "without" : "with") biases: "
      + "x = \(x), y = \(y), η = \(rate).\n"
      + "Reference: scalar, double precision. Kernel: \(kernel.instructionSet.rawValue), single "
      + "precision; it shows ŷ, J and the new parameters."
  }

  private var diverged: String? {
    guard kernel.verdict == .diverged else { return nil }
    return "The kernel's verdict is diverged: an update was not finite, so the parameters stay."
  }

  private var sections: [(title: String, lines: [Line])] {
    [
      (
        "Forward, (6): z⁽ˡ⁺¹⁾ = θ⁽ˡ⁾ a⁽ˡ⁾\(path.biases == nil ? "" : " + b⁽ˡ⁾"), a⁽ˡ⁺¹⁾ = σ(z⁽ˡ⁺¹⁾)",
        forward
      ),
      ("Cost, (7)", cost),
      ("Error signals, from the output backwards: (14), then (15) and (16)", errorSignals),
      ("Gradients, the pattern of (9) to (11)", gradients),
      ("Updates, (12) as (17)", updates),
      ("After the step", after),
    ]
  }

  private var columns: Line { Line(formula: "", first: "reference", second: "kernel") }

  private var forward: [Line] {
    [columns, Line(formula: "a⁽¹⁾ = x", first: digits(step.trace.a[1]))]
      + (1...depth).flatMap { l in
        let (here, next) = (superscript(l), superscript(l + 1))
        let bias = path.biases == nil ? "" : " + b\(here)"
        let isOutput = l == depth
        return [
          Line(
            formula: "z\(next) = θ\(here) a\(here)\(bias)", first: digits(step.trace.z[l + 1])),
          Line(
            formula: isOutput ? "ŷ = a\(next) = g(z\(next)) = z\(next)" : "a\(next) = σ(z\(next))",
            first: digits(step.trace.a[l + 1]),
            second: isOutput ? digits(Double(kernel.prediction)) : ""),
        ]
      }
  }

  private var cost: [Line] {
    [
      columns,
      Line(
        formula: "J = ½ (ŷ − y)²", first: digits(step.cost), second: digits(Double(kernel.cost))),
    ]
  }

  private var errorSignals: [Line] {
    [Line(formula: "", first: "reference")]
      + (2...depth + 1).reversed().map { l in
        let (here, next) = (superscript(l), superscript(l + 1))
        return Line(
          formula: l == depth + 1
            ? "δ\(here) = ŷ − y" : "δ\(here) = δ\(next) θ\(here) σ′(z\(here))",
          first: digits(step.errorSignals[l]))
      }
  }

  private var gradients: [Line] {
    let weights = (1...depth).map { l in
      Line(
        formula: "∂J/∂θ\(superscript(l)) = δ\(superscript(l + 1)) a\(superscript(l))",
        first: digits(step.gradients.weights[l]), second: digits(differences.weights[l]))
    }
    let biases = (1...depth).compactMap { l -> Line? in
      guard let gradient = step.gradients.biases?[l], let difference = differences.biases?[l]
      else { return nil }
      return Line(
        formula: "∂J/∂b\(superscript(l)) = δ\(superscript(l + 1))",
        first: digits(gradient), second: digits(difference))
    }
    return [Line(formula: "", first: "reference", second: "central difference")] + weights + biases
  }

  private var updates: [Line] {
    let weights = (1...depth).map { l in
      Line(
        formula: "Δθ\(superscript(l)) = −η δ\(superscript(l + 1)) a\(superscript(l))",
        first: digits(step.weightUpdates[l]))
    }
    let biases = (1...depth).compactMap { l in
      step.biasUpdates.map {
        Line(formula: "Δb\(superscript(l)) = −η δ\(superscript(l + 1))", first: digits($0[l]))
      }
    }
    return [Line(formula: "", first: "reference")] + weights + biases
  }

  private var after: [Line] {
    let weights = (1...depth).map { l in
      Line(
        formula: "θ\(superscript(l)) + Δθ\(superscript(l))",
        first: digits(step.updated.weights[l]), second: digits(Double(kernel.newWeights[l - 1])))
    }
    let biases = (1...depth).compactMap { l in
      step.updated.biases.map {
        Line(
          formula: "b\(superscript(l)) + Δb\(superscript(l))", first: digits($0[l]),
          second: digits(Double(kernel.newBiases[l - 1])))
      }
    }
    let newCost = Line(
      formula: "J = ½ (ŷ − y)²", first: digits(step.updated.cost(x: Double(x), y: Double(y))),
      second: digits(Double(kernel.newCost)))
    return [columns] + weights + biases + [newCost]
  }
}

/// Nine significant digits: as many as a number in single precision has.
private func digits(_ value: Double) -> String { String(format: "%.9g", value) }
