import CommandLineSupport
import Foundation
import SinglePath
import SinglePathReference

/// A line of the explanation: what, and the numbers for it.
private struct Line {
  let formula: String
  let cells: [String]

  init(_ formula: String = "", _ cells: String...) { (self.formula, self.cells) = (formula, cells) }

  func text(formulaWidth: Int, cellWidth: Int) -> String {
    let text =
      "  " + formula.padded(to: formulaWidth)
      + cells.map { $0.padded(to: cellWidth, right: true) }.joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}

extension Explanation {
  private var depth: Int { path.depth }

  /// The step, equation by equation.
  var text: String {
    let lines = sections.flatMap(\.lines)
    let formulaWidth = (lines.map(\.formula.count).max() ?? 0) + 2
    let cellWidth = lines.flatMap { $0.cells.map(\.count) }.max() ?? 0
    let parts = sections.map { section in
      section.title + "\n"
        + section.lines.map { $0.text(formulaWidth: formulaWidth, cellWidth: cellWidth) }
        .joined(separator: "\n")
    }
    return ([heading] + parts + (diverged.map { [$0] } ?? [])).joined(separator: "\n\n")
  }

  private var heading: String {
    "One step of one path, depth L = \(depth), \(path.biases == nil ? "without" : "with") biases: "
      + "x = \(x), y = \(y), η = \(rate).\n"
      + "Hidden units σ: \(path.hidden.rawValue). Output g: \(path.output.rawValue). "
      + "Cost J: \(path.cost.name).\n"
      + "Reference: scalar, double precision. " + kernelHeading
  }

  private var kernelHeading: String {
    "Kernel: \(kernel.instructionSet.rawValue), single precision; it shows ŷ, J and the new "
      + "parameters."
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
      (path.cost == .squaredError ? "Cost, (7)" : "Cost", cost),
      (
        "Error signals, from the output backwards: \(path.cost.isSimple(with: path.output) ? "(14)" : "(13)"), then (15) and (16)",
        errorSignals
      ),
      (
        "The product of (16), layer by layer: δ⁽ˡ⁾ = δ\(superscript(depth + 1)) · product, "
          + "∂J/∂θ⁽ˡ⁻¹⁾ = δ⁽ˡ⁾ a⁽ˡ⁻¹⁾",
        product
      ),
      ("Gradients, the pattern of (9) to (11)", gradients),
      ("Updates, (12) as (17)", updates),
      ("After the step", after),
    ]
  }

  private var columns: Line { Line("", "reference", "kernel") }

  /// What the kernel has for a line.
  private func inKernel(_ value: (KernelStep) -> Float) -> String {
    digits(Double(value(kernel)))
  }

  private var forward: [Line] {
    [columns, Line("a⁽¹⁾ = x", digits(step.trace.a[1]))]
      + (1...depth).flatMap { l in
        let (here, next) = (superscript(l), superscript(l + 1))
        let bias = path.biases == nil ? "" : " + b\(here)"
        let isOutput = l == depth
        let equalsInput = path.output == .identity ? " = z\(next)" : ""
        return [
          Line("z\(next) = θ\(here) a\(here)\(bias)", digits(step.trace.z[l + 1])),
          Line(
            isOutput ? "ŷ = a\(next) = g(z\(next))\(equalsInput)" : "a\(next) = σ(z\(next))",
            digits(step.trace.a[l + 1]), isOutput ? inKernel { $0.prediction } : ""),
        ]
      }
  }

  private var cost: [Line] {
    [columns, Line(path.cost.formula, digits(step.cost), inKernel { $0.cost })]
  }

  private var errorSignals: [Line] {
    [Line("", "reference")]
      + (2...depth + 1).reversed().map { l in
        let (here, next) = (superscript(l), superscript(l + 1))
        let ofOutput = path.cost.isSimple(with: path.output) ? "ŷ − y" : "∂J/∂ŷ g′(z\(here))"
        return Line(
          "δ\(here) = " + (l == depth + 1 ? ofOutput : "δ\(next) θ\(here) σ′(z\(here))"),
          digits(step.errorSignals[l]))
      }
  }

  private var product: [Line] {
    [Line("", "θ⁽ˡ⁾ σ′(z⁽ˡ⁾)", "product", "|∂J/∂θ⁽ˡ⁻¹⁾|")]
      + (2...depth + 1).reversed().map { l in
        Line(
          "l = \(l)", l > depth ? "" : digits(slopeFactors[l]), digits(slopeProducts[l]),
          digits(abs(step.gradients.weights[l - 1])))
      }
  }

  private var gradients: [Line] {
    let weights = (1...depth).map { l in
      Line(
        "∂J/∂θ\(superscript(l)) = δ\(superscript(l + 1)) a\(superscript(l))",
        digits(step.gradients.weights[l]), digits(differences.weights[l]))
    }
    let biases = (1...depth).compactMap { l -> Line? in
      guard let gradient = step.gradients.biases?[l], let difference = differences.biases?[l]
      else { return nil }
      return Line(
        "∂J/∂b\(superscript(l)) = δ\(superscript(l + 1))",
        digits(gradient), digits(difference))
    }
    return [Line("", "reference", "central difference")] + weights + biases
  }

  private var updates: [Line] {
    let weights = (1...depth).map { l in
      Line(
        "Δθ\(superscript(l)) = −η δ\(superscript(l + 1)) a\(superscript(l))",
        digits(step.weightUpdates[l]))
    }
    let biases = (1...depth).compactMap { l in
      step.biasUpdates.map {
        Line("Δb\(superscript(l)) = −η δ\(superscript(l + 1))", digits($0[l]))
      }
    }
    return [Line("", "reference")] + weights + biases
  }

  private var after: [Line] {
    let weights = (1...depth).map { l in
      Line(
        "θ\(superscript(l)) + Δθ\(superscript(l))",
        digits(step.updated.weights[l]), inKernel { $0.newWeights[l - 1] })
    }
    let biases = (1...depth).compactMap { l in
      step.updated.biases.map {
        Line(
          "b\(superscript(l)) + Δb\(superscript(l))", digits($0[l]),
          inKernel { $0.newBiases[l - 1] })
      }
    }
    let newCost = Line(
      path.cost.formula, digits(step.updated.cost(x: Double(x), y: Double(y))),
      inKernel { $0.newCost })
    return [columns] + weights + biases + [newCost]
  }
}

/// Nine significant digits: as many as a number in single precision has.
private func digits(_ value: Double) -> String { String(format: "%.9g", value) }
