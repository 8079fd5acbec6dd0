import Foundation
import SinglePathReference
import Testing

@testable import single_path

@Suite("Explaining a step")
struct ExplainTests {
  @Test("Kernel and reference agree in single precision", arguments: 1...8)
  func agreement(depth: Int) throws {
    let weights = (1...depth).map { Float($0) / 4 - 1.1 }
    let biases = (1...depth).map { 0.3 - Float($0) / 8 }
    let explanation = try Explanation(weights: weights, biases: biases, x: 1.5, y: 2, rate: 0.25)
    let step = explanation.step
    let kernel = explanation.kernel
    #expect(kernel.verdict == .trained)
    #expect(abs(Double(kernel.prediction) - step.trace.prediction) < 1e-6)
    #expect(abs(Double(kernel.cost) - step.cost) < 2e-6)
    for l in 1...depth {
      #expect(abs(Double(kernel.newWeights[l - 1]) - step.updated.weights[l]) < 1e-6)
      #expect(abs(explanation.differences.weights[l] - step.gradients.weights[l]) < 1e-8)
    }
    #expect(kernel.newWeights != weights)
    #expect(abs(Double(kernel.newCost) - step.updated.cost(x: 1.5, y: 2)) < 2e-6)
  }

  @Test("A depth of 1 can be followed by hand")
  func byHand() throws {
    // ŷ = 3 · 2 = 6, δ = 6 − 5 = 1, ∂J/∂θ = 1 · 2, θ + Δθ = 3 − ½ · 2 = 2, J = ½ (4 − 5)².
    let text = try Explanation(weights: [3], biases: nil, x: 2, y: 5, rate: 0.5).text
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").suffix(2) }
    func line(_ start: String) -> [Substring]? {
      text.split(separator: "\n").firstIndex { $0.contains(start) }.map { Array(lines[$0]) }
    }
    #expect(line("ŷ = a⁽²⁾ = g(z⁽²⁾)") == ["6", "6"])
    #expect(line("J = ½ (ŷ − y)²") == ["0.5", "0.5"])
    #expect(line("δ⁽²⁾ = ŷ − y")?.last == "1")
    #expect(line("∂J/∂θ⁽¹⁾ = δ⁽²⁾ a⁽¹⁾")?.first == "2")
    #expect(line("Δθ⁽¹⁾ = −η δ⁽²⁾ a⁽¹⁾")?.last == "-1")
    #expect(line("θ⁽¹⁾ + Δθ⁽¹⁾") == ["2", "2"])
    #expect(!text.contains("b⁽¹⁾"))
  }

  @Test("Each bias has its gradient, its update and its new value")
  func biases() throws {
    let text = try Explanation(weights: [1, 2], biases: [0, 1], x: 1, y: 0, rate: 0.1).text
    for part in ["+ b⁽²⁾", "∂J/∂b⁽¹⁾ = δ⁽²⁾", "Δb⁽²⁾ = −η δ⁽³⁾", "b⁽²⁾ + Δb⁽²⁾"] {
      #expect(text.contains(part))
    }
  }

  @Test("A step that overflows single precision is called diverged")
  func diverged() throws {
    let step = try Explanation(weights: [1e20], biases: nil, x: 1e20, y: 0, rate: 1)
    #expect(step.kernel.verdict == .diverged)
    #expect(step.kernel.newWeights == [1e20])
    #expect(step.text.contains("verdict is diverged"))
  }

  @Test("The product of (16) can be followed by hand")
  func product() throws {
    // All is linear: ŷ = ½ · 2 · 3 · −4 = −12, δ⁽⁵⁾ = −12 + 11 = −1, and each factor is a weight.
    let text = try Explanation(
      weights: [0.5, 2, 3, -4], biases: nil, hidden: .identity, x: 1, y: -11, rate: 1
    ).text
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    let rows = lines.filter { $0.first == "l" }.map { Array($0.dropFirst(2)) }
    #expect(
      rows == [
        ["5", "1", "3"], ["4", "-4", "-4", "4"], ["3", "3", "-12", "6"],
        ["2", "2", "-24", "24"],
      ])
    #expect(text.contains("θ⁽ˡ⁾ σ′(z⁽ˡ⁾)"))
  }

  @Test("Other activations and costs are named, and the kernel takes the step too")
  func otherShapes() throws {
    let explanation = try Explanation(
      weights: [1, 2], biases: nil, hidden: .tanh, output: .softplus, cost: .huber(threshold: 0.5),
      x: 1, y: 0, rate: 0.1)
    let text = explanation.text
    for part in [
      "Hidden units σ: tanh. Output g: softplus. Cost J: Huber with κ = 0.5.",
      "δ⁽³⁾ = ∂J/∂ŷ g′(z⁽³⁾)", "(13), then (15)",
    ] {
      #expect(text.contains(part))
    }
    // A few roundings of values below 2, and the errors of the two functions.
    let updated = explanation.step.updated
    #expect(abs(Double(explanation.kernel.prediction) - explanation.step.trace.prediction) < 1e-6)
    for (l, weight) in explanation.kernel.newWeights.enumerated() {
      #expect(abs(Double(weight) - updated.weights[l + 1]) < 1e-6)
    }
    // ŷ = ln(1 + e^(2 tanh 1)) = 1.72… is far from 0: κ (ŷ − ½ κ).
    let ŷ = log1p(exp(2 * tanh(1.0)))
    #expect(abs(explanation.step.cost - 0.5 * (ŷ - 0.25)) < 1e-12)
  }
}
